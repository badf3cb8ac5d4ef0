// A report file to typed rows, by a clinic's mapping profile.
import type { Columns } from '../csv/cells.ts';
import { eachRecord } from '../csv/records.ts';
import { TableBuilder } from '../csv/table.ts';
import type { TableReader } from '../csv/table.ts';
import type { RowsByKind, RowsOf } from '../pt-records/rows.ts';
import type { Profile } from './profile.ts';
import { keys, mayRepeat, neededColumns, readers } from './read-rows.ts';
import type { Reading, ReportKind } from './read-rows.ts';
import { sheetFormats, sheetRecords } from './workbook.ts';

type Labels = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The columns a table lacks without which it is no report of its kind: those every one has, for patients a name, and who pays where
 * `labels` say that such a column is expected.
 */
export function missingColumns(columns: Pick<Columns, 'has'>, kind: ReportKind, labels: Labels): string[] {
  const named = columns.has('name') || (columns.has('given') && columns.has('family'));
  const needed =
    kind === 'patients'
      ? [
          ...neededColumns[kind],
          ...(labels['payerName'] === undefined ? [] : ['payerName']),
          ...(named ? [] : ['name']),
        ]
      : neededColumns[kind];
  return needed.filter((field) => !columns.has(field));
}

function readerOf<Kind extends ReportKind>(
  kind: Kind,
  profile: Reading,
  labels: Readonly<Record<string, readonly string[]>>,
): TableReader<RowsByKind[Kind]> {
  return {
    labels,
    writing: profile,
    missing: (columns) => missingColumns(columns, kind, labels),
    read: (cells) => readers[kind](cells, profile),
    key: (row) => keys[kind](row),
    mayRepeat: () => mayRepeat[kind],
  };
}

function labelsOf(kind: ReportKind, profile: Profile): Readonly<Record<string, readonly string[]>> {
  return profile.reports[kind]?.columns ?? {};
}

/** Parses the decoded text of one report. */
export async function parseReport<Kind extends ReportKind>(
  text: AsyncIterable<string>,
  kind: Kind,
  profile: Reading,
): Promise<RowsOf<Kind>> {
  const builder = new TableBuilder(readerOf(kind, profile, labelsOf(kind, profile)));
  await eachRecord(text, builder);
  const { rows, problems, duplicates } = builder.table();
  return { kind, rows, problems, duplicates };
}

/** Parses one report that is a sheet of a workbook (.xlsx); what is wrong with the workbook is a problem of the whole file. */
export async function parseWorkbook<Kind extends ReportKind>(
  bytes: Uint8Array,
  kind: Kind,
  profile: Reading,
): Promise<RowsOf<Kind>> {
  const sheet = await sheetRecords(bytes, profile.reports[kind]?.sheet ?? null, profile.words);
  if ('reason' in sheet)
    return {
      kind,
      rows: [],
      problems: [{ row: 0, column: null, reason: sheet.reason, rejected: true }],
      duplicates: 0,
    };
  const builder = new TableBuilder(readerOf(kind, { ...profile, ...sheetFormats(profile) }, labelsOf(kind, profile)));
  for (const record of sheet.records) if (!builder.record(record)) break;
  const { rows, problems, duplicates } = builder.table();
  return { kind, rows, problems, duplicates };
}
