// What the checks of single claims share: the claim with everything it is read in, and how a doubt about it is put.
import type { Atom } from './atoms.ts';
import type { Context } from './context.ts';
import type { Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import type { FindingClass } from './finding.ts';
import type { Clause, Sense } from './sense.ts';

/** What a clause has settled while it is read. */
export interface State {
  /** The denial that began in the clause. */
  negation: Atom | null;
  /** Whether a claim has settled what the side and the joint that are named are worth. */
  isPlaceVouched: boolean;
}

/** A claim made by a word. */
export interface WordClaim {
  readonly evidence: Evidence;
  readonly sense: Sense;
  readonly clause: Clause;
  readonly state: State;
  readonly at: number;
  readonly atom: Atom;
  readonly context: Context;
}

export const fixWords = 'Correct it to what was recorded, or record what was found.';

export function doubt(
  { sense, atom }: WordClaim,
  of: FindingClass,
  message: string,
  facts: readonly Fact[] = [],
): void {
  sense.doubts.push({
    class: of,
    from: atom.from,
    to: atom.to,
    message,
    fix: fixWords,
    pointers: facts.map(({ pointer }) => pointer),
  });
}

/** The words of the claim as they stand in the text. */
export function said({ sense, atom }: WordClaim): string {
  return `“${sense.text.slice(atom.from, atom.to)}”`;
}
