// What a change of a score means: more than error, worth having, or not known; since the first score and since the last.
import type { Measure, Threshold } from './schema.ts';

/** One score of one day; null: taken but unknown, which breaks the line and is never zero. */
export interface DatedScore {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly score: number | null;
}

/** A change held against a published one. */
export interface Held {
  readonly value: number;
  readonly reached: boolean;
  readonly population: string;
  readonly source: string;
}

export interface Change {
  readonly from: { readonly date: string; readonly score: number };
  readonly to: { readonly date: string; readonly score: number };
  /** Later less earlier, in the measure's unit. */
  readonly difference: number;
  readonly direction: 'better' | 'worse' | 'same';
  /** Against the error of measuring, in either direction; null: none is published for this population. */
  readonly detectable: Held | null;
  /** Against the change worth having, in either direction; null: none is published for this population. */
  readonly important: Held | null;
  /** In words, with numbers and without a source. */
  readonly words: string;
}

export interface Interpretation {
  /** Of the last known score; null: there is none, or only one. */
  readonly sinceFirst: Change | null;
  readonly sinceLast: Change | null;
  /** What the last known score means by itself. */
  readonly marks: readonly { readonly words: string; readonly source: string }[];
}

/**
 * Interprets the scores of one measure in one episode.
 * @param scores in any order; of one day the last given counts
 * @param population whom the thresholds are to be of; null: those found to hold for any
 */
export function interpret(measure: Measure, scores: readonly DatedScore[], population: string | null): Interpretation {
  const known = knownScores(scores);
  const [first, last, before] = [known[0], known.at(-1), known.at(-2)];
  if (first === undefined || last === undefined) return { sinceFirst: null, sinceLast: null, marks: [] };
  const marks = measure.marks.filter(({ at, side }) => (side === 'from' ? last.score >= at : last.score < at));
  const none = before === undefined;
  return {
    sinceFirst: none ? null : changeBetween(measure, first, last, population),
    sinceLast: none ? null : changeBetween(measure, before, last, population),
    marks: marks.map(({ words, source }) => ({ words, source })),
  };
}

/** The scores that are known, by day. */
export function knownScores(scores: readonly DatedScore[]): { readonly date: string; readonly score: number }[] {
  const byDay = new Map<string, number>();
  for (const { date, score } of scores) if (score !== null) byDay.set(date, score);
  return [...byDay]
    .map(([date, score]) => ({ date, score }))
    .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
}

/** The change from one known score to a later one. */
export function changeBetween(
  measure: Measure,
  from: Change['from'],
  to: Change['to'],
  population: string | null,
): Change {
  const difference = tidy(to.score - from.score);
  const gain = measure.better === 'higher' ? difference : -difference;
  const direction = gain > 0 ? 'better' : gain < 0 ? 'worse' : 'same';
  const held = (rows: readonly Threshold[]): Held | null => {
    const row = thresholdFor(rows, population, from.score);
    if (row === null) return null;
    const { value, population: foundIn, source } = row;
    return { value, reached: Math.abs(difference) >= value, population: foundIn, source };
  };
  const change = { from, to, difference, direction, detectable: held(measure.detectable) } as const;
  const important = held(measure.important);
  return { ...change, important, words: wordsOf(measure, { ...change, important }) };
}

/** The threshold of the population, else that of any; null: none is known for the earlier score. */
function thresholdFor(rows: readonly Threshold[], population: string | null, score: number): Threshold | null {
  const covering = rows.filter(
    ({ scoreFrom, scoreTo }) => (scoreFrom === null || score >= scoreFrom) && (scoreTo === null || score <= scoreTo),
  );
  const own = covering.find((row) => row.population === population);
  return own ?? covering.find((row) => row.population === 'any') ?? null;
}

function wordsOf({ name, unit, better }: Measure, change: Omit<Change, 'words'>): string {
  const { from, to, difference, direction, detectable, important } = change;
  const size = `${Math.abs(difference)} ${unit === 'percent' ? 'percentage points' : unit}`;
  const moved = direction === 'same' ? 'is unchanged' : `is ${size} ${direction} (${from.score} to ${to.score})`;
  const parts = [`${name} ${moved}; ${better} is better`];
  if (direction === 'same') return parts.join('. ');
  parts.push(heldWords('more than the error of measuring', detectable), heldWords('a change worth having', important));
  return parts.join('. ');
}

function heldWords(what: string, held: Held | null): string {
  if (held === null) return `Whether it is ${what} is unknown: nothing is published for it`;
  return `It is ${held.reached ? '' : 'not '}${what} (${held.value} or more)`;
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
