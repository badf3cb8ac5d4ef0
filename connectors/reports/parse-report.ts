// A report file to typed rows, by a clinic's mapping profile.
import type { Readable } from 'node:stream';
import { parseTable } from '../csv/table.ts';
import type { Columns } from '../csv/cells.ts';
import type { Profile } from './profile.ts';
import { keys, neededColumns, readers } from './read-rows.ts';
import type { ReportKind } from './read-rows.ts';
import type { RowsOf } from '../pt-records/rows.ts';

/** The columns a report of patients lacks whose rows would name nobody, with those every kind needs. */
export function missingColumns(columns: Columns, kind: ReportKind): string[] {
  const named = columns.has('name') || (columns.has('given') && columns.has('family'));
  const needed = kind === 'patients' && !named ? [...neededColumns[kind], 'name'] : neededColumns[kind];
  return needed.filter((field) => !columns.has(field));
}

/** Parses the decoded text of one report (`parseTable`). */
export async function parseReport<Kind extends ReportKind>(
  text: Readable,
  kind: Kind,
  profile: Profile,
): Promise<RowsOf<Kind>> {
  const { rows, problems, duplicates } = await parseTable(text, {
    labels: profile.reports[kind].columns,
    writing: profile,
    missing: (columns) => missingColumns(columns, kind),
    read: (cells) => readers[kind](cells, profile),
    key: (row) => keys[kind](row),
  });
  return { kind, rows, problems, duplicates };
}
