// Which records are compared at all: those that have one of a few keys in common, so that many patients take seconds.
import type { LinkageBook } from './book-schema.ts';
import type { Prepared } from './person.ts';
import { soundOf } from './similarity.ts';

/** The passes; a record may have two keys in a pass, as a double name has. */
const passes = ['birthDate', 'name', 'phone', 'email', 'member'] as const;

type Pass = (typeof passes)[number];

/** So many keys of a pass are looked at; a record with more is found by the others. */
const keysPerPass = 2;

/** A key as a blind index holds it: `field` names the pass and the place in it. */
export interface BlockField {
  readonly field: string;
  readonly value: string;
}

function keysIn(person: Prepared): Readonly<Record<Pass, readonly string[]>> {
  const families = person.familyParts.length > 1 ? person.familyParts : [person.family];
  const initial = person.given.charAt(0);
  const names = families.filter((name) => name !== '').map((name) => `${soundOf(name)} ${initial}`);
  const one = (text: string): string[] => (text === '' ? [] : [text]);
  return {
    birthDate: one(dayOfBirth(person.birthDate)),
    name: initial === '' ? [] : names,
    phone: one(person.phone.slice(-7)),
    email: one(person.email),
    member: person.memberIds.map((id) => (id.length > 6 ? id.slice(0, -2) : id)),
  };
}

/** Year, and day and month in whichever order: where they changed places the records still meet. */
function dayOfBirth(birthDate: string): string {
  const [year = '', ...others] = birthDate.split('-');
  return [year, ...others.toSorted()].join('-');
}

/** All keys of a person, each naming its pass. */
export function blockingKeysOf(person: Prepared): string[] {
  const keys = keysIn(person);
  return passes.flatMap((pass) => [...new Set(keys[pass].slice(0, keysPerPass))].map((key) => `${pass}:${key}`));
}

/** The keys as the fields of a blind index: `blockName1`, `blockName2` … */
export function blockFieldsOf(person: Prepared): BlockField[] {
  const keys = keysIn(person);
  return passes.flatMap((pass) =>
    [...new Set(keys[pass].slice(0, keysPerPass))].map((value, place) => ({ field: fieldOf(pass, place), value })),
  );
}

/** What to ask a blind index for to find everybody with a key in common: every key in every place of its pass. */
export function blockQueriesOf(person: Prepared): BlockField[] {
  const keys = keysIn(person);
  return passes.flatMap((pass) =>
    [...new Set(keys[pass].slice(0, keysPerPass))].flatMap((value) =>
      (pass === 'name' || pass === 'member' ? [0, 1] : [0]).map((place) => ({ field: fieldOf(pass, place), value })),
    ),
  );
}

function fieldOf(pass: Pass, place: number): string {
  return `block${pass.charAt(0).toUpperCase()}${pass.slice(1)}${place + 1}`;
}

/**
 * Every pair with a key in common, once, as places in `people`; the order of the pairs does not depend on the order of people.
 * A key that too many share is left out and counted.
 */
export function candidatePairs(
  people: readonly Prepared[],
  { blocking }: Pick<LinkageBook, 'blocking'>,
): { readonly pairs: readonly (readonly [number, number])[]; readonly keysLeftOut: number } {
  const blocks = new Map<string, number[]>();
  for (const [place, person] of people.entries())
    for (const key of blockingKeysOf(person)) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [place]);
      else block.push(place);
    }
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  let keysLeftOut = 0;
  for (const block of blocks.values()) {
    if (block.length > blocking.largestBlock) {
      keysLeftOut += 1;
      continue;
    }
    for (let i = 0; i < block.length; i++)
      for (let j = i + 1; j < block.length; j++) {
        const one = block[i] ?? 0;
        const other = block[j] ?? 0;
        const pair = one * people.length + other;
        if (seen.has(pair)) continue;
        seen.add(pair);
        pairs.push([one, other]);
      }
  }
  return { pairs, keysLeftOut };
}
