// Indicators of Medicare's physician fee schedule: whether a code is paid at all, and whether a second therapy code is reduced.
import type { TableOrigin } from './origin.ts';

export interface FeeScheduleRow {
  readonly code: string;
  /** The modifier the row is for (`26`, `TC`, `53`); null: the code as a whole. */
  readonly modifier: string | null;
  /** Status code, one letter: `A` active, `B` bundled, `C` priced by the contractor, `I` another code is used, `N` not covered, … */
  readonly status: string;
  /** Multiple procedure indicator; `5` therapy, reduced from the second on. null: the file leaves it blank. */
  readonly multipleProcedure: string | null;
}

export interface FeeScheduleTable {
  readonly origin: TableOrigin;
  readonly size: number;
  /** null: the table has no such row; `covers` of its origin tells whether that means anything. */
  lookup(code: string, modifier?: string | null): FeeScheduleRow | null;
}

/** A table of these rows; of two rows of one code and modifier the later one holds. */
export function feeScheduleTable(origin: TableOrigin, rows: Iterable<FeeScheduleRow>): FeeScheduleTable {
  const byKey = new Map<string, FeeScheduleRow>();
  for (const row of rows) byKey.set(`${row.code} ${row.modifier ?? ''}`, row);
  return {
    origin,
    size: byKey.size,
    lookup: (code, modifier = null) => byKey.get(`${code} ${modifier ?? ''}`) ?? null,
  };
}
