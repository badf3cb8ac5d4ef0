// NCCI procedure-to-procedure edits: which two codes are not paid together, and whether a modifier may part them.
import type { TableOrigin } from './origin.ts';

/** `0` no modifier parts the pair, `1` a modifier may where the services were distinct, `9` the edit never was in force. */
export type PtpIndicator = '0' | '1' | '9';

/** One row of CMS's table; the code of column 2 is the one that is not paid. */
export interface PtpEdit {
  readonly column1: string;
  readonly column2: string;
  readonly indicator: PtpIndicator;
  /** The first day of service it holds on; null: the table at hand does not tell. */
  readonly from: string | null;
  /** The last day of service it holds on (CMS: deletion date); null: it is in force. */
  readonly to: string | null;
  /** Why CMS has it, in a few words; null: not told. */
  readonly rationale: string | null;
}

export interface PtpTable {
  readonly origin: TableOrigin;
  readonly size: number;
  /** Every row of a pair in this order of columns, deleted ones and those of indicator 9 too. */
  history(column1: string, column2: string): readonly PtpEdit[];
}

/** The edit of a pair in this order of columns on a day of service; null: none in force in this table. */
export function ptpEditOn(table: PtpTable, column1: string, column2: string, on: string): PtpEdit | null {
  let found: PtpEdit | null = null;
  for (const edit of table.history(column1, column2)) {
    if (edit.indicator === '9' || (edit.from !== null && edit.from > on) || (edit.to !== null && edit.to < on))
      continue;
    // Rows of one pair follow each other; where their first days are not told, the one that ended first is the day's.
    if (found === null || ends(edit) < ends(found)) found = edit;
  }
  return found;
}

function ends({ to }: PtpEdit): string {
  return to ?? '9999-12-31';
}

/** The edit between two codes of one patient's day whichever is in column 1; null: none in force in this table. */
export function ptpEditBetween(table: PtpTable, code: string, other: string, on: string): PtpEdit | null {
  return ptpEditOn(table, code, other, on) ?? ptpEditOn(table, other, code, on);
}

/** A row as it stands in a table file: every one is as long as the others, so that a row is found without an index. */
const width = 34;
const keyWidth = 11;

/**
 * A table over the body of a table file (`table-file.ts`): rows sorted by their two codes, each ended by a line feed. The
 * published table has millions of rows: they are searched where they stand, and only a row that is asked for is read.
 */
export function ptpTable(origin: TableOrigin, rationales: readonly string[], body: string): PtpTable {
  const size = body.length / (width + 1);
  const keyAt = (row: number) => body.slice(row * (width + 1), row * (width + 1) + keyWidth);
  return {
    origin,
    size,
    history(column1, column2) {
      const wanted = `${column1} ${column2}`;
      let row = 0;
      for (let end = size; row < end; ) {
        const middle = (row + end) >>> 1;
        if (keyAt(middle) < wanted) row = middle + 1;
        else end = middle;
      }
      const found: PtpEdit[] = [];
      for (; row < size && keyAt(row) === wanted; row++) found.push(ptpRow(body, row * (width + 1), rationales));
      return found;
    },
  };
}

/** Writes a row of a table file. `rationale` is its place in the file's list of rationales; null: none. */
export function ptpLine({ column1, column2, indicator, from, to }: PtpEdit, rationale: number | null): string {
  const why = rationale === null ? '--' : String(rationale).padStart(2, '0');
  // Joined, not written as a template: millions of these are held at once, and a template keeps its pieces.
  return [column1, column2, indicator, packed(from), packed(to), why].join(' ');
}

/** Whether a table file's body has rows of this kind only. */
export function isPtpBody(body: string): boolean {
  return body.length % (width + 1) === 0 && (body === '' || body.endsWith('\n'));
}

function ptpRow(body: string, at: number, rationales: readonly string[]): PtpEdit {
  const indicator = body[at + 12];
  return {
    column1: body.slice(at, at + 5),
    column2: body.slice(at + 6, at + 11),
    // A letter that is none of the three is treated as CMS's own "never in force"; the reader lets none through.
    indicator: indicator === '0' || indicator === '1' ? indicator : '9',
    from: unpacked(body.slice(at + 14, at + 22)),
    to: unpacked(body.slice(at + 23, at + 31)),
    rationale: rationales[Number(body.slice(at + 32, at + 34))] ?? null,
  };
}

function packed(date: string | null): string {
  return date === null ? '--------' : date.replaceAll('-', '');
}

function unpacked(date: string): string | null {
  return date.startsWith('-') ? null : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
}
