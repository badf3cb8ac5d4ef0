// A plain model of a clinic's own history: trained on the older visits, tried on the newer ones, shown against the base rate. It
// orders whom staff look at first, and nothing else.
import { spokenDate, dayNumber } from '../calendar.ts';
import type { AttendanceRule } from './book-schema.ts';
import { fitLogistic, logistic } from './logistic.ts';
import type { Coefficients } from './logistic.ts';

/** One thing that happened or did not, with what was known the day before; null is unknown, which is not zero. */
export interface Sample<Feature extends string> {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly features: Readonly<Record<Feature, number | null>>;
  readonly happened: boolean;
}

/** A share of the tried visits by what was foretold, from the least likely to the most. */
export interface ReliabilityBin {
  readonly count: number;
  readonly foretold: number;
  readonly happened: number;
}

/** How well it foretold visits that it had not seen. A Brier score is the mean squared error: smaller is better. */
export interface Trial {
  readonly count: number;
  readonly events: number;
  readonly from: string;
  readonly to: string;
  readonly brier: number;
  /** Of foretelling the base rate of the older visits for everybody. */
  readonly baseBrier: number;
  readonly bins: readonly ReliabilityBin[];
}

interface Column<Feature extends string> {
  readonly feature: Feature;
  readonly mean: number;
  readonly deviation: number;
  /** Whether the history knew of samples without it; then not knowing has a coefficient of its own. */
  readonly sometimesUnknown: boolean;
}

/** `baseRate`: everybody has the clinic's share, because the history is too little or the model no better; `why` says which. */
export type AttendanceModel<Feature extends string> = {
  readonly rule: string;
  readonly visits: number;
  readonly events: number;
  /** null: there is no visit to count. */
  readonly baseRate: number | null;
  readonly trial: Trial | null;
  readonly words: string;
} & (
  | { readonly type: 'baseRate'; readonly why: 'tooLittle' | 'noBetter' }
  | { readonly type: 'model'; readonly columns: readonly Column<Feature>[]; readonly coefficients: Coefficients }
);

/** Trains on all samples once the trial on the newest has shown that it is worth it. */
export function train<Feature extends string>(
  samples: readonly Sample<Feature>[],
  features: readonly Feature[],
  rule: AttendanceRule,
): AttendanceModel<Feature> {
  const sorted = [...samples].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  const visits = sorted.length;
  const events = sorted.filter(({ happened }) => happened).length;
  const known = { rule: rule.id, visits, events, baseRate: visits === 0 ? null : events / visits };
  const { leastVisits, leastEvents, testShare, ridge } = rule.model;
  // Between two days, so that the visits of one day are all tried or all not.
  const since = sorted[Math.floor(visits * (1 - testShare))]?.date ?? '';
  const older = sorted.filter(({ date }) => date < since);
  if (visits < leastVisits || events < leastEvents || older.length === 0) {
    const words = `Base rates only: the history has ${visits} visits with ${events} events, a model needs ${leastVisits} with ${leastEvents}`;
    return { ...known, type: 'baseRate', why: 'tooLittle', trial: null, words };
  }
  const trial = tryOut(older, sorted.slice(older.length), features, rule);
  const share = (100 * (1 - trial.brier / trial.baseBrier)).toFixed(1);
  const of = `on ${trial.count} newer visits it had not seen (since ${spokenDate(dayNumber(trial.from), dayNumber(trial.to))})`;
  if (trial.brier >= trial.baseBrier) {
    const words = `Base rates only: the model is no better than they are ${of}`;
    return { ...known, type: 'baseRate', why: 'noBetter', trial, words };
  }
  const columns = columnsOf(sorted, features);
  const coefficients = fit(sorted, columns, ridge);
  const words = `A model of ${visits} visits of this clinic, ${share} % better than base rates ${of}`;
  return { ...known, type: 'model', columns, coefficients, trial, words };
}

/** One reason for a risk: what it adds to the log-odds of the clinic's mean visit. */
export interface Contribution<Feature extends string> {
  readonly feature: Feature;
  readonly logOdds: number;
  readonly unknown: boolean;
}

export interface Risk<Feature extends string> {
  /** From 0 to 1; null where the clinic has no history at all. */
  readonly risk: number | null;
  readonly from: 'model' | 'baseRate';
  /** Largest first; none where it is the base rate. */
  readonly contributions: readonly Contribution<Feature>[];
}

/** How likely it is for one visit, with what speaks for and against. */
export function foretell<Feature extends string>(
  model: AttendanceModel<Feature>,
  features: Readonly<Record<Feature, number | null>>,
): Risk<Feature> {
  if (model.type === 'baseRate') return { risk: model.baseRate, from: 'baseRate', contributions: [] };
  let odds = model.coefficients[0] ?? 0;
  const row = rowOf(features, model.columns);
  const contributions = model.columns.map(({ feature }, index) => {
    const at = 2 * index;
    const logOdds =
      (row[at] ?? 0) * (model.coefficients[at + 1] ?? 0) + (row[at + 1] ?? 0) * (model.coefficients[at + 2] ?? 0);
    odds += logOdds;
    return { feature, logOdds, unknown: features[feature] === null };
  });
  contributions.sort((one, other) => Math.abs(other.logOdds) - Math.abs(one.logOdds));
  return { risk: logistic(odds), from: 'model', contributions };
}

function columnsOf<Feature extends string>(
  samples: readonly Sample<Feature>[],
  features: readonly Feature[],
): Column<Feature>[] {
  return features.map((feature) => {
    const values = samples.flatMap(({ features: its }) => its[feature] ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
    return { feature, mean, deviation: Math.sqrt(variance) || 1, sometimesUnknown: values.length < samples.length };
  });
}

/** Two numbers for each feature: how far it lies from the mean, and whether it is unknown; what is unknown lies at the mean. */
function rowOf<Feature extends string>(
  features: Readonly<Record<Feature, number | null>>,
  columns: readonly Column<Feature>[],
): number[] {
  return columns.flatMap(({ feature, mean, deviation, sometimesUnknown }) => {
    const value = features[feature];
    return value === null ? [0, sometimesUnknown ? 1 : 0] : [(value - mean) / deviation, 0];
  });
}

function fit<Feature extends string>(
  samples: readonly Sample<Feature>[],
  columns: readonly Column<Feature>[],
  ridge: number,
): Coefficients {
  const rows = samples.map(({ features }) => rowOf(features, columns));
  return fitLogistic(
    rows,
    samples.map(({ happened }) => (happened ? 1 : 0)),
    ridge,
  );
}

function tryOut<Feature extends string>(
  older: readonly Sample<Feature>[],
  newer: readonly Sample<Feature>[],
  features: readonly Feature[],
  { model: { ridge, bins } }: AttendanceRule,
): Trial {
  const columns = columnsOf(older, features);
  const coefficients = fit(older, columns, ridge);
  const base = older.filter(({ happened }) => happened).length / Math.max(1, older.length);
  const tried = newer.map(({ features: its, happened }) => {
    const row = rowOf(its, columns);
    const odds = row.reduce((sum, value, index) => sum + value * (coefficients[index + 1] ?? 0), coefficients[0] ?? 0);
    return { foretold: logistic(odds), happened: happened ? 1 : 0 };
  });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    count: tried.length,
    events: tried.filter(({ happened }) => happened === 1).length,
    from: newer[0]?.date ?? '',
    to: newer.at(-1)?.date ?? '',
    brier: mean(tried.map(({ foretold, happened }) => (foretold - happened) ** 2)),
    baseBrier: mean(tried.map(({ happened }) => (base - happened) ** 2)),
    bins: reliability(tried, bins),
  };
}

/** As many visits in every bin, as far as the count divides. */
function reliability(tried: readonly { foretold: number; happened: number }[], bins: number): ReliabilityBin[] {
  const sorted = [...tried].sort((one, other) => one.foretold - other.foretold);
  return Array.from({ length: bins }, (_, bin) => {
    const its = sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins));
    const mean = (of: 'foretold' | 'happened'): number =>
      its.reduce((sum, one) => sum + one[of], 0) / Math.max(1, its.length);
    return { count: its.length, foretold: mean('foretold'), happened: mean('happened') };
  });
}
