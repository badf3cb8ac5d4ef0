// Payments that differ from what the payer allowed for the same service before: candidates for a person to look at, no verdict. Pure.
import { addDays } from '../calendar.ts';
import type { UnusualRow } from './rules-schema.ts';
import { quantile } from './sums.ts';

/** What one payer allowed for one service line. */
export interface AllowedLine {
  readonly claim: string;
  readonly line: number;
  readonly payer: string;
  readonly code: string;
  readonly modifiers: readonly string[];
  readonly units: number;
  /** Paid and left to the patient. */
  readonly allowedCents: number;
  /** The day of the decision. */
  readonly on: string;
}

export interface UnusualPayment extends AllowedLine {
  /** The median of what was allowed before. */
  readonly usualCents: number;
  /** Below zero: less than usual. */
  readonly differenceCents: number;
  readonly earlierPayments: number;
}

/**
 * The unusual ones of the lines within the span, the largest underpayment in front. Only lines of the same units are compared: of a day's
 * therapy payers reduce every unit after the first.
 * @param rowOf the thresholds of a payer on a day; null: nobody set any
 */
export function unusualPayments(
  lines: readonly AllowedLine[],
  rowOf: (payer: string, on: string) => UnusualRow | null,
  span: { readonly from: string | null; readonly to: string | null },
): UnusualPayment[] {
  const isWithin = ({ on }: AllowedLine): boolean =>
    (span.from === null || on >= span.from) && (span.to === null || on <= span.to);
  const found = [...Map.groupBy(lines, serviceOf).values()].flatMap((alike) =>
    alike.filter(isWithin).flatMap((one): UnusualPayment[] => {
      const row = rowOf(one.payer, one.on);
      if (row === null) return [];
      const since = addDays(one.on, -row.lookBackDays);
      const earlier = alike.filter(({ on }) => on < one.on && on >= since).map(({ allowedCents }) => allowedCents);
      const usual = quantile(
        earlier.toSorted((a, b) => a - b),
        0.5,
      );
      if (usual === null || usual <= 0 || earlier.length < row.earlierPayments) return [];
      const usualCents = Math.round(usual);
      const differenceCents = one.allowedCents - usualCents;
      if (Math.abs(differenceCents) * 100 <= usualCents * row.byMorePercent) return [];
      return [{ ...one, usualCents, differenceCents, earlierPayments: earlier.length }];
    }),
  );
  return found.sort((one, other) => one.differenceCents - other.differenceCents || (one.on < other.on ? -1 : 1));
}

/** Modifiers in any order mean the same. */
function serviceOf({ payer, code, modifiers, units }: AllowedLine): string {
  return [payer, code, [...modifiers].sort().join(','), units].join('|');
}
