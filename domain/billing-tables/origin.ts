// Where a billing table comes from, for how long it may be relied on, and which of several holds on a day.

/** What every table tells of itself; dates are `YYYY-MM-DD`. */
export interface TableOrigin {
  /** The publisher's own name of the edition: `v30.2`, `2024Q3`. */
  readonly version: string;
  /** The first day the edition holds. */
  readonly effective: string;
  /** From the day after this one a newer edition is due. */
  readonly reviewBy: string;
  readonly source: string;
  readonly url: string | null;
  readonly retrieved: string;
  /** The codes the table speaks of, where it holds a part of the published one only; null: it is whole. */
  readonly covers: readonly string[] | null;
}

/** Whether a missing row means that the publisher has none (true), or only that it is not in this part (false). */
export function covers(origin: TableOrigin, code: string): boolean {
  return origin.covers === null || origin.covers.includes(code);
}

/**
 * The edition to read on a day of service: the last one that had begun by then, else the earliest there is (which may have
 * said something else on the day). null: there is no table.
 */
export function editionOn<Table extends { readonly origin: TableOrigin }>(
  tables: readonly Table[],
  on: string,
): Table | null {
  let begun: Table | null = null;
  let earliest: Table | null = null;
  for (const table of tables) {
    const { effective } = table.origin;
    if (effective <= on && (begun === null || effective > begun.origin.effective)) begun = table;
    if (earliest === null || effective < earliest.origin.effective) earliest = table;
  }
  return begun ?? earliest;
}

/** The edition that began last; null: there is no table. */
export function newestEdition<Table extends { readonly origin: TableOrigin }>(tables: readonly Table[]): Table | null {
  return editionOn(tables, '9999-12-31');
}
