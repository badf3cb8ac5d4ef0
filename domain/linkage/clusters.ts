// Records of one person, put together: whoever is joined agrees with all the others, so that no chain makes one of two people.
import type { Explained } from './words.ts';

/** A pair of records that is not of two people. `one` sorts before `other`. */
export interface LinkedPair {
  readonly one: string;
  readonly other: string;
  readonly explained: Explained;
}

export interface Clustered {
  /** Records of one person, each list sorted, two or more in each. */
  readonly clusters: readonly (readonly string[])[];
  /** Pairs that are the same by themselves but were not joined: another record of the one speaks against the other. */
  readonly chained: readonly LinkedPair[];
}

/**
 * Joins the pairs called the same, the weightiest first.
 * @param mayJoin whether two records that stand in no pair may be of one person: false where they were compared and are not
 * @param largest no cluster has more
 */
export function clusterPairs(
  pairs: readonly LinkedPair[],
  mayJoin: (one: string, other: string) => boolean,
  largest: number,
): Clustered {
  const clusters = new Map<string, readonly string[]>();
  const chained: LinkedPair[] = [];
  const ofOne = (ref: string): readonly string[] => clusters.get(ref) ?? [ref];
  for (const pair of inOrder(pairs.filter(({ explained }) => explained.verdict === 'same'))) {
    const [left, right] = [ofOne(pair.one), ofOne(pair.other)];
    if (left === right) continue;
    const fits = left.length + right.length <= largest && left.every((a) => right.every((b) => mayJoin(a, b)));
    if (!fits) {
      chained.push(pair);
      continue;
    }
    const joined = [...left, ...right].sort();
    for (const ref of joined) clusters.set(ref, joined);
  }
  return { clusters: [...new Set(clusters.values())].sort((a, b) => byText(a[0] ?? '', b[0] ?? '')), chained };
}

/** The weightiest first, then by reference: the same pairs give the same clusters whatever their order. */
export function inOrder(pairs: readonly LinkedPair[]): LinkedPair[] {
  return [...pairs].sort(
    (a, b) => b.explained.probability - a.explained.probability || byText(a.one, b.one) || byText(a.other, b.other),
  );
}

export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
