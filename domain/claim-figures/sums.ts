// Days and cents over many claims: what is known, and how many do not tell it.
const millisecondsOfDay = 86_400_000;

/** Days of 24 hours to one decimal; null: of none it is known. */
export interface DaysSpent {
  readonly count: number;
  readonly medianDays: number | null;
  readonly days90thPercentile: number | null;
  /** To so many it happened and nobody knows when. */
  readonly unknownFor: number;
}

/** Cents that are known together, null where none is; so many of what they are of do not tell theirs. */
export interface CentSum {
  readonly known: number | null;
  readonly unknownFor: number;
}

/** @param amounts null: it does not tell it */
export function centSum(amounts: readonly (number | null)[]): CentSum {
  const known = amounts.filter((cents) => cents !== null);
  return {
    known: known.length === 0 ? null : known.reduce((sum, cents) => sum + cents, 0),
    unknownFor: amounts.length - known.length,
  };
}

/** @param spent days; null: it happened, and nobody knows how long it took */
export function daysSpent(spent: readonly (number | null)[]): DaysSpent {
  const known = spent.filter((days) => days !== null).sort((a, b) => a - b);
  return {
    count: known.length,
    medianDays: quantile(known, 0.5),
    days90thPercentile: quantile(known, 0.9),
    unknownFor: spent.length - known.length,
  };
}

/** Days of 24 hours from one instant to another; null where one of them is not known. */
export function daysFrom(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / millisecondsOfDay;
}

/** Between the two nearest, as PostgreSQL's percentile_cont has it; to one decimal. */
export function quantile(sorted: readonly number[], part: number): number | null {
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) return null;
  return Number((low + (high - low) * (at - Math.floor(at))).toFixed(1));
}

/** The share of a count to three decimals; null: there is nothing it is a share of. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Number((part / whole).toFixed(3));
}
