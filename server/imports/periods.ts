// Lays what a report says of an authorization onto what is known of it: periods keep their number, decisions are not undone.
import type { AuthorizationRow } from '../../connectors/webpt/rows.ts';
import { classifyNumber } from '../../domain/authorization/number.ts';
import type { Period } from '../../domain/authorization/schema.ts';

/** The periods after a report, and the text of the numbers as typed by period. */
export interface MergedPeriods {
  readonly periods: Period[];
  readonly numbers: ReadonlyMap<number, string>;
}

/**
 * Merges the rows of one patient's authorization into its periods. A row speaks of the period that begins on the same day, or,
 * without a first day, that was submitted on the same day. What the row does not say stays as it was.
 * @param asOf the day of the report in the clinic's zone, `YYYY-MM-DD`
 */
export function mergePeriods(known: readonly Period[], rows: readonly AuthorizationRow[], asOf: string): MergedPeriods {
  const periods = [...known];
  const numbers = new Map<number, string>();
  const ordered = [...rows].sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
  for (const row of ordered) {
    const index = periods.findIndex((period) => isSame(period, row));
    const before = periods[index];
    const sequence = before?.sequence ?? periods.reduce((most, period) => Math.max(most, period.sequence), 0) + 1;
    const after = before === undefined ? newPeriod(row, sequence, asOf) : mergePeriod(before, row, asOf);
    if (before === undefined) periods.push(after);
    else periods[index] = after;
    if (row.number !== null) numbers.set(sequence, row.number);
  }
  return { periods: periods.sort((a, b) => a.sequence - b.sequence), numbers };
}

function dayOf(row: AuthorizationRow): string {
  return row.from ?? row.submittedOn ?? row.decidedOn ?? '9999';
}

function isSame(period: Period, row: AuthorizationRow): boolean {
  if (row.from !== null || period.from !== null) return row.from === period.from;
  return row.submittedOn === period.submittedOn;
}

function newPeriod(row: AuthorizationRow, sequence: number, asOf: string): Period {
  return {
    sequence,
    kind: row.kind ?? (sequence === 1 ? 'initial' : 'renewal'),
    status: row.status,
    from: row.from,
    to: row.to,
    requested: row.requested,
    approved: row.approved,
    number: classifyNumber(row.number),
    weekLimit: row.weekLimit,
    maxGapDays: row.maxGapDays,
    submittedOn: row.submittedOn,
    decidedOn: row.decidedOn,
    ...(row.visitsUsed === null ? {} : { reportedUsed: { visits: row.visitsUsed, asOf } }),
  };
}

function mergePeriod(before: Period, row: AuthorizationRow, asOf: string): Period {
  const waiting = row.status === 'requested' || row.status === 'pended';
  const decided = before.status !== 'requested' && before.status !== 'pended';
  // The PT system learns of a decision when somebody enters it; until then it says less than is known.
  const behind = decided && waiting;
  const used = row.visitsUsed === null ? {} : { reportedUsed: { visits: row.visitsUsed, asOf } };
  if (behind) return { ...before, ...used };
  const number = classifyNumber(row.number);
  return {
    ...before,
    status: row.status,
    to: row.to ?? before.to,
    requested: {
      visits: row.requested.visits ?? before.requested.visits,
      units: row.requested.units ?? before.requested.units,
    },
    approved: {
      visits: row.approved.visits ?? before.approved.visits,
      units: row.approved.units ?? before.approved.units,
    },
    number: number === 'present' || before.number !== 'present' ? number : before.number,
    weekLimit: row.weekLimit ?? before.weekLimit,
    maxGapDays: row.maxGapDays ?? before.maxGapDays,
    submittedOn: row.submittedOn ?? before.submittedOn,
    decidedOn: row.decidedOn ?? before.decidedOn,
    ...used,
  };
}
