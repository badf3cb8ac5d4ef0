// Lays what a report says of an authorization onto what is known of it: periods keep their number, decisions are not undone.
import type { AuthorizationRow } from '../../connectors/pt-records/rows.ts';
import { classifyNumber, realNumber } from '../../domain/authorization/number.ts';
import type { Period } from '../../domain/authorization/schema.ts';

/** The periods after a report, and by period what is to be kept in the vault. */
export interface MergedPeriods {
  readonly periods: Period[];
  /** The numbers to keep, as typed: real ones, and others only where no real one is known. */
  readonly numbers: ReadonlyMap<number, string>;
  /** What the report says of a period; a row that knows less than Gait is left out. */
  readonly said: ReadonlyMap<number, AuthorizationRow>;
}

/**
 * Merges the rows of one patient's authorization into its periods. A row speaks of the period with its number; else of the
 * one that begins on the same day, was submitted on the same day or has a day in common, as staff correct dates and Gait's
 * own periods come back as the payer granted them. What the row does not say stays as it was.
 * @param numbers the numbers known by period
 * @param asOf the day of the report in the clinic's zone, `YYYY-MM-DD`
 */
export function mergePeriods(
  known: readonly Period[],
  rows: readonly AuthorizationRow[],
  asOf: string,
  numbers: ReadonlyMap<number, string> = new Map(),
): MergedPeriods {
  const ordered = [...rows].sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
  const spokenOf = match(known, ordered, numbers);
  const periods = [...known];
  const kept = new Map<number, string>();
  const said = new Map<number, AuthorizationRow>();
  for (const row of ordered) {
    const before = spokenOf.get(row);
    const sequence = before?.sequence ?? periods.reduce((most, period) => Math.max(most, period.sequence), 0) + 1;
    if (before === undefined) periods.push(newPeriod(row, sequence, asOf));
    else periods[periods.indexOf(before)] = mergePeriod(before, row, asOf);
    if (before !== undefined && isBehind(before, row)) continue;
    said.set(sequence, row);
    if (row.number !== null && (classifyNumber(row.number) === 'present' || before?.number !== 'present')) {
      kept.set(sequence, row.number);
    }
  }
  return { periods: periods.sort((a, b) => a.sequence - b.sequence), numbers: kept, said };
}

function dayOf(row: AuthorizationRow): string {
  return row.from ?? row.submittedOn ?? row.decidedOn ?? '9999';
}

/** Which period each row speaks of: the surest sign is looked for in every row before the next one, no period is taken twice. */
function match(
  known: readonly Period[],
  rows: readonly AuthorizationRow[],
  numbers: ReadonlyMap<number, string>,
): ReadonlyMap<AuthorizationRow, Period> {
  const open = new Set(known);
  const found = new Map<AuthorizationRow, Period>();
  const numberOf = (period: Period): string | null => plain(numbers.get(period.sequence));
  const agree = (period: Period, row: AuthorizationRow): boolean => {
    const [one, other] = [numberOf(period), plain(row.number)];
    // What was asked for after the decision is asked for anew.
    if (row.submittedOn !== null && period.decidedOn !== null && row.submittedOn > period.decidedOn) return false;
    return (one === null || other === null || one === other) && (row.kind === null || row.kind === period.kind);
  };
  const signs: readonly ((period: Period, row: AuthorizationRow) => boolean)[] = [
    (period, row) => plain(row.number) !== null && plain(row.number) === numberOf(period),
    (period, row) =>
      row.from !== null && row.from === period.from && (period.status !== 'superseded' || agree(period, row)),
    (period, row) => row.submittedOn !== null && row.submittedOn === period.submittedOn && agree(period, row),
    (period, row) => overlap(period, row) && agree(period, row),
  ];
  for (const isSame of signs) {
    for (const row of rows) {
      if (found.has(row)) continue;
      const period = [...open].find((one) => isSame(one, row));
      if (period === undefined) continue;
      found.set(row, period);
      open.delete(period);
    }
  }
  return found;
}

/** A number as it is compared: staff type blanks, dashes and small letters as they like. */
function plain(number: string | null | undefined): string | null {
  return (
    realNumber(number)
      ?.toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, '') ?? null
  );
}

function overlap(a: Pick<Period, 'from' | 'to'>, b: Pick<Period, 'from' | 'to'>): boolean {
  return (a.from ?? '') <= (b.to ?? '9999') && (b.from ?? '') <= (a.to ?? '9999');
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
    ...payerIn(row),
    ...usedIn(row, asOf),
  };
}

const payerIn = (row: AuthorizationRow): Pick<Period, 'payer'> => (row.payerId === null ? {} : { payer: row.payerId });

const usedIn = (row: AuthorizationRow, asOf: string): Pick<Period, 'reportedUsed'> =>
  row.visitsUsed === null ? {} : { reportedUsed: { visits: row.visitsUsed, asOf } };

/** The PT system learns of a decision when somebody enters it, and of a coverage that is over never: it then says less than is known. */
function isBehind(before: Period, row: AuthorizationRow): boolean {
  const decided = before.status !== 'requested' && before.status !== 'pended';
  return before.status === 'superseded' || (decided && (row.status === 'requested' || row.status === 'pended'));
}

function mergePeriod(before: Period, row: AuthorizationRow, asOf: string): Period {
  // The PT system does not know that the coverage behind an approval is over.
  if (before.status === 'superseded') return before;
  if (isBehind(before, row)) return { ...before, ...usedIn(row, asOf) };
  const number = classifyNumber(row.number);
  return {
    ...before,
    status: row.status,
    from: row.from ?? before.from,
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
    ...payerIn(row),
    ...usedIn(row, asOf),
  };
}
