// Looks at an export without knowing its columns: the line that is the header, and what each column holds. Memory is bounded.
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { normalized } from '../csv/labels.ts';
import { longestRecord, titleRows } from '../csv/table.ts';

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

/** @param likeness how much a row looks like a header, 0: not at all */
export async function sampleOf(text: Readable, likeness: (record: readonly string[]) => number): Promise<Sample> {
  const head: (readonly string[])[] = [];
  let header: { readonly record: readonly string[]; readonly row: number } | null = null;
  let row = 0;
  let rows = 0;
  const filled: number[] = [];
  const values: Map<string, number>[] = [];
  const open = new Set<number>();
  const take = (record: readonly string[]): void => {
    if (record.filter((cell) => cell.trim() !== '').length < 2) return;
    rows += 1;
    record.forEach((cell, index) => {
      const value = cell.trim();
      if (value === '') return;
      filled[index] = (filled[index] ?? 0) + 1;
      const known = (values[index] ??= new Map());
      const before = known.get(value);
      if (before !== undefined || known.size < mostValues) known.set(value, (before ?? 0) + 1);
      else open.add(index);
    });
  };
  /** Of the first lines the one most like a header; those after it are rows. */
  const begin = (): void => {
    const best = head
      .map((record, index) => ({ record, index, like: likeness(record) }))
      .toSorted((a, b) => b.like - a.like)[0];
    if (best === undefined || best.like === 0) return;
    header = { record: best.record, row: best.index + 1 };
    for (const record of head.slice(best.index + 1)) take(record);
  };
  const parser = text.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      skip_records_with_error: true,
      skip_empty_lines: false,
      max_record_size: longestRecord,
    }),
  );
  text.once('error', (error) => parser.destroy(error));
  for await (const record of parser as AsyncIterable<readonly string[]>) {
    row += 1;
    if (row <= titleRows) {
      head.push(record);
      if (row === titleRows) begin();
    } else if (header === null) break;
    else take(record);
  }
  if (row < titleRows) begin();
  const found = header as { readonly record: readonly string[]; readonly row: number } | null;
  if (found === null) return { columns: [], headerRow: 0, rows: 0 };
  const columns = found.record.flatMap((cell, index): Column[] =>
    normalized(cell) === ''
      ? []
      : [
          {
            label: cell.trim(),
            index,
            filled: filled[index] ?? 0,
            values: values[index] ?? new Map(),
            isOpen: open.has(index),
          },
        ],
  );
  return { columns, headerRow: found.row, rows };
}
