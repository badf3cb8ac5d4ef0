// A JSON object as the cells of a row, so that records of an API are read by the same rules as those of a report.
import { Cells, TableWriting } from '../csv/cells.ts';
import type { Writing } from '../csv/cells.ts';
import type { Problem } from '../csv/problems.ts';
import { isObject } from '../json.ts';

/** Where each field stands in a record: a JSON pointer (RFC 6901). */
export type Pointers = Readonly<Record<string, string>>;

/** The value a JSON pointer names; undefined where there is none. */
export function pointed(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, part) => {
      if (Array.isArray(found)) return /^\d{1,6}$/.test(part) ? found[Number(part)] : undefined;
      return isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
    }, value);
}

/** Text, number or truth as a cell holds it; a list of such with semicolons between; nothing for anything else. */
function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value)
    ? value
        .map(cellOf)
        .filter((text) => text !== '')
        .join('; ')
    : '';
}

/** `row` counts the records of the page from 1; `values` are fields that are put together from several places. */
export function jsonCells(
  item: unknown,
  pointers: Pointers,
  table: TableWriting,
  row: number,
  values: Readonly<Record<string, string | null>> = {},
): Cells {
  const record: string[] = [];
  const columns = new Map<string, { label: string; index: number }>();
  for (const [field, pointer] of Object.entries(pointers)) {
    columns.set(field, { label: pointer.slice(1), index: record.length });
    record.push(cellOf(pointed(item, pointer)));
  }
  for (const [field, value] of Object.entries(values)) {
    columns.set(field, { label: field, index: record.length });
    record.push(value ?? '');
  }
  return new Cells(record, columns, table, row);
}

export interface ReadItems<Row> {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  readonly duplicates: number;
}

/**
 * Reads each record of a page. The same record told twice counts as a duplicate; of two about the same thing that differ the first is kept
 * and the other reported. `read` gives null for a record that is none of this kind.
 */
export function readItems<Row>(
  items: readonly unknown[],
  writing: Writing,
  cells: (item: unknown, row: number, table: TableWriting) => Cells,
  readRow: (cells: Cells, item: unknown) => Row | null,
  key: (row: Row) => string | null,
): ReadItems<Row> {
  const rows: Row[] = [];
  const table = new TableWriting(writing);
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  let duplicates = 0;
  items.forEach((item, index) => {
    const own = cells(item, index + 1, table);
    const row = readRow(own, item);
    problems.push(...own.problems);
    if (row === null || own.rejected) return;
    const name = key(row);
    const text = JSON.stringify(row);
    const earlier = seen.get(name ?? text);
    if (earlier === text) duplicates += 1;
    else if (earlier !== undefined)
      problems.push({ row: index + 1, column: null, reason: 'conflicts with an earlier row', rejected: true });
    else {
      seen.set(name ?? text, text);
      rows.push(row);
    }
  });
  return { rows, problems, duplicates };
}
