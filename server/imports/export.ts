// What imports brought as a table for a spreadsheet: counts, and the rows that were refused by place and reason, never by value.
import { csvTable } from '../../domain/csv/cell-text.ts';
import type { Db } from '../database/tables.ts';

const columns = [
  'imported at',
  'connection',
  'kind',
  'added',
  'changed',
  'same',
  'unmatched',
  'cancelled',
  'row',
  'column',
  'reason',
];

/** One line for each piece, and one behind it for each row of it that was refused. The newest first. */
export async function importsCsv(db: Db, clinic: string, nameOf: (connection: string) => string): Promise<string> {
  const imports = await db
    .selectFrom('imports')
    .select(['connection', 'kind', 'counts', 'rejected', 'at'])
    .where('clinic', '=', clinic)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();
  const lines = imports.flatMap(({ connection, kind, counts, rejected, at }) => {
    const piece = [at.toISOString(), nameOf(connection), kind];
    const { added, changed, same, unmatched, cancelled } = counts;
    const whole = [added, changed, same, unmatched, cancelled].map(String);
    return [
      [...piece, ...whole, '', '', ''],
      ...rejected.map(({ row, column, reason }) => [
        ...piece,
        ...whole.map(() => ''),
        row === 0 ? 'whole file' : String(row),
        column ?? '',
        reason,
      ]),
    ];
  });
  return csvTable(columns, lines);
}
