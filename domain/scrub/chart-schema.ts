// What a claim is checked against: visits with their minutes and notes, authorizations and the plan of care, as `gait scrub --chart` takes it.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

const day = { type: 'string', format: 'date', phi: 'visitTime' } as const;
const nullableDay = { type: ['string', 'null'], format: 'date', phi: 'visitTime' } as const;
const nullableText = { type: ['string', 'null'] } as const;
const nullableMinutes = { type: ['number', 'null'], minimum: 0 } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;
const nullableTruth = { type: ['boolean', 'null'] } as const;

/** What Medicare's outpatient therapy of a calendar year has come to so far, as far as this clinic knows. */
const therapySpendSchema = {
  type: 'object',
  required: ['year', 'allowedCents'],
  properties: {
    year: { type: 'integer' },
    /** PT and SLP together, allowed amounts. */
    allowedCents: { type: ['integer', 'null'], minimum: 0, phi: 'payment' },
    /** Whether other clinics' services are in it; absent or null: nobody knows, as false. */
    complete: nullableTruth,
  },
} as const;

const authorizationSchema = {
  type: 'object',
  properties: {
    number: { type: ['string', 'null'], phi: 'recordNumber' },
    from: nullableDay,
    to: nullableDay,
    visitsApproved: nullableCount,
    visitsUsed: nullableCount,
  },
} as const;

const planOfCareSchema = {
  type: 'object',
  properties: {
    /** The day of the initial treatment under the plan. */
    start: nullableDay,
    end: nullableDay,
    /** A signed and dated order or referral of a physician for these services. */
    orderOnFile: nullableTruth,
    transmittedOn: nullableDay,
    certifiedOn: nullableDay,
  },
} as const;

const visitSchema = {
  type: 'object',
  required: ['date'],
  properties: {
    date: day,
    clinician: {
      anyOf: [{ type: 'null' }, { type: 'object', properties: { ref: nullableText, credential: nullableText } }],
    },
    /** The whole treatment time, untimed services too. */
    totalMinutes: nullableMinutes,
    interventions: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['code'],
        properties: {
          code: { type: 'string', minLength: 1 },
          minutes: nullableMinutes,
          /** Who gave it: PT, PTA. */
          by: nullableText,
          text: { type: ['string', 'null'], phi: 'clinicalText' },
        },
      },
    },
    note: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          properties: {
            kind: { enum: ['daily', 'evaluation', 'progress', 'recertification', 'discharge', null] },
            signedOn: nullableDay,
            credential: nullableText,
          },
        },
      ],
    },
    outcomes: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['measure'],
        properties: {
          measure: { type: 'string', minLength: 1 },
          score: { type: ['number', 'null'], phi: 'measurement' },
        },
      },
    },
  },
} as const;

/** One patient's chart. What is absent or null is not known: no rule takes it for zero, for no or for an empty list. */
export const scrubChartSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The chart a claim is checked against',
  type: 'object',
  required: ['patient'],
  properties: {
    /** A reference, never a name or a record number. */
    patient: { type: 'string', minLength: 1 },
    payer: {
      anyOf: [
        { type: 'null' },
        { type: 'object', properties: { id: nullableText, lineOfBusiness: { enum: [...linesOfBusiness, null] } } },
      ],
    },
    therapySpend: { anyOf: [{ type: 'null' }, therapySpendSchema] },
    /** An empty list: there are none. */
    authorizations: { type: ['array', 'null'], items: authorizationSchema },
    planOfCare: { anyOf: [{ type: 'null' }, planOfCareSchema] },
    visits: { type: ['array', 'null'], items: visitSchema },
  },
} as const;

export type ScrubChart = FromSchema<typeof scrubChartSchema>;
