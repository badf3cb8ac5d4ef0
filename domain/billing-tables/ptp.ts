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
