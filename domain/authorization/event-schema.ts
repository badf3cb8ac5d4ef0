// What happens to an authorization, as the worker reports it: each event has an id and is applied once.
import type { FromSchema } from 'json-schema-to-ts';
import { answerStructureSchema } from './answer-schema.ts';
import { numberKinds, quantitySchema, requestKinds } from './schema.ts';

const nullableDate = { type: ['string', 'null'], format: 'date' } as const;

/** `by` is a user's reference, or `workflow` where no person acted. */
const common = {
  id: { type: 'string', minLength: 1, maxLength: 300 },
  at: { type: 'string', format: 'date-time' },
  by: { type: 'string', pattern: '^(workflow|usr_[0-9A-Za-z]+)$' },
  period: { type: 'integer', minimum: 1 },
  workItem: { type: ['string', 'null'] },
} as const;
const commonRequired = ['id', 'type', 'at', 'by', 'period', 'workItem'] as const;

/** The request left for the payer: the payer's clock runs from `sentAt`; the day it was is the clinic's day. */
export const submittedEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...commonRequired, 'kind', 'channel', 'sentAt', 'requested', 'from', 'to'],
  properties: {
    ...common,
    type: { const: 'submitted' },
    kind: { enum: requestKinds },
    channel: { enum: ['portal', 'fax', 'phone', 'electronic'] },
    sentAt: { type: 'string', format: 'date-time' },
    requested: quantitySchema,
    from: nullableDate,
    to: nullableDate,
  },
} as const;

/** The payer answered: pended, approved, partly approved, denied or cancelled. */
export const answeredEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...commonRequired, 'kind', 'answer'],
  properties: {
    ...common,
    type: { const: 'answered' },
    kind: { enum: requestKinds },
    answer: answerStructureSchema,
  },
} as const;

export const numberCorrectedEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...commonRequired, 'number'],
  properties: { ...common, type: { const: 'numberCorrected' }, number: { enum: numberKinds } },
} as const;

/** The payer said, on the day `on`, that it requires no authorization. */
export const notRequiredEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...commonRequired, 'on'],
  properties: { ...common, type: { const: 'notRequired' }, on: { type: 'string', format: 'date' } },
} as const;

/** `reason` is a sentence of Gait's own, without a name in it. */
export const heldEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...commonRequired, 'reason'],
  properties: { ...common, type: { const: 'held' }, reason: { type: 'string', minLength: 1 } },
} as const;

/** What changes nothing of the authorization and stands in its timeline alone. */
export const notedEventTypes = [
  'requestOpened',
  'requestApproved',
  'requestRejected',
  'notSent',
  'uncertain',
  'overdue',
  'partialAccepted',
  'denialAccepted',
  'appealStarted',
  'recorded',
  'closed',
] as const;

export const notedEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: commonRequired,
  properties: {
    ...common,
    type: { enum: notedEventTypes },
    /** A code or a date, never a text from outside. */
    detail: { type: ['string', 'null'] },
  },
} as const;

/**
 * A person lifts the hold. `resumed`: the payer confirmed that what was approved counts under the coverage as it is now;
 * `coverageReplaced`: it does not, the present payer is to be asked.
 */
export const holdEndedEventSchema = {
  type: 'object',
  additionalProperties: false,
  required: commonRequired,
  properties: { ...common, type: { enum: ['resumed', 'coverageReplaced'] } },
} as const;

/** Body part `event` of `POST /v1/worker/authorizations/apply`. */
export const authorizationEventSchema = {
  title: 'AuthorizationEvent',
  oneOf: [
    submittedEventSchema,
    answeredEventSchema,
    numberCorrectedEventSchema,
    notRequiredEventSchema,
    heldEventSchema,
    holdEndedEventSchema,
    notedEventSchema,
  ],
} as const;

export type SubmittedEvent = FromSchema<typeof submittedEventSchema>;
export type AnsweredEvent = FromSchema<typeof answeredEventSchema>;
export type NumberCorrectedEvent = FromSchema<typeof numberCorrectedEventSchema>;
export type NotRequiredEvent = FromSchema<typeof notRequiredEventSchema>;
export type HeldEvent = FromSchema<typeof heldEventSchema>;
export type HoldEndedEvent = FromSchema<typeof holdEndedEventSchema>;
export type NotedEvent = FromSchema<typeof notedEventSchema>;
export type NotedEventType = (typeof notedEventTypes)[number];
