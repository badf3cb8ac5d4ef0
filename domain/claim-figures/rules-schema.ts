// The dated rows by which receivables are counted and payments are called unusual (rules/claims/figures.json).
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import type { LineOfBusiness } from '../payer/lines-of-business.ts';

const date = { type: 'string', format: 'date' } as const;
const positive = { type: 'integer', minimum: 1 } as const;
const dated = {
  from: date,
  to: { type: ['string', 'null'], format: 'date' },
  source: { type: 'string', minLength: 1 },
} as const;

const receivablesRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'source', 'chargeDays', 'ageBands'],
  properties: {
    ...dated,
    /** The average daily charge is that of so many days of service. */
    chargeDays: positive,
    /** The last day of each age band, in order; what is older makes one more. */
    ageBands: { type: 'array', minItems: 1, uniqueItems: true, items: positive },
  },
} as const;

const unusualRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'source', 'lineOfBusiness', 'byMorePercent', 'earlierPayments', 'lookBackDays'],
  properties: {
    ...dated,
    /** Null: every other. */
    lineOfBusiness: { enum: [...linesOfBusiness, null] },
    /** Of what the payer allowed before. */
    byMorePercent: { type: 'integer', minimum: 1, maximum: 99 },
    /** From fewer earlier payments nobody can tell. */
    earlierPayments: positive,
    lookBackDays: positive,
  },
} as const;

export const claimFiguresFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ClaimFiguresFile',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'receivables', 'unusualPayments'],
  properties: {
    retrieved: date,
    receivables: { type: 'array', minItems: 1, items: receivablesRowSchema },
    unusualPayments: { type: 'array', minItems: 1, items: unusualRowSchema },
  },
} as const;

export type ReceivablesRow = FromSchema<typeof receivablesRowSchema>;
export type UnusualRow = FromSchema<typeof unusualRowSchema>;
export type ClaimFiguresBook = FromSchema<typeof claimFiguresFileSchema>;

const holds = ({ from, to }: { readonly from: string; readonly to: string | null }, on: string): boolean =>
  from <= on && (to === null || on <= to);

/** Null: nobody set how they are counted on this day. */
export function receivablesOn({ receivables }: ClaimFiguresBook, on: string): ReceivablesRow | null {
  return receivables.find((row) => holds(row, on)) ?? null;
}

/** The row of the line of business, else that of every other. */
export function unusualOn(
  { unusualPayments }: ClaimFiguresBook,
  of: { readonly lineOfBusiness: LineOfBusiness; readonly on: string },
): UnusualRow | null {
  const rows = unusualPayments.filter((row) => holds(row, of.on));
  const find = (line: UnusualRow['lineOfBusiness']) => rows.find((row) => row.lineOfBusiness === line);
  return find(of.lineOfBusiness) ?? find(null) ?? null;
}
