// What each therapist's visits brought in: billed, allowed and paid. Pure.
import type { LineFacts } from './facts.ts';
import { centSum } from './sums.ts';
import type { CentSum } from './sums.ts';

export interface TherapistFigures {
  /** NPI; null: the claims name nobody. */
  readonly therapist: string | null;
  readonly lines: number;
  /** Days of patients; null where no line has a day. */
  readonly visits: number | null;
  readonly billed: CentSum;
  /** By the first payers, of what they have decided. */
  readonly allowed: CentSum;
  /** By all payers. */
  readonly paid: CentSum;
  /** Paid for the visits of which every line is decided; null: there is none. */
  readonly paidPerVisitCents: number | null;
}

/** The most paid in front, whoever nobody names behind. */
export function therapistFigures(lines: readonly LineFacts[]): TherapistFigures[] {
  return [...Map.groupBy(lines, ({ therapist }) => therapist)]
    .map(([therapist, own]): TherapistFigures => {
      const visits = Map.groupBy(
        own.filter(({ visit }) => visit !== null),
        ({ visit }) => visit,
      );
      return {
        therapist,
        lines: own.length,
        visits: visits.size === 0 ? null : visits.size,
        billed: centSum(own.map(({ billedCents }) => billedCents)),
        allowed: centSum(own.map(({ allowedCents }) => allowedCents)),
        paid: centSum(own.map(({ paidCents }) => paidCents)),
        paidPerVisitCents: perVisit([...visits.values()]),
      };
    })
    .sort((one, other) => orderOf(other) - orderOf(one));
}

function perVisit(visits: readonly (readonly LineFacts[])[]): number | null {
  const sums = visits.map((lines) => centSum(lines.map(({ paidCents }) => paidCents)));
  const whole = sums.flatMap(({ known, unknownFor }) => (known === null || unknownFor > 0 ? [] : [known]));
  return whole.length === 0 ? null : Math.round(whole.reduce((sum, cents) => sum + cents, 0) / whole.length);
}

function orderOf({ therapist, paid }: TherapistFigures): number {
  return therapist === null ? Number.NEGATIVE_INFINITY : (paid.known ?? -1);
}
