// Until when documents are due: what a payer asks for and what the clinic asks of itself (rules/documentation/due.json).
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const count = { type: 'integer', minimum: 1 } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 1 } as const;

const payerDueSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'payer',
    'linesOfBusiness',
    'effectiveFrom',
    'effectiveTo',
    'progressReport',
    'certification',
    'source',
    'url',
  ],
  properties: {
    id: text,
    /** null: any payer of the lines of business. */
    payer: { type: ['string', 'null'], minLength: 1 },
    /** null: any. */
    linesOfBusiness: { anyOf: [{ type: 'null' }, { type: 'array', minItems: 1, items: { enum: linesOfBusiness } }] },
    /** Days of service, both included. */
    effectiveFrom: date,
    effectiveTo: nullableDate,
    /** null: this row does not say. The earlier of the two where both are given. */
    progressReport: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['everyTreatmentDays', 'everyCalendarDays'],
          properties: { everyTreatmentDays: nullableCount, everyCalendarDays: nullableCount },
        },
      ],
    },
    /** null: this row does not say. */
    certification: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['tracks', 'withinDays', 'longestDays'],
          properties: {
            /** The ways to an initial certification; a later one is always by signature. */
            tracks: { type: 'array', minItems: 1, items: { enum: ['signature', 'orderAndTransmission'] } },
            /** Days from the initial treatment. */
            withinDays: count,
            /** It holds for the plan's duration or so many days from the initial treatment, whichever is less. */
            longestDays: count,
          },
        },
      ],
    },
    source: text,
    url: { type: ['string', 'null'] },
  },
} as const;

const clinicDueSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'effectiveFrom',
    'effectiveTo',
    'signWithinDays',
    'dischargeWithinDays',
    'soonDays',
    'soonTreatmentDays',
    'source',
  ],
  properties: {
    id: text,
    effectiveFrom: date,
    effectiveTo: nullableDate,
    /** Days after the visit. */
    signWithinDays: { type: 'integer', minimum: 0 },
    /** Days after the last day of the episode. */
    dischargeWithinDays: { type: 'integer', minimum: 0 },
    /** What is due within so many days, or treatment days, is said to be due soon. */
    soonDays: { type: 'integer', minimum: 0 },
    soonTreatmentDays: { type: 'integer', minimum: 0 },
    source: text,
  },
} as const;

export const dueFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Until when documents are due',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'reviewBy', 'payers', 'clinic'],
  properties: {
    retrieved: date,
    reviewBy: date,
    payers: { type: 'array', items: payerDueSchema },
    clinic: { type: 'array', minItems: 1, items: clinicDueSchema },
  },
} as const;

export type PayerDue = FromSchema<typeof payerDueSchema>;
export type ClinicDue = FromSchema<typeof clinicDueSchema>;
