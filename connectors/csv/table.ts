// A table as somebody exports it (CSV) to typed rows, streaming: BOM, CRLF, quoted line breaks, Windows-1252, title lines, extra columns, duplicates.
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Cells } from './cells.ts';
import type { Columns, Writing } from './cells.ts';
import { normalized } from './labels.ts';
import type { Problem } from './problems.ts';

/** How a table is read: the labels of each field's column, what there must be, and a row of it. */
export interface TableReader<Row> {
  /** Field to the labels its column may have. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly writing: Writing;
  /** The fields without whose columns a table is no such table, of those that are not there. */
  missing(columns: Columns): readonly string[];
  /** Whether the row may be used is `cells.rejected`, asked afterwards. */
  read(cells: Cells): Row;
  /** What makes two rows rows about the same thing; null when nothing does. */
  key(row: Row): string | null;
  /** A row with fewer cells than the header has is one that was cut off. */
  readonly wholeRows?: boolean;
}

export interface Table<Row> {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  /** Rows that said again what an earlier one had said. */
  readonly duplicates: number;
  /** Labels of columns that no field has, of the header or what is most like one: a missing column may be among them under a new label. */
  readonly unknownColumns: readonly string[];
}

/** Title lines ("Authorization Report", "Run on …") may precede the header; no more than these. */
export const titleRows = 10;
/** An unclosed quote would otherwise swallow the file into one record. */
export const longestRecord = 200_000;

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

const chunkBytes = 65_536;

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** The text of a file in pieces, so that a large one is never held twice as text. */
export function decoded(bytes: Uint8Array): Readable {
  const decoder = new TextDecoder(decoderFor(chunks(bytes)));
  return Readable.from(
    (function* () {
      for (const chunk of chunks(bytes)) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    })(),
    { objectMode: false, encoding: 'utf8' },
  );
}

function unknownIn(header: readonly string[], columns: Columns): string[] {
  const taken = new Set([...columns.values()].map(({ index }) => index));
  return header.filter((cell, index) => !taken.has(index) && cell.trim() !== '').map((cell) => cell.trim());
}

interface CsvRecord {
  readonly record: readonly string[];
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === '');
}

/**
 * Parses the decoded text of one table. Good rows are kept, bad ones reported; a table without its needed columns yields
 * no rows and one problem for each missing column. The same row twice counts as a duplicate; two rows about the same thing
 * that differ: the first is kept, the other reported.
 */
export async function parseTable<Row>(text: Readable, reader: TableReader<Row>): Promise<Table<Row>> {
  const { labels, writing } = reader;
  const rows: Row[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const seenKeys = new Set<string>();
  let duplicates = 0;
  let row = 0;
  let header: Columns | null = null;
  let nearest: readonly string[] | null = null;
  let width = 0;
  let unknownColumns: readonly string[] = [];

  const take = (record: readonly string[], columns: Columns): void => {
    if (reader.wholeRows === true && record.length < width) {
      problems.push({ row, column: null, reason: 'row cut off', rejected: true });
      return;
    }
    const cells = new Cells(record, columns, writing, row);
    const read = reader.read(cells);
    problems.push(...cells.problems);
    if (cells.rejected) return;
    const fingerprint = JSON.stringify(read);
    if (seen.has(fingerprint)) {
      duplicates += 1;
      return;
    }
    seen.add(fingerprint);
    const key = reader.key(read);
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
    const columns = columnsOf(record, labels);
    const missing = reader.missing(columns);
    if (missing.length === 0) {
      header = columns;
      width = record.length;
      unknownColumns = unknownIn(record, columns);
    } else if (columns.size > 1 && (nearest === null || missing.length < nearest.length)) {
      nearest = missing;
      unknownColumns = unknownIn(record, columns);
    }
  }
  if (header === null) {
    const named = (nearest ?? []).map((field) => ({
      row: 0,
      column: labels[field]?.[0] ?? field,
      reason: 'column missing' as const,
      rejected: true,
    }));
    return {
      rows: [],
      problems: named.length > 0 ? named : [{ row: 0, column: null, reason: 'not a table', rejected: true }],
      duplicates,
      unknownColumns,
    };
  }
  return { rows, problems, duplicates, unknownColumns };
}
