// Small tables behind the scrub rules (rules/scrub/tables): what claim filing codes and modifiers are to a rule.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const codes = { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{5}$' } } as const;
const modifiers = { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{2}$' } } as const;

/** A claim filing indicator (SBR09) and the line of business it stands for; null: it may be several. */
const filingCodeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'lineOfBusiness'],
  properties: { code: text, lineOfBusiness: { enum: [...linesOfBusiness, null] } },
} as const;

export const filingCodesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Claim filing codes',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: { source: text, retrieved: date, rows: { type: 'array', items: filingCodeSchema } },
} as const;

export const modifierGroupsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Groups of modifiers',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'ncci', 'order', 'taxonomies'],
  properties: {
    source: text,
    retrieved: date,
    /** Part an NCCI pair of indicator 1. */
    ncci: modifiers,
    /** The customary order where a payer's own is not known. */
    order: modifiers,
    /** The discipline of a provider by the beginning of its taxonomy code. */
    taxonomies: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['startsWith', 'discipline'],
        properties: { startsWith: text, discipline: { enum: ['PT', 'OT', 'SLP'] } },
      },
    },
  },
} as const;

/** How often a progress report is due, by line of business, in treatment days; a payer's profile goes before. */
const progressReportSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'linesOfBusiness',
    'everyTreatmentDays',
    'delayedCalendarDays',
    'effective',
    'source',
    'retrieved',
    'reviewBy',
  ],
  properties: {
    linesOfBusiness: { type: 'array', minItems: 1, items: { enum: linesOfBusiness } },
    everyTreatmentDays: { type: 'integer', minimum: 1 },
    /** Calendar days after the period's end within which a report that was not written in time still serves. */
    delayedCalendarDays: { type: 'integer', minimum: 0 },
    effective: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: nullableDate, to: nullableDate },
    },
    source: text,
    retrieved: date,
    reviewBy: date,
  },
} as const;

export const progressReportsFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'How often progress reports are due',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', items: progressReportSchema } },
} as const;

/** The codes of functional limitation reporting (42 CFR 410.60, 2013 to 2018), its severity modifiers, and the codes that open an episode. */
export const functionalReportingSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Functional limitation reporting',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'codes', 'severityModifiers', 'evaluationCodes'],
  properties: {
    source: text,
    retrieved: date,
    codes,
    severityModifiers: modifiers,
    evaluationCodes: codes,
  },
} as const;

export type ProgressReportPeriod = FromSchema<typeof progressReportSchema>;
export type FunctionalReporting = FromSchema<typeof functionalReportingSchema>;
export type FilingCode = FromSchema<typeof filingCodeSchema>;
export type ModifierGroups = FromSchema<typeof modifierGroupsSchema>;
