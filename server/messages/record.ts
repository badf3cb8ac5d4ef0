// A message as the vault keeps it: the words for each channel, and where they go.
import type { FromSchema } from 'json-schema-to-ts';
import { channels } from '../../domain/outreach/words.ts';
import type { Validator } from '../http/validation.ts';

const written = {
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'body'],
  properties: { subject: { type: ['string', 'null'] }, body: { type: 'string', phi: 'messageText' } },
} as const;

export const messageRecordSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Message',
  type: 'object',
  additionalProperties: false,
  required: ['given', 'family', 'birthDate', 'phone', 'email', 'clinicName', 'texts', 'numbers'],
  properties: {
    given: { type: 'string', phi: 'name' },
    family: { type: 'string', phi: 'name' },
    birthDate: { type: ['string', 'null'], phi: 'birthDate' },
    phone: { type: ['string', 'null'], phi: 'contact' },
    email: { type: ['string', 'null'], phi: 'contact' },
    clinicName: { type: 'string' },
    texts: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(channels.map((channel) => [channel, written])) as Record<
        (typeof channels)[number],
        typeof written
      >,
    },
    /** What each messaging system calls the patient, by connection. */
    numbers: { type: 'object', additionalProperties: { type: 'string', phi: 'recordNumber' } },
  },
} as const;

export type MessageRecord = FromSchema<typeof messageRecordSchema>;

/** Throws `input.invalid` where the record is no message. */
export function assertMessage(validator: Validator, value: unknown): asserts value is MessageRecord {
  validator.check(messageRecordSchema, value, 'message');
}

/** Ten digits of a number of the United States; other numbers keep all their digits. Null: no number. */
export function phoneDigits(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length < 7 ? null : digits;
}

/** As the telephone network writes it (E.164): a number without a country is one of the United States. */
export function internationalNumber(phone: string | null): string | null {
  const digits = phoneDigits(phone);
  if (digits === null) return null;
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}

/** By what a reply finds the messages it may answer, and a message the replies that came from there. */
export function lookupOf({ phone, email }: Pick<MessageRecord, 'phone' | 'email'>): Record<string, string> {
  const digits = phoneDigits(phone);
  return { ...(digits === null ? {} : { phone: digits }), ...(email === null ? {} : { email }) };
}
