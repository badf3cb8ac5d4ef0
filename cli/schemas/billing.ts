// What `gait units` and `gait tables` print.
import { tableKinds } from '../../domain/billing-tables/table-file.ts';
import { unitRules } from '../../domain/units/rule-schema.ts';
import type { Output } from './output.ts';
import { count, document, fields, listOf, nullableText, text } from './output.ts';

const units = { type: 'object', additionalProperties: count } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;

const assistant = {
  anyOf: [
    fields({
      modifier: nullableText,
      citation: nullableText,
      services: listOf(
        fields({
          code: text,
          assistantMinutes: count,
          therapistMinutes: count,
          units: count,
          modified: nullableCount,
          why: text,
          question: nullableText,
        }),
      ),
      questions: listOf(text),
    }),
    { type: 'null' },
  ],
} as const;

const counted = {
  rule: { enum: unitRules },
  timedMinutes: count,
  totalUnits: count,
  units,
  alternatives: listOf(units),
  explanation: listOf(text),
  assistant,
} as const;

const edition = {
  kind: { enum: tableKinds },
  version: text,
  effective: { type: 'string', format: 'date' },
  reviewBy: { type: 'string', format: 'date' },
  source: text,
  retrieved: { type: 'string', format: 'date' },
} as const;

export const billingOutputs: readonly Output[] = [
  {
    name: 'units',
    example: './gait units --rule cms --minutes 97110=33,97140=7 --assistant 97110=10 --json',
    schema: document(
      'Units of timed minutes; rule, totalUnits and units are null where no rule is on file for a payer: either holds both counts',
      {
        ...counted,
        rule: { enum: [...unitRules, null] },
        totalUnits: nullableCount,
        units: { anyOf: [units, { type: 'null' }] },
        on: { type: 'string', format: 'date' },
        citation: nullableText,
        either: listOf(fields(counted)),
      },
    ),
  },
  {
    name: 'tables.load',
    example: './gait tables load mue docs/examples/mue.csv --version 2024Q3 --effective 2024-07-01 --json',
    schema: document('A table that was loaded; of the refused rows the first are told, row counts from 0', {
      file: text,
      ...edition,
      rowsRead: count,
      rowsKept: count,
      rowsRefused: count,
      refused: listOf(fields({ file: text, row: count, column: nullableText, reason: text })),
    }),
  },
  {
    name: 'tables.list',
    example: './gait tables list --json',
    schema: document(
      'The billing tables: loaded ones and those that ship; whole false is a part, due true is outdated',
      {
        folder: text,
        tables: listOf(
          fields({
            file: text,
            from: { enum: ['loaded', 'shipped'] },
            ...edition,
            rows: count,
            whole: { type: 'boolean' },
            used: { type: 'boolean' },
            due: { type: 'boolean' },
          }),
        ),
      },
    ),
  },
];
