// A sentence as it was read: its atoms, the words that bear on all of them, what was traced and what is doubted.
import type { Atom } from './atoms.ts';
import type { Context } from './context.ts';
import type { Fact } from './facts.ts';
import type { FindingClass } from './finding.ts';

/** A statement without support, or with the wrong one. */
export interface Doubt {
  readonly class: FindingClass;
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly fix: string;
  readonly pointers: readonly string[];
}

/** A value of the sentence that was traced, for the comparison of trends and sections. */
export interface Traced {
  readonly atom: Atom;
  readonly facts: readonly Fact[];
  readonly context: Context;
}

/** What a sentence is as a whole: the words in it that bear on every claim. */
export interface Sense {
  readonly text: string;
  readonly atoms: readonly Atom[];
  readonly trend: Atom | null;
  readonly isPast: boolean;
  readonly isAboutGoal: boolean;
  readonly isAboutHome: boolean;
  readonly isCarried: boolean;
  /** Earlier sessions whose dates it names. */
  readonly earlierDates: readonly number[];
  readonly doubts: Doubt[];
  readonly traced: Traced[];
}

/** One clause with what stands in it and what holds from the one before. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly first: Context;
  /** Whether it names nothing twice, so that one context holds in all of it. */
  readonly isPlain: boolean;
  readonly inherited: Context;
}

/** A date without a year is the day of any year. */
export function isSameDay(known: number, told: number): boolean {
  return told < 10_000 ? known % 10_000 === told : known === told;
}
