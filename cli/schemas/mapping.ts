// What `gait mapping` prints.
import { profileSchema } from '../../server/imports/mapping.ts';
import type { Output } from './output.ts';
import { count, document, fields, listOf, nullableText, text } from './output.ts';

const { $schema: _dialect, ...profile } = profileSchema;

export const mappingOutputs: readonly Output[] = [
  {
    name: 'mapping.suggest',
    example: './gait mapping suggest docs/examples/schedule-export.csv --resource appointment --json',
    schema: document('A proposed mapping profile, and what the whole export says by it', {
      file: text,
      headerRow: count,
      rows: count,
      read: count,
      duplicates: count,
      rejected: count,
      columns: listOf(
        fields({
          label: text,
          field: nullableText,
          confidence: { enum: ['sure', 'likely', 'unsure', null] },
          why: text,
          filled: count,
        }),
      ),
      missing: listOf(text),
      unknownWords: listOf(fields({ field: text, label: text, word: nullableText, rows: count })),
      questions: listOf(text),
      problems: listOf(fields({ row: count, column: nullableText, reason: text, rejected: { type: 'boolean' } })),
      profile,
    }),
  },
];
