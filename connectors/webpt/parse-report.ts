// A report file to typed rows, streaming: BOM, CRLF, quoted line breaks, Windows-1252, title lines, extra columns, duplicates.
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Cells } from './cells.ts';
import type { Columns } from './cells.ts';
import { normalized } from './profile.ts';
import type { Profile } from './profile.ts';
import { keys, neededColumns, readers } from './read-rows.ts';
import type { ParsedReport, Problem, ReportKind, RowsByKind } from './rows.ts';

/** Title lines ("Authorization Report", "Run on …") may precede the header; no more than these. */
const titleRows = 10;
/** An unclosed quote would otherwise swallow the file into one record. */
const longestRecord = 200_000;

/** The columns by the header's labels: the first label in the profile's order wins; extra columns are ignored. */
function columnsOf(header: readonly string[], labels: Readonly<Record<string, readonly string[]>>): Columns {
  const places = new Map<string, number>();
  header.forEach((cell, index) => {
    const label = normalized(cell);
    if (label !== '' && !places.has(label)) places.set(label, index);
  });
  const columns = new Map<string, { label: string; index: number }>();
  for (const [field, wanted] of Object.entries(labels)) {
    const label = wanted.find((candidate) => places.has(normalized(candidate)));
    if (label !== undefined) columns.set(field, { label, index: places.get(normalized(label)) ?? -1 });
  }
  return columns;
}

function missingColumns(columns: Columns, kind: ReportKind): string[] {
  const named = columns.has('name') || (columns.has('given') && columns.has('family'));
  const needed = kind === 'patients' && !named ? [...neededColumns[kind], 'name'] : neededColumns[kind];
  return needed.filter((field) => !columns.has(field));
}

/** Windows-1252 where the bytes are no UTF-8; UTF-16 by its mark. The BOM is taken off. */
export function decoderFor(probe: Iterable<Uint8Array>): 'utf-8' | 'utf-16le' | 'windows-1252' {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for (const chunk of probe) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      first = first && chunk.byteLength === 0;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

interface CsvRecord {
  readonly record: readonly string[];
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === '');
}

/**
 * Parses the decoded text of one report. Good rows are kept, bad ones reported; a report without its needed columns yields
 * no rows and one problem for each missing column. The same row twice counts as a duplicate; two rows about the same thing
 * that differ: the first is kept, the other reported.
 */
export async function parseReport<Kind extends ReportKind>(
  text: Readable,
  kind: Kind,
  profile: Profile,
): Promise<ParsedReport<Kind>> {
  const rows: RowsByKind[Kind][] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const seenKeys = new Set<string>();
  let duplicates = 0;
  let row = 0;
  let header: Columns | null = null;
  let nearest: readonly string[] | null = null;

  const take = (record: readonly string[], columns: Columns): void => {
    const cells = new Cells(record, columns, profile, row);
    const read = readers[kind](cells, profile);
    problems.push(...cells.problems);
    if (cells.rejected) return;
    const fingerprint = JSON.stringify(read);
    if (seen.has(fingerprint)) {
      duplicates += 1;
      return;
    }
    seen.add(fingerprint);
    const key = keys[kind](read);
    if (key !== null && seenKeys.has(key)) {
      problems.push({ row, column: null, reason: 'conflicts with an earlier row', rejected: true });
      return;
    }
    if (key !== null) seenKeys.add(key);
    rows.push(read);
  };

  const parser = text.pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_records_with_error: true,
      max_record_size: longestRecord,
      on_skip: () => {
        row += 1;
        problems.push({ row, column: null, reason: 'quotes do not match', rejected: true });
        return undefined;
      },
    }),
  );
  text.once('error', (error) => parser.destroy(error));
  for await (const { record } of parser as AsyncIterable<CsvRecord>) {
    row += 1;
    if (isBlank(record)) continue;
    if (header !== null) {
      // A total at the foot: one filled cell where a row has many.
      if (record.filter((cell) => cell.trim() !== '').length > 1) take(record, header);
      continue;
    }
    if (row > titleRows) break;
    const columns = columnsOf(record, profile.reports[kind].columns);
    const missing = missingColumns(columns, kind);
    if (missing.length === 0) header = columns;
    else if (columns.size > 1 && (nearest === null || missing.length < nearest.length)) nearest = missing;
  }
  if (header === null) {
    const labels = profile.reports[kind].columns;
    const named = (nearest ?? []).map((field) => ({
      row: 0,
      column: labels[field]?.[0] ?? field,
      reason: 'column missing' as const,
      rejected: true,
    }));
    return {
      kind,
      rows: [],
      problems: named.length > 0 ? named : [{ row: 0, column: null, reason: 'not a table', rejected: true }],
      duplicates,
    };
  }
  return { kind, rows, problems, duplicates };
}
