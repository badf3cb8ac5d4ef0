// Brings what an export says of an authorization's periods together with what Gait already knows: a pure function.
import type { AuthorizationRow } from '../../connectors/webpt/rows.ts';
import { classifyNumber, realNumber } from '../../domain/authorization/number.ts';
import type { Period } from '../../domain/authorization/schema.ts';

export interface Merged {
  readonly periods: readonly Period[];
  /** Real numbers by the period's sequence; they go to the vault. */
  readonly numbers: Readonly<Record<string, string>>;
}

/** What a period is known by: decided ones are never taken back by a report that has not heard of the decision yet. */
const decided: readonly Period['status'][] = ['approved', 'partlyApproved', 'denied', 'cancelled'];

/**
 * A row is the period of the same number, else of the same first day, else the one still undecided period without days.
 * A row that is none of them is a further period. Periods that only Gait knows stay as they are.
 * @param asOf day of the report, `YYYY-MM-DD`: the visits it counts as used are those until the end of that day
 */
export function mergePeriods(
  before: { readonly periods: readonly Period[]; readonly numbers: Readonly<Record<string, string>> },
  rows: readonly AuthorizationRow[],
  asOf: string,
): Merged {
  const periods = [...before.periods];
  const numbers: Record<string, string> = { ...before.numbers };
  const ordered = [...rows].sort((a, b) => (a.from ?? '9999').localeCompare(b.from ?? '9999'));
  for (const row of ordered) {
    const index = indexOf(periods, numbers, row);
    const known = index === -1 ? undefined : periods[index];
    const sequence = known?.sequence ?? periods.reduce((last, period) => Math.max(last, period.sequence), 0) + 1;
    const period = known === undefined ? firstSeen(row, sequence, asOf) : seenAgain(known, row, asOf);
    if (index === -1) periods.push(period);
    else periods[index] = period;
    const number = realNumber(row.number);
    if (number !== null) numbers[String(sequence)] = number;
  }
  return { periods, numbers };
}

function indexOf(periods: readonly Period[], numbers: Readonly<Record<string, string>>, row: AuthorizationRow): number {
  const number = realNumber(row.number);
  if (number !== null) {
    const byNumber = periods.findIndex((period) => numbers[String(period.sequence)] === number);
    if (byNumber !== -1) return byNumber;
  }
  if (row.from !== null) {
    const byDay = periods.findIndex((period) => period.from === row.from);
    if (byDay !== -1) return byDay;
  }
  return periods.findIndex(
    (period) => period.from === null && !decided.includes(period.status) && !decided.includes(row.status),
  );
}

function firstSeen(row: AuthorizationRow, sequence: number, asOf: string): Period {
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
    ...reported(row, asOf),
  };
}

function seenAgain(known: Period, row: AuthorizationRow, asOf: string): Period {
  const rowDecides = decided.includes(row.status);
  const keep = decided.includes(known.status) && !rowDecides;
  const number = classifyNumber(row.number);
  return {
    ...known,
    kind: row.kind ?? known.kind,
    status: keep ? known.status : row.status,
    from: row.from ?? known.from,
    to: row.to ?? known.to,
    requested: {
      visits: row.requested.visits ?? known.requested.visits,
      units: row.requested.units ?? known.requested.units,
    },
    approved: keep
      ? known.approved
      : { visits: row.approved.visits ?? known.approved.visits, units: row.approved.units ?? known.approved.units },
    number: number === 'present' || known.number !== 'present' ? number : known.number,
    weekLimit: row.weekLimit ?? known.weekLimit,
    maxGapDays: row.maxGapDays ?? known.maxGapDays,
    submittedOn: row.submittedOn ?? known.submittedOn,
    decidedOn: row.decidedOn ?? known.decidedOn,
    ...reported(row, asOf),
  };
}

function reported(row: AuthorizationRow, asOf: string): Pick<Period, 'reportedUsed'> {
  return row.visitsUsed === null ? {} : { reportedUsed: { visits: row.visitsUsed, asOf } };
}
