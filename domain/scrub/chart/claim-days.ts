// The days of service of a claim, each with the lines of the day.
import type { CaseLine, ScrubCase } from '../case.ts';

export interface ClaimDay {
  readonly day: string;
  readonly lines: readonly CaseLine[];
}

/** In order; a line of several days stands on its first. Lines that tell no day are on none. */
export function claimDays({ lines }: Pick<ScrubCase, 'lines'>): ClaimDay[] {
  const byDay = new Map<string, CaseLine[]>();
  for (const line of lines) {
    if (line.on === null) continue;
    const same = byDay.get(line.on);
    if (same === undefined) byDay.set(line.on, [line]);
    else same.push(line);
  }
  return [...byDay].map(([day, those]) => ({ day, lines: those })).sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** Whether a line's units belong to several days, so that they cannot be held against the minutes of one. */
export function spansDays({ line: { from, to } }: CaseLine): boolean {
  return to !== null && to !== from;
}

/** The sum of a code's units on a day; null where a line counts no units (UN), tells none, or spans several days. */
export function unitsBilled(lines: readonly CaseLine[], code: string): number | null {
  let sum = 0;
  for (const one of lines) {
    if (one.code !== code) continue;
    if (one.line.unit !== 'UN' || one.line.units === null || spansDays(one)) return null;
    sum += one.line.units;
  }
  return sum;
}
