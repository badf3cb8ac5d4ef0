// An authorization and its periods: structure only, what was asked for and what was approved kept apart.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

export const requestKinds = ['initial', 'renewal', 'appeal'] as const;
export const periodStatuses = [
  'requested',
  'pended',
  'approved',
  'partlyApproved',
  'denied',
  'cancelled',
  'superseded',
] as const;
export const numberKinds = ['present', 'placeholder', 'missing'] as const;

const nullableDate = { type: ['string', 'null'], format: 'date' } as const;

/** Visits and units; null means unknown or not limited by it, never none. */
export const quantitySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['visits', 'units'],
  properties: {
    visits: { type: ['integer', 'null'], minimum: 0 },
    units: { type: ['integer', 'null'], minimum: 0 },
  },
} as const;

/**
 * `superseded`: asked of or approved under a coverage that is over, and no cover any more. `appeal` is kept beside the
 * status, so that what was approved stays in force while an appeal is pending.
 */
export const periodSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'sequence',
    'kind',
    'status',
    'from',
    'to',
    'requested',
    'approved',
    'number',
    'weekLimit',
    'maxGapDays',
    'submittedOn',
    'decidedOn',
  ],
  properties: {
    sequence: { type: 'integer', minimum: 1 },
    kind: { enum: requestKinds },
    status: { enum: periodStatuses },
    from: nullableDate,
    to: nullableDate,
    requested: quantitySchema,
    approved: quantitySchema,
    number: { enum: numberKinds },
    /** At most `visits` in a calendar week (Monday to Sunday), for `weeks` weeks from `from`. */
    weekLimit: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['visits', 'weeks'],
          properties: { visits: { type: 'integer', minimum: 1 }, weeks: { type: 'integer', minimum: 1 } },
        },
      ],
    },
    maxGapDays: { type: ['integer', 'null'], minimum: 1 },
    submittedOn: nullableDate,
    decidedOn: nullableDate,
    /** The payer that was asked; absent where the PT system does not tell. */
    payer: { type: 'string', minLength: 1 },
    /** The payer that, as a person found out, honors what another one approved. */
    honoredBy: { type: 'string', minLength: 1 },
    /** Visits the PT system itself counts as used, at the end of `asOf`; the schedule at hand may begin later. */
    reportedUsed: {
      type: 'object',
      additionalProperties: false,
      required: ['visits', 'asOf'],
      properties: { visits: { type: 'integer', minimum: 0 }, asOf: { type: 'string', format: 'date' } },
    },
    appeal: {
      type: 'object',
      additionalProperties: false,
      required: ['status', 'submittedOn', 'decidedOn'],
      properties: { status: { enum: periodStatuses }, submittedOn: nullableDate, decidedOn: nullableDate },
    },
  },
} as const;

export const authorizationSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Authorization',
  type: 'object',
  additionalProperties: false,
  required: [
    'ref',
    'clinic',
    'patient',
    'coverage',
    'coverageChangedOn',
    'payer',
    'lineOfBusiness',
    'discipline',
    'periods',
    'requiredByPayer',
    'held',
  ],
  properties: {
    ref: { type: 'string', pattern: '^auth_[0-9A-Za-z]+$' },
    clinic: { type: 'string', pattern: '^cl_[0-9A-Za-z]+$' },
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    coverage: { type: 'string', pattern: '^cov_[0-9A-Za-z]+$' },
    coverageChangedOn: nullableDate,
    payer: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    discipline: { enum: ['PT'] },
    periods: { type: 'array', items: periodSchema },
    /** null: nobody knows yet whether this payer wants an authorization. */
    requiredByPayer: { type: ['boolean', 'null'] },
    /** `reason` is a sentence of Gait's own, without a name in it. */
    held: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['reason'],
          properties: { reason: { type: 'string' } },
        },
      ],
    },
  },
} as const;

export type RequestKind = (typeof requestKinds)[number];
export type PeriodStatus = (typeof periodStatuses)[number];
export type NumberKind = (typeof numberKinds)[number];
export type Quantity = FromSchema<typeof quantitySchema>;
export type Period = FromSchema<typeof periodSchema>;
export type Authorization = FromSchema<typeof authorizationSchema>;
