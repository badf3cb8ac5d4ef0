// Looks at an export without knowing its columns: the line that is the header, and what each column holds. Memory is bounded.
import { normalized } from '../csv/labels.ts';
import type { RecordSink } from '../csv/records.ts';
import { titleRows } from '../csv/table.ts';

export interface Column {
  readonly label: string;
  readonly index: number;
  /** Cells that are filled, in the whole file. */
  readonly filled: number;
  /** Different values, at most `mostValues`, each with the rows it stands in. */
  readonly values: ReadonlyMap<string, number>;
  /** There are more different values than that. */
  readonly isOpen: boolean;
}

export interface Sample {
  readonly columns: readonly Column[];
  /** As a spreadsheet counts; 0: no line looks like a header. */
  readonly headerRow: number;
  readonly rows: number;
}

const mostValues = 1_000;

interface Header {
  readonly record: readonly string[];
  readonly row: number;
}

/** Takes the records of an export, from wherever they come. */
export class Sampler implements RecordSink {
  readonly #likeness: (record: readonly string[]) => number;
  readonly #head: (readonly string[])[] = [];
  #header: Header | null = null;
  #row = 0;
  #rows = 0;
  readonly #filled: number[] = [];
  readonly #values: Map<string, number>[] = [];
  readonly #open = new Set<number>();

  /** @param likeness how much a row looks like a header, 0: not at all */
  constructor(likeness: (record: readonly string[]) => number) {
    this.#likeness = likeness;
  }

  record(record: readonly string[]): boolean {
    this.#row += 1;
    if (this.#row > titleRows) {
      if (this.#header === null) return false;
      this.#take(record);
      return true;
    }
    this.#head.push(record);
    if (this.#row === titleRows) this.#begin();
    return true;
  }

  unreadable(): boolean {
    return this.record([]);
  }

  #take(record: readonly string[]): void {
    if (record.filter((cell) => cell.trim() !== '').length < 2) return;
    this.#rows += 1;
    record.forEach((cell, index) => {
      const value = cell.trim();
      if (value === '') return;
      this.#filled[index] = (this.#filled[index] ?? 0) + 1;
      const known = (this.#values[index] ??= new Map());
      const before = known.get(value);
      if (before !== undefined || known.size < mostValues) known.set(value, (before ?? 0) + 1);
      else this.#open.add(index);
    });
  }

  /** Of the first lines the one most like a header; those after it are rows. */
  #begin(): void {
    const best = this.#head
      .map((record, index) => ({ record, index, like: this.#likeness(record) }))
      .toSorted((a, b) => b.like - a.like)[0];
    if (best === undefined || best.like === 0) return;
    this.#header = { record: best.record, row: best.index + 1 };
    for (const record of this.#head.slice(best.index + 1)) this.#take(record);
  }

  /** What came of the records. */
  sample(): Sample {
    if (this.#row < titleRows) this.#begin();
    const header = this.#header;
    if (header === null) return { columns: [], headerRow: 0, rows: 0 };
    const columns = header.record.flatMap((cell, index): Column[] =>
      normalized(cell) === ''
        ? []
        : [
            {
              label: cell.trim(),
              index,
              filled: this.#filled[index] ?? 0,
              values: this.#values[index] ?? new Map(),
              isOpen: this.#open.has(index),
            },
          ],
    );
    return { columns, headerRow: header.row, rows: this.#rows };
  }
}
