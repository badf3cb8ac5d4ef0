// Learns from a clinic's own pairs how often records of one person agree there (EM after Fellegi and Sunter, Winkler), within guard rails.
import type { FieldRow, LinkageBook } from './book-schema.ts';
import type { Agreement } from './compare.ts';
import { bitsOf, weigh } from './weigh.ts';

export interface Estimated {
  /** The book with the clinic's own m, or the one given where there were too few pairs. */
  readonly book: LinkageBook;
  readonly estimated: boolean;
  /** How many of the pairs are expected to be of one person. */
  readonly expectedPairs: number;
}

const mostRounds = 50;
/** So little the largest change of a probability is when it is taken for settled. */
const settled = 0.0005;

/**
 * Estimates m anew from pairs that blocking found. Only m moves: u and h cannot be learned from pairs that were chosen because they
 * agree, and a clinic's own m moves by no more than the factor of the book. The levels keep their order of weight: a value that would
 * make agreement count against a pair is not taken.
 */
export function estimate(pairs: readonly Agreement[], book: LinkageBook): Estimated {
  const { leastPairs, mostFactor } = book.estimate;
  let current = book;
  let expectedPairs = 0;
  for (let round = 0; round < mostRounds; round++) {
    const bits = bitsOf(current);
    const shares = pairs.map((pair) => weigh(pair, current, bits).probability);
    expectedPairs = shares.reduce((sum, share) => sum + share, 0);
    if (expectedPairs < leastPairs) return { book, estimated: false, expectedPairs };
    const fields = book.fields.map((row) => withOwnM(row, pairs, shares, { leastPairs, mostFactor }));
    const change = largestChange(current.fields, fields);
    current = { ...book, fields };
    if (change < settled) break;
  }
  return { book: current, estimated: true, expectedPairs };
}

function withOwnM(
  row: FieldRow,
  pairs: readonly Agreement[],
  shares: readonly number[],
  { leastPairs, mostFactor }: Pick<LinkageBook['estimate'], 'leastPairs' | 'mostFactor'>,
): FieldRow {
  const seen = new Map<string, number>();
  let told = 0;
  for (const [place, pair] of pairs.entries()) {
    const level = pair[row.field];
    const share = shares[place] ?? 0;
    if (level === undefined) continue;
    seen.set(level, (seen.get(level) ?? 0) + share);
    told += share;
  }
  // The book counts as much as the fewest pairs anything is learned from: a level nobody saw is not impossible.
  const raw = row.levels.map(({ level, m }) => {
    const own = ((seen.get(level) ?? 0) + leastPairs * m) / (told + leastPairs);
    return Math.min(m * mostFactor, Math.max(m / mostFactor, own));
  });
  const sum = raw.reduce((total, m) => total + m, 0);
  const levels = row.levels.map((level, place) => ({ ...level, m: (raw[place] ?? level.m) / sum }));
  return keepsItsSides(row.levels, levels) ? { ...row, levels } : row;
}

/** What spoke for one person still does, and what spoke against it still does. */
function keepsItsSides(before: FieldRow['levels'], after: FieldRow['levels']): boolean {
  return before.every(({ m, u }, place) => {
    const now = after[place];
    return now !== undefined && Math.sign(Math.log2(m / u)) === Math.sign(Math.log2(now.m / now.u));
  });
}

function largestChange(before: readonly FieldRow[], after: readonly FieldRow[]): number {
  let largest = 0;
  for (const [place, { levels }] of before.entries())
    for (const [level, { m }] of levels.entries())
      largest = Math.max(largest, Math.abs(m - (after[place]?.levels[level]?.m ?? m)));
  return largest;
}
