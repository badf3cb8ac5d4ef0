// A table as somebody exports it to typed rows, row by row: title lines, extra columns, totals at the foot, repeated and contradictory rows.
import { Cells, TableWriting } from './cells.ts';
import type { Columns, Writing } from './cells.ts';
import { normalized } from './labels.ts';
import { ProblemList } from './problems.ts';
import type { Problem } from './problems.ts';
import { eachRecord } from './records.ts';
import type { RecordSink, Unreadable } from './records.ts';

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
  /** Whether a row without a key that says what an earlier one said is another thing of the same kind, and no repetition. */
  mayRepeat?(row: Row): boolean;
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

function unknownIn(header: readonly string[], columns: Columns): string[] {
  const taken = new Set([...columns.values()].map(({ index }) => index));
  return header.filter((cell, index) => !taken.has(index) && cell.trim() !== '').map((cell) => cell.trim());
}

/** So many cells are filled, two at most are counted: a total at the foot has one, a row has more. */
function filled(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) {
    if (cell !== '' && cell.trim() !== '') count += 1;
    if (count === 2) return count;
  }
  return count;
}

/** The rows that were kept, and which of them a further one repeats or contradicts. */
class Kept<Row> {
  readonly rows: Row[] = [];
  duplicates = 0;
  readonly #reader: TableReader<Row>;
  readonly #byKey = new Map<string, Row>();
  /** What rows without a key said, and those that contradicted one with the same key. */
  readonly #said = new Set<string>();

  constructor(reader: TableReader<Row>) {
    this.#reader = reader;
  }

  /** False: the row contradicts an earlier one about the same thing. */
  take(row: Row): boolean {
    const key = this.#reader.key(row);
    if (key === null) {
      if (this.#reader.mayRepeat?.(row) !== true && this.#wasSaid(JSON.stringify(row))) return true;
      this.rows.push(row);
      return true;
    }
    const earlier = this.#byKey.get(key);
    if (earlier === undefined) {
      this.#byKey.set(key, row);
      this.rows.push(row);
      return true;
    }
    const fingerprint = JSON.stringify(row);
    if (fingerprint === JSON.stringify(earlier)) {
      this.duplicates += 1;
      return true;
    }
    return this.#wasSaid(fingerprint);
  }

  #wasSaid(fingerprint: string): boolean {
    const isRepeated = this.#said.has(fingerprint);
    if (isRepeated) this.duplicates += 1;
    else this.#said.add(fingerprint);
    return isRepeated;
  }
}

/** Takes the records of one table, from wherever they come. */
export class TableBuilder<Row> implements RecordSink {
  readonly #reader: TableReader<Row>;
  readonly #kept: Kept<Row>;
  readonly #writing: TableWriting;
  readonly #problems = new ProblemList();
  #row = 0;
  #header: Columns | null = null;
  #nearest: readonly string[] | null = null;
  #width = 0;
  #unknownColumns: readonly string[] = [];

  constructor(reader: TableReader<Row>) {
    this.#reader = reader;
    this.#kept = new Kept(reader);
    this.#writing = new TableWriting(reader.writing);
  }

  unreadable(reason: Unreadable): boolean {
    this.#row += 1;
    this.#problems.add({ row: this.#row, column: null, reason, rejected: true });
    return this.#header !== null || this.#row < titleRows;
  }

  record(record: readonly string[]): boolean {
    this.#row += 1;
    const count = filled(record);
    if (count === 0) return true;
    if (this.#header !== null) {
      if (count > 1) this.#take(record, this.#header);
      return true;
    }
    if (this.#row > titleRows) return false;
    this.#look(record);
    return true;
  }

  /** Whether the record is the header. */
  #look(record: readonly string[]): void {
    const columns = columnsOf(record, this.#reader.labels);
    const missing = this.#reader.missing(columns);
    if (missing.length === 0) {
      this.#header = columns;
      this.#width = record.length;
      this.#unknownColumns = unknownIn(record, columns);
    } else if (columns.size > 1 && (this.#nearest === null || missing.length < this.#nearest.length)) {
      this.#nearest = missing;
      this.#unknownColumns = unknownIn(record, columns);
    }
  }

  #take(record: readonly string[], columns: Columns): void {
    const row = this.#row;
    if (this.#reader.wholeRows === true && record.length < this.#width) {
      this.#problems.add({ row, column: null, reason: 'row cut off', rejected: true });
      return;
    }
    const cells = new Cells(record, columns, this.#writing, row);
    const read = this.#reader.read(cells);
    for (const problem of cells.problems) this.#problems.add(problem);
    if (cells.rejected) return;
    if (!this.#kept.take(read))
      this.#problems.add({ row, column: null, reason: 'conflicts with an earlier row', rejected: true });
  }

  /** What came of the records. A table without its needed columns yields no rows and one problem for each missing column. */
  table(): Table<Row> {
    const unknownColumns = this.#unknownColumns;
    if (this.#header !== null)
      return { rows: this.#kept.rows, problems: this.#problems.all, duplicates: this.#kept.duplicates, unknownColumns };
    const named = (this.#nearest ?? []).map((field) => ({
      row: 0,
      column: this.#reader.labels[field]?.[0] ?? field,
      reason: 'column missing' as const,
      rejected: true,
    }));
    return {
      rows: [],
      problems: [
        ...this.#problems.all,
        ...(named.length > 0 ? named : [{ row: 0, column: null, reason: 'not a table' as const, rejected: true }]),
      ],
      duplicates: 0,
      unknownColumns,
    };
  }
}

/**
 * Parses the decoded text of one table. Good rows are kept, bad ones reported. The same row twice counts as a duplicate; two rows about
 * the same thing that differ: the first is kept, the other reported.
 */
export async function parseTable<Row>(text: AsyncIterable<string>, reader: TableReader<Row>): Promise<Table<Row>> {
  const builder = new TableBuilder(reader);
  await eachRecord(text, builder);
  return builder.table();
}
