// Units that the lines of a day bill of a code.
import type { CaseLine } from '../case.ts';

/** Whether a line's units belong to several days, so that they cannot be held against the minutes of one. */
function spansDays({ line: { from, to } }: CaseLine): boolean {
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
