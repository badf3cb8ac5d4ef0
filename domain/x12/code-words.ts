// What codes mean, in our own words: tables under rules/codes, handed in by who reads them. A code without a row is shown as it came.
import type { FromSchema } from 'json-schema-to-ts';

export const rejectClasses = [
  'retry',
  'configuration',
  'provider',
  'patient',
  'dates',
  'benefitQuestion',
  'other',
] as const;

const text = { type: 'string', minLength: 1 } as const;
const code = { type: 'string', pattern: '^[A-Z0-9]{1,5}$' } as const;
const date = { type: 'string', format: 'date' } as const;

/** A table of codes. `fix`: what a person does about it, where something is to be done. */
export const codeTableSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Codes in our own words',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: {
    source: text,
    retrieved: date,
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'meaning'],
        properties: { code, meaning: text, fix: text },
      },
    },
  },
} as const;

/** The table of rejections (AAA03): each with the kind of action it asks for. */
export const rejectTableSchema = {
  ...codeTableSchema,
  title: 'Rejections and what to do about them',
  properties: {
    ...codeTableSchema.properties,
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'meaning', 'actionClass', 'fix'],
        properties: { code, meaning: text, actionClass: { enum: rejectClasses }, fix: text },
      },
    },
  },
} as const;

export type CodeTable = FromSchema<typeof codeTableSchema>;
export type RejectTable = FromSchema<typeof rejectTableSchema>;
export type CodeRow = CodeTable['rows'][number];
export type RejectRow = RejectTable['rows'][number];

/** The tables by what they are about, each a file of rules/codes by that name. */
export const codeTableNames = [
  'aaa',
  'aaa-follow-up',
  'adjustment-groups',
  'adjustment-reasons',
  'benefit-periods',
  'benefits',
  'claim-payment-statuses',
  'claim-status-categories',
  'claim-statuses',
  'element-errors',
  'entities',
  'group-acknowledgments',
  'group-errors',
  'provider-adjustments',
  'quantities',
  'remark-codes',
  'review-actions',
  'segment-errors',
  'service-types',
  'ta1-codes',
  'ta1-notes',
  'transaction-acknowledgments',
  'transaction-errors',
] as const;

export type CodeTableName = (typeof codeTableNames)[number];

/** What a code of one of the tables means; null where there is no row for it. */
export type CodeWords = (table: CodeTableName, code: string) => CodeRow | null;

/** Makes the look-up over the rows of each table. */
export function codeWordsOf(rowsOf: (table: CodeTableName) => readonly CodeRow[]): CodeWords {
  const byCode = new Map(codeTableNames.map((name) => [name, new Map(rowsOf(name).map((row) => [row.code, row]))]));
  return (table, code) => byCode.get(table)?.get(code) ?? null;
}

/** A code with its meaning for a person; one without a row is told as it came. */
export function told(words: CodeWords, table: CodeTableName, code: string): string {
  const row = words(table, code);
  return row === null ? `${code} (no paraphrase)` : `${code} (${row.meaning.replace(/\.$/, '')})`;
}
