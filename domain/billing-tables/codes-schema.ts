// The rule file of therapy codes (rules/billing-tables/codes.json): how a code's time is counted and when it exists.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const code = { type: 'string', pattern: '^[0-9A-Z]{5}$' } as const;
const nullableCode = { type: ['string', 'null'], pattern: '^[0-9A-Z]{5}$' } as const;

const payerFormSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['linesOfBusiness', 'use', 'from', 'to', 'source'],
  properties: {
    linesOfBusiness: { type: 'array', minItems: 1, items: { enum: linesOfBusiness } },
    /** The code these payers take in its place. */
    use: code,
    from: nullableDate,
    to: nullableDate,
    source: { type: 'string' },
  },
} as const;

export const codeFactsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'words', 'time', 'therapy', 'added', 'deleted', 'replacedBy', 'payerForms'],
  properties: {
    code,
    /** Our own few words, never the AMA's descriptor. */
    words: { type: 'string' },
    /**
     * `untimed`: one unit whatever it took. `timed`: a unit for so many minutes of a day; `pooled`: it counts towards the
     * day's total of Medicare's 15-minute services; `first`: only the first unit of the service, `then` names the code of
     * the further ones. `monthly`: minutes are gathered over a calendar month.
     */
    time: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind'],
          properties: { kind: { const: 'untimed' } },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'minutesPerUnit', 'pooled', 'then'],
          properties: {
            kind: { const: 'timed' },
            minutesPerUnit: { type: 'integer', minimum: 1 },
            pooled: { type: 'boolean' },
            then: nullableCode,
          },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'minutesPerUnit'],
          properties: { kind: { const: 'monthly' }, minutesPerUnit: { type: 'integer', minimum: 1 } },
        },
      ],
    },
    /** Medicare's therapy code list: `always` and `sometimes` therapy; `no`: not on it; null: not looked up. */
    therapy: { enum: ['always', 'sometimes', 'no', null] },
    /** The first day of service; null: before what is asked here. */
    added: nullableDate,
    /** The first day of service on which it is no code any more; null: it is one. */
    deleted: nullableDate,
    /** The code that took its place; null: none, or it is not deleted. */
    replacedBy: nullableCode,
    payerForms: { type: 'array', items: payerFormSchema },
    note: { type: 'string' },
  },
} as const;

export const codesFileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'effective', 'reviewBy', 'source', 'url', 'retrieved', 'notice', 'rows'],
  properties: {
    version: { type: 'string' },
    effective: date,
    reviewBy: date,
    source: { type: 'string' },
    url: { type: ['string', 'null'] },
    retrieved: date,
    notice: { type: 'string' },
    rows: { type: 'array', items: codeFactsSchema },
  },
} as const;

export type CodeFacts = FromSchema<typeof codeFactsSchema>;
export type PayerForm = FromSchema<typeof payerFormSchema>;
export type CodesFile = FromSchema<typeof codesFileSchema>;
