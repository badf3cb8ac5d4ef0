// What happens to a claim, as the worker reports it for the timeline and the books: each event has an id and is written once.
import type { FromSchema } from 'json-schema-to-ts';

export const frequencies = ['1', '7', '8'] as const;

export const claimEventTypes = [
  'submissionOpened',
  'submissionApproved',
  'submissionRejected',
  'submitted',
  'notSent',
  'uncertain',
  'acknowledged',
  'sentBack',
  'decidedByPayer',
  'overdue',
  'denied',
  'deadlinePassed',
  'appealStarted',
  'appealApproved',
  'appealSent',
  'writtenOff',
  'leftToPatient',
  'statementSent',
  'planAgreed',
  'held',
  'resumed',
  'closed',
] as const;

/** Body part `event` of `POST /v1/worker/claims/apply`. `by` is a user's reference, or `workflow` where no person acted. */
export const claimEventSchema = {
  title: 'ClaimEvent',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'type', 'at', 'by', 'workItem', 'frequency', 'attempt', 'detail'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 300 },
    type: { enum: claimEventTypes },
    at: { type: 'string', format: 'date-time' },
    by: { type: 'string', pattern: '^(workflow|usr_[0-9A-Za-z]+)$' },
    workItem: { type: ['string', 'null'] },
    /** The submission it belongs to; null where there was none. */
    frequency: { type: ['string', 'null'] },
    attempt: { type: ['integer', 'null'] },
    /** A code or a date, never a text from outside. */
    detail: { type: ['string', 'null'] },
  },
} as const;

export type Frequency = (typeof frequencies)[number];
export type ClaimEvent = FromSchema<typeof claimEventSchema>;
export type ClaimEventType = (typeof claimEventTypes)[number];
