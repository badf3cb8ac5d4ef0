// Faults of the simulated mail server on demand: what the next sessions will suffer, queued by a test or by a person who wants to see it.
import type { FromSchema } from 'json-schema-to-ts';
import { faultQueue } from '../faults/queue.ts';

/** Replies as servers in the field give them: when, the code and the words, whose enhanced code (RFC 3463) tells more. */
export const replies = {
  busy: { at: 'connect', code: 421, text: '4.7.0 Too many connections, try again later' },
  loginRefused: { at: 'login', code: 535, text: '5.7.8 Authentication credentials invalid' },
  loginLater: { at: 'login', code: 454, text: '4.7.0 Temporary authentication failure' },
  senderRefused: { at: 'sender', code: 550, text: '5.7.1 Sender not allowed' },
  addressUnknown: { at: 'recipient', code: 550, text: '5.1.1 No such user here' },
  addressUnknownPlainly: { at: 'recipient', code: 550, text: 'No such user here' },
  mailboxDisabled: { at: 'recipient', code: 550, text: '5.2.1 Mailbox disabled' },
  mailboxFull: { at: 'recipient', code: 452, text: '4.2.2 Mailbox full' },
  greylisted: { at: 'recipient', code: 451, text: '4.7.1 Greylisted, try again later' },
  takesNoMail: { at: 'recipient', code: 556, text: '5.1.10 Recipient domain takes no mail' },
  messageRefused: { at: 'message', code: 554, text: '5.7.26 Sender is not authenticated' },
  messageTooLarge: { at: 'message', code: 552, text: '5.3.4 Message too large' },
  messageLater: { at: 'message', code: 451, text: '4.3.0 Try again later' },
} as const;

/**
 * `closes…` ends the connection without a word, `hangs…` says nothing more: before the message was asked for, while it comes, or when it is
 * taken. `notEncrypted` offers no STARTTLS.
 */
export const faultNames = [
  ...(Object.keys(replies) as (keyof typeof replies)[]),
  'closesBeforeMessage',
  'closesAfterTaking',
  'closesWithinMessage',
  'hangsBeforeMessage',
  'hangsAfterTaking',
  'notEncrypted',
] as const;

const faultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['fault'],
  properties: { fault: { enum: faultNames } },
} as const;

export type Fault = FromSchema<typeof faultSchema>;

export const queueFaults = faultQueue<Fault>(faultSchema);
