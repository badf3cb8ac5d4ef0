// Small tables behind the scrub rules (rules/scrub/tables): what claim filing codes and modifiers are to a rule.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
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
  required: ['source', 'retrieved', 'distinct', 'ncci', 'order'],
  properties: {
    source: text,
    retrieved: date,
    /** Say that two services were distinct. */
    distinct: modifiers,
    /** Part an NCCI pair of indicator 1. */
    ncci: modifiers,
    /** The customary order where a payer's own is not known. */
    order: modifiers,
  },
} as const;

export type FilingCode = FromSchema<typeof filingCodeSchema>;
export type ModifierGroups = FromSchema<typeof modifierGroupsSchema>;
