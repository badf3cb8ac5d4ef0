// A measure's scores as points of a picture: pure geometry, so that the console and a document draw the same.
import { dayNumber } from '../calendar.ts';
import { changeBetween, knownScores } from './change.ts';
import type { DatedScore } from './change.ts';
import type { Measure } from './schema.ts';

export interface TrendPoint {
  readonly date: string;
  readonly score: number;
  readonly x: number;
  /** From the top: a higher score lies higher. */
  readonly y: number;
}

export interface Trend {
  readonly points: readonly TrendPoint[];
  /** Runs of points to be joined: a day whose score is unknown breaks the line. */
  readonly lines: readonly (readonly TrendPoint[])[];
  /** Scores at the lower and the upper edge of the picture. */
  readonly bottom: number;
  readonly top: number;
  /** Height of the score at which a change since the first is worth having; null: unknown, or outside the measure. */
  readonly importantY: number | null;
}

/**
 * Lays scores over a picture of `width` by `height`, any unit.
 * @param population as in `interpret`
 */
export function trendOf(
  measure: Measure,
  scores: readonly DatedScore[],
  {
    width,
    height,
    population,
  }: { readonly width: number; readonly height: number; readonly population: string | null },
): Trend {
  const known = knownScores(scores);
  const { bottom, top } = edges(measure, known);
  const days = scores.map(({ date }) => dayNumber(date));
  const [start, end] = [Math.min(...days), Math.max(...days)];
  const y = (score: number): number => (top === bottom ? height / 2 : height * (1 - (score - bottom) / (top - bottom)));
  const x = (date: string): number => (end === start ? width / 2 : (width * (dayNumber(date) - start)) / (end - start));
  const points = known.map(({ date, score }) => ({ date, score, x: x(date), y: y(score) }));
  return { points, lines: linesOf(points, scores), bottom, top, importantY: importantLine() };

  function importantLine(): number | null {
    const [first] = known;
    if (first === undefined) return null;
    const value = changeBetween(measure, first, first, population).important?.value ?? null;
    if (value === null) return null;
    const aim = measure.better === 'higher' ? first.score + value : first.score - value;
    return aim < bottom || aim > top ? null : y(aim);
  }
}

/** A questionnaire is shown on its whole scale; a time or a distance on the part that was used, from zero. */
function edges(measure: Measure, known: readonly { readonly score: number }[]): { bottom: number; top: number } {
  const { least, most } = measure.range;
  if (measure.unit === 'points' || measure.unit === 'percent') return { bottom: least, top: most };
  const highest = Math.max(0, ...known.map(({ score }) => score));
  return { bottom: least, top: highest === 0 ? most : highest * 1.1 };
}

function linesOf(points: readonly TrendPoint[], scores: readonly DatedScore[]): TrendPoint[][] {
  const known = new Set(points.map(({ date }) => date));
  const breaks = scores.filter(({ date }) => !known.has(date)).map(({ date }) => date);
  const lines: TrendPoint[][] = [];
  let last: TrendPoint | null = null;
  for (const point of points) {
    const before = last;
    const line = lines.at(-1);
    if (before === null || line === undefined || breaks.some((day) => day > before.date && day < point.date))
      lines.push([point]);
    else line.push(point);
    last = point;
  }
  return lines;
}
