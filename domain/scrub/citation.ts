// Where a finding's rule stands, with the edition of the table behind it, and whether that is to be looked up again.
import { editionOn, newestEdition } from '../billing-tables/origin.ts';
import type { TableOrigin } from '../billing-tables/origin.ts';
import type { BillingTables } from '../billing-tables/tables.ts';
import { thresholdOn } from '../billing-tables/thresholds.ts';
import type { ScrubFinding } from './finding.ts';
import type { CitedTable, ScrubRule } from './rule-schema.ts';

interface Cited {
  readonly citation: ScrubFinding['citation'];
  /** The day after which it was to be looked up again; null: it is current. */
  readonly staleSince: string | null;
}

interface Days {
  /** The day of service. */
  readonly on: string | null;
  readonly asOf: string;
}

/** A rule grows stale with the calendar; a table's edition is stale for the days of service after the ones it was made for. */
export function citationOf({ citation, reviewBy }: ScrubRule, tables: BillingTables, { on, asOf }: Days): Cited {
  const { table, ...own } = citation;
  const ruleStale = asOf > reviewBy ? reviewBy : null;
  const day = on ?? asOf;
  if (table === 'thresholds') {
    const row = thresholdOn(tables.thresholds, day);
    if (row === null) return { citation: own, staleSince: ruleStale };
    const year = { version: String(row.year), effective: `${row.year}-01-01` };
    return { citation: { ...own, source: row.source, ...year }, staleSince: ruleStale };
  }
  const origin = table === undefined ? null : originOf(table, tables, day);
  if (origin === null) return { citation: own, staleSince: ruleStale };
  const { source, version, effective, url } = origin;
  const edition = { source, version, effective, ...(url === null ? {} : { url }) };
  return { citation: { ...own, ...edition }, staleSince: day > origin.reviewBy ? origin.reviewBy : ruleStale };
}

function originOf(table: Exclude<CitedTable, 'thresholds'>, tables: BillingTables, day: string): TableOrigin | null {
  switch (table) {
    case 'ptp':
      return newestEdition(tables.ptp)?.origin ?? null;
    case 'mue':
      return editionOn(tables.mue, day)?.origin ?? null;
    case 'fees':
      return editionOn(tables.fees, day)?.origin ?? null;
    case 'codes':
      return tables.codes.origin;
  }
}
