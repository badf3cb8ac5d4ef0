// What `gait imports` prints: how far an import is and what it brought, in counts.
import type { Output } from './output.ts';
import { count, document, fields, instant, listOf, nullableInstant, nullableText, text } from './output.ts';

const amount = fields({ done: count, total: count });

const run = {
  run: text,
  connection: text,
  connectionName: text,
  state: { enum: ['asked', 'running', 'done', 'failed'] },
  askedAt: instant,
  heardAt: instant,
  finishedAt: nullableInstant,
  resumed: count,
  phase: { enum: ['reading', 'storing', null] },
  kind: nullableText,
  bytes: { anyOf: [{ type: 'null' }, amount] },
  rows: amount,
  taken: count,
  added: count,
  changed: count,
  same: count,
  unmatched: count,
  refused: count,
  failure: nullableText,
} as const;

export const importOutputs: readonly Output[] = [
  {
    name: 'imports.run',
    example: './gait imports run WebPT --clinic riverside --json',
    schema: document('An import to its end; null is unknown', { clinic: text, ...run }),
  },
  {
    name: 'imports.list',
    example: './gait imports list --clinic riverside --json',
    schema: document('The newest imports, and how far each is; null is unknown', {
      clinic: text,
      runs: listOf(fields(run)),
    }),
  },
  {
    name: 'imports.export',
    example: './gait imports export --clinic riverside --to /srv/imports.csv --links /srv/links.csv --json',
    schema: document('The tables that were written', { imports: text, links: nullableText }),
  },
];
