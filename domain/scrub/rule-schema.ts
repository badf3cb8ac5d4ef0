// The files of scrub rules (rules/scrub/*.json): dated, cited statements whose conditions a person writes without code.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import { roles } from '../work-item/kinds.ts';

/** `blocks`: the claim would be denied or must not go out so; `warns`: look before it goes; `asks`: a person must answer. */
export const ruleSeverities = ['blocks', 'warns', 'asks'] as const;

/** The tables a citation may take edition and first day from. */
const citedTables = ['ptp', 'mue', 'fees', 'codes', 'thresholds'] as const;

const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', minItems: 1, items: text } as const;
const name = { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' } as const;

/** Where a statement stands. With `table` the finding tells that table's source, edition and first day instead. */
const citationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['source'],
  properties: {
    source: text,
    section: text,
    url: { type: 'string', format: 'uri' },
    version: text,
    effective: date,
    table: { enum: citedTables },
  },
} as const;

export const scrubRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'severity',
    'scope',
    'effective',
    'citation',
    'retrieved',
    'reviewBy',
    'over',
    'needs',
    'when',
    'facts',
    'message',
    'fix',
    'role',
  ],
  properties: {
    /** What the finding is called by, `ncci.ptp`; several statements may share it. */
    id: { type: 'string', pattern: '^[a-z][a-z-]*(\\.[a-z][a-z-]*)?$' },
    /** Tells the statements of one id apart. */
    variant: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    severity: { enum: ruleSeverities },
    /** Absent: every payer, line of business, state. */
    scope: {
      type: 'object',
      additionalProperties: false,
      properties: {
        payers: texts,
        linesOfBusiness: { type: 'array', minItems: 1, items: { enum: linesOfBusiness } },
        states: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[A-Z]{2}$' } },
      },
    },
    /** The days of service it speaks of, both included; null: no first or no last day. */
    effective: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: nullableDate, to: nullableDate },
    },
    citation: citationSchema,
    retrieved: date,
    /** After this day every finding of it says that the rule must be looked up again. */
    reviewBy: date,
    /** The context the condition runs over: `claim`, `line`, `ptpPair` … */
    over: name,
    /** Parts (`chart`, `chart.planOfCare`, `tables.ptp`) or facts of the context that must be known; else it is not checked. */
    needs: { type: 'array', uniqueItems: true, items: text },
    /** CEL over the facts of the context; true: there is a finding. */
    when: text,
    /** What the finding tells, each a CEL expression; `{name}` in `message` and `fix` is filled in from here. */
    facts: { type: 'object', propertyNames: name, additionalProperties: text },
    message: text,
    fix: text,
    role: { enum: roles },
    /** For the reader of the file. */
    note: text,
  },
} as const;

export const scrubRulesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Scrub rules',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', minItems: 1, items: scrubRuleSchema } },
} as const;

export type CitedTable = (typeof citedTables)[number];
export type ScrubRule = FromSchema<typeof scrubRuleSchema>;
export type ScrubRulesFile = FromSchema<typeof scrubRulesFileSchema>;
