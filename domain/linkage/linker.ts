// Finds which records are of one person: one against those known, or all of a clinic among each other.
import type { LinkageBook } from './book-schema.ts';
import { blockFieldsOf, blockingKeysOf, blockQueriesOf, candidatePairs } from './blocking.ts';
import type { BlockField } from './blocking.ts';
import { clusterPairs, inOrder } from './clusters.ts';
import type { Clustered, LinkedPair } from './clusters.ts';
import { compare } from './compare.ts';
import { estimate } from './estimate.ts';
import type { Estimated } from './estimate.ts';
import { nicknameTest } from './nicknames.ts';
import { prepare } from './person.ts';
import type { Person, Prepared } from './person.ts';
import { bitsOf, partsOf, weigh } from './weigh.ts';
import type { Weight } from './weigh.ts';
import { explain } from './words.ts';
import type { Explained } from './words.ts';

/** What `matchNew` says. `ref` is the record it is about: the best one where it is `perhaps`, null where it is `none`. */
export interface Match {
  readonly verdict: 'same' | 'perhaps' | 'none';
  readonly ref: string | null;
  readonly explained: Explained | null;
  /** More than one known record is as good: a person says which. */
  readonly ambiguous: boolean;
}

export interface Linked extends Clustered {
  /** Every pair that is called the same or perhaps, the weightiest first. */
  readonly pairs: readonly LinkedPair[];
  readonly compared: number;
  readonly keysLeftOut: number;
}

export interface Linker {
  /** The keys by which records that may be of one person are found; a pair without one in common is not compared. */
  blockingKeys(person: Person): readonly string[];
  /** The keys as fields of a blind index, for `vault.put(…, {lookup})`. */
  blockLookup(person: Person): Readonly<Record<string, string>>;
  /** What to ask that index for, one field at a time, to find the candidates. */
  blockQueries(person: Person): readonly BlockField[];
  /** Compares two records. Symmetric. */
  explainPair(one: Person, other: Person): Explained;
  /**
   * Whether a new record is of one of these people. Of two known records that both are the same as it and not as each other,
   * neither is taken: that would be a guess about a person. Of two records of one person, entered twice, the likelier one is.
   */
  matchNew(candidate: Person, known: readonly Person[]): Match;
  /** All pairs among these people, and those of one person put together. Whatever the order of people, the answer is the same. */
  link(people: readonly Person[]): Linked;
  /** The book as these people's own records would have it; the same book where there are too few pairs to learn from. */
  estimate(people: readonly Person[]): Estimated;
}

export function createLinker(book: LinkageBook): Linker {
  const isNickname = nicknameTest(book);
  const bits = bitsOf(book);
  const needs = { book, isNickname };
  const weighed = (one: Prepared, other: Prepared): Weight => weigh(compare(one, other, needs), book, bits);
  const explained = (one: Prepared, other: Prepared): Explained => {
    const agreement = compare(one, other, needs);
    return explain(weigh(agreement, book, bits), partsOf(agreement, book, bits));
  };
  return {
    blockingKeys: (person) => blockingKeysOf(prepare(person, book)),
    blockLookup: (person) =>
      Object.fromEntries(blockFieldsOf(prepare(person, book)).map(({ field, value }) => [field, value])),
    blockQueries: (person) => blockQueriesOf(prepare(person, book)),
    explainPair: (one, other) => explained(prepare(one, book), prepare(other, book)),
    matchNew(candidate, known) {
      const mine = prepare(candidate, book);
      const others = known.map((person) => prepare(person, book));
      const found = inOrder(others.map((one) => ({ one: one.ref, other: '', explained: explained(mine, one) })));
      const [best, ...rest] = found;
      if (best === undefined || best.explained.verdict === 'different')
        return { verdict: 'none', ref: null, explained: null, ambiguous: false };
      const byRef = new Map(others.map((one) => [one.ref, one]));
      const isOfBest = (ref: string): boolean => {
        const [one, other] = [byRef.get(best.one), byRef.get(ref)];
        return one !== undefined && other !== undefined && weighed(one, other).verdict === 'same';
      };
      const ambiguous = rest.some(({ one, explained: { verdict } }) => verdict === 'same' && !isOfBest(one));
      const isSame = best.explained.verdict === 'same' && !ambiguous;
      return { verdict: isSame ? 'same' : 'perhaps', ref: best.one, explained: best.explained, ambiguous };
    },
    link(people) {
      const all = people.map((person) => prepare(person, book)).sort((a, b) => (a.ref < b.ref ? -1 : 1));
      const byRef = new Map(all.map((person) => [person.ref, person]));
      const { pairs: candidates, keysLeftOut } = candidatePairs(all, book);
      const pairs: LinkedPair[] = [];
      for (const [place, otherPlace] of candidates) {
        const [one, other] = [all[place], all[otherPlace]];
        if (one === undefined || other === undefined || weighed(one, other).verdict === 'different') continue;
        pairs.push({ one: one.ref, other: other.ref, explained: explained(one, other) });
      }
      const mayJoin = (ref: string, otherRef: string): boolean => {
        const [one, other] = [byRef.get(ref), byRef.get(otherRef)];
        return one !== undefined && other !== undefined && weighed(one, other).verdict !== 'different';
      };
      const { clusters, chained } = clusterPairs(pairs, mayJoin, book.cluster.largest);
      return { pairs: inOrder(pairs), clusters, chained, compared: candidates.length, keysLeftOut };
    },
    estimate(people) {
      const all = people.map((person) => prepare(person, book)).sort((a, b) => (a.ref < b.ref ? -1 : 1));
      const agreements = candidatePairs(all, book).pairs.flatMap(([place, otherPlace]) => {
        const [one, other] = [all[place], all[otherPlace]];
        return one === undefined || other === undefined ? [] : [compare(one, other, needs)];
      });
      return estimate(agreements, book);
    },
  };
}
