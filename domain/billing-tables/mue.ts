// Medically unlikely edits: the most units of a code that CMS pays for one patient and day.
import type { TableOrigin } from './origin.ts';

/** MUE adjudication indicator: `1` counted on each line, `2` on the day by policy, `3` on the day by clinical likelihood. */
export type MueIndicator = '1' | '2' | '3';

export interface MueRow {
  readonly code: string;
  /** 0: no unit of it is paid. */
  readonly units: number;
  readonly indicator: MueIndicator;
  readonly rationale: string | null;
}

export interface MueTable {
  readonly origin: TableOrigin;
  readonly size: number;
  /** null: the table has no such row; `covers` of its origin tells whether that means anything. */
  lookup(code: string): MueRow | null;
}

/** A table of these rows; of two rows of one code the later one holds. */
export function mueTable(origin: TableOrigin, rows: Iterable<MueRow>): MueTable {
  const byCode = new Map<string, MueRow>();
  for (const row of rows) byCode.set(row.code, row);
  return { origin, size: byCode.size, lookup: (code) => byCode.get(code) ?? null };
}
