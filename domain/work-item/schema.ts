// A work item and the outcome a decision on it must bring along.
import type { FromSchema } from 'json-schema-to-ts';
import { authorizationAnswerSchema } from '../authorization/answer-schema.ts';
import { roles } from './kinds.ts';
import type { Decision, WorkItemKind } from './kinds.ts';

export const workItemStatuses = ['open', 'decided', 'closed'] as const;
export const channels = ['portal', 'fax', 'phone'] as const;

const kinds = [
  'authorization.request',
  'authorization.send',
  'authorization.answer',
  'authorization.partial',
  'authorization.denied',
  'authorization.uncertain',
  'authorization.held',
  'authorization.record',
  'authorization.number',
  'authorization.uncovered',
  'eligibility.call',
  'eligibility.correct',
  'claim.fix',
  'claim.submit',
  'claim.uncertain',
  'claim.send',
  'claim.followUp',
  'claim.denied',
  'claim.appeal',
  'claim.held',
  'claim.patientBalance',
  'claim.paymentPlan',
  'remittance.unmatched',
  'remittance.unbalanced',
  'file.upload',
  'patient.review',
  'patient.welcome',
  'patient.call',
  'patient.reply',
  'waitlist.book',
  'waitlist.unfilled',
  'waitlist.facts',
  'patient.planEnds',
  'patient.planUnknown',
  'patient.exercise',
  'patient.redFlag',
  'patient.intake',
  'patient.videoLink',
  'schedule.conflict',
  'series.proposal',
  'series.book',
  'patient.conflict',
  'record.enter',
  'record.send',
  'record.gone',
  'patient.merge',
  'visits.disagree',
  'patient.missedSeveral',
  'patient.checkIn',
  'documentation.overdue',
  'documentation.certification',
  'documentation.audit',
  'note.enter',
  'note.uncertain',
  'flow.missing',
  'flow.task',
] as const satisfies readonly WorkItemKind[];

const nullableInstant = { type: ['string', 'null'], format: 'date-time' } as const;

export const workItemSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'WorkItem',
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'clinic',
    'kind',
    'role',
    'status',
    'priority',
    'priorityReason',
    'title',
    'reason',
    'subject',
    'payer',
    'dueAt',
    'openedAt',
    'remindedAt',
    'escalatedAt',
    'decision',
  ],
  properties: {
    id: { type: 'string', pattern: '^wi_[0-9A-Za-z]+$' },
    clinic: { type: 'string', pattern: '^cl_[0-9A-Za-z]+$' },
    kind: { enum: kinds },
    role: { enum: roles },
    status: { enum: workItemStatuses },
    priority: { type: 'integer', minimum: 1, maximum: 5 },
    priorityReason: { type: 'string' },
    title: { type: 'string' },
    /** A sentence of Gait's own: dates, counts and codes, no name. */
    reason: { type: 'string' },
    subject: { type: ['string', 'null'] },
    payer: { type: ['string', 'null'] },
    dueAt: nullableInstant,
    openedAt: { type: 'string', format: 'date-time' },
    remindedAt: nullableInstant,
    escalatedAt: nullableInstant,
    decision: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['decision', 'by', 'at', 'reason'],
          properties: {
            decision: { type: 'string' },
            by: { type: 'string', pattern: '^usr_[0-9A-Za-z]+$' },
            at: { type: 'string', format: 'date-time' },
            reason: { type: ['string', 'null'], phi: 'clinicalText' },
          },
        },
      ],
    },
  },
} as const;

/** How a packet left the clinic; `at` starts the payer's clock. */
export const sentOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['channel', 'at', 'confirmation'],
  properties: {
    channel: { enum: channels },
    at: { type: 'string', format: 'date-time' },
    confirmation: { type: ['string', 'null'], phi: 'recordNumber' },
  },
} as const;

/** Which of the two records laid out answers for both from now on. */
export const mergedOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['stays'],
  properties: { stays: { enum: ['first', 'second'] } },
} as const;

export const stillPendingOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['until'],
  properties: { until: { type: 'string', format: 'date' } },
} as const;

export const wasSentOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['confirmation'],
  properties: { confirmation: { type: ['string', 'null'], phi: 'recordNumber' } },
} as const;

export const correctedOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['number'],
  properties: { number: { type: 'string', minLength: 1, phi: 'recordNumber' } },
} as const;

/** What the payer said on the phone: for each coverage, by its place in the item, the answers by the summary's field. */
export const calledOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'answeredBy', 'reference', 'coverages'],
  properties: {
    at: { type: 'string', format: 'date-time' },
    answeredBy: { type: ['string', 'null'], maxLength: 200, phi: 'coverage' },
    reference: { type: ['string', 'null'], maxLength: 100, phi: 'recordNumber' },
    coverages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['coverage', 'answers'],
        properties: {
          coverage: { type: 'integer', minimum: 0 },
          answers: { type: 'object', additionalProperties: true, phi: 'coverage' },
        },
      },
    },
  },
} as const;

/** The payer said on that day that it requires no authorization. */
export const notRequiredOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['on'],
  properties: { on: { type: 'string', format: 'date' } },
} as const;

/** The patient agreed in writing: where the signed agreement is kept, and the day of the last payment. */
export const agreedOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['consent', 'until'],
  properties: {
    consent: { type: 'string', minLength: 1, maxLength: 100, phi: 'recordNumber' },
    until: { type: 'string', format: 'date' },
  },
} as const;

/** The clinic's claim that a payment is for: its reference, or its number. */
export const matchedOutcomeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claim'],
  properties: { claim: { type: 'string', minLength: 1, maxLength: 60, phi: 'recordNumber' } },
} as const;

export type WorkItem = FromSchema<typeof workItemSchema>;
export type WorkItemStatus = (typeof workItemStatuses)[number];
export type Channel = (typeof channels)[number];
export type SentOutcome = FromSchema<typeof sentOutcomeSchema>;
export type StillPendingOutcome = FromSchema<typeof stillPendingOutcomeSchema>;
export type CalledOutcome = FromSchema<typeof calledOutcomeSchema>;
export type WasSentOutcome = FromSchema<typeof wasSentOutcomeSchema>;
export type CorrectedOutcome = FromSchema<typeof correctedOutcomeSchema>;

/** The kinds in the order of the schema. */
export const workItemKindNames: readonly WorkItemKind[] = kinds;

/**
 * The JSON Schema of the outcome that must come with a decision, or null if the decision stands alone.
 * The outcome is PHI and goes to the vault; workflows get its structure.
 */
export function outcomeSchemaFor(kind: WorkItemKind, decision: Decision): object | null {
  switch (`${kind}/${decision}`) {
    case 'authorization.request/notRequired':
      return notRequiredOutcomeSchema;
    case 'authorization.send/sent':
    case 'claim.send/sent':
      return sentOutcomeSchema;
    case 'authorization.answer/answered':
      return authorizationAnswerSchema;
    case 'authorization.answer/stillPending':
    case 'claim.followUp/stillPending':
      return stillPendingOutcomeSchema;
    case 'authorization.uncertain/wasSent':
    case 'claim.uncertain/wasSent':
    case 'note.uncertain/wasSent':
      return wasSentOutcomeSchema;
    case 'claim.paymentPlan/agreed':
      return agreedOutcomeSchema;
    case 'authorization.number/corrected':
      return correctedOutcomeSchema;
    case 'patient.merge/merge':
      return mergedOutcomeSchema;
    case 'remittance.unmatched/match':
      return matchedOutcomeSchema;
    case 'eligibility.call/called':
    case 'eligibility.correct/called':
      return calledOutcomeSchema;
    default:
      return null;
  }
}
