// A context: what a rule runs over (a claim, a line, a pair of lines, a visit …) and the facts it may speak of there.
import type { ScrubCase } from './case.ts';
import type { FactDefinitions, Facts, FactsOf } from './facts.ts';

/** One thing to look at: `line` and `on` say where a finding stands and on which day of service the rule must hold. */
export interface ContextItem<F extends Facts = Facts> {
  /** The service line counted from 0; null: the claim as a whole. */
  readonly line: number | null;
  /** The day of service; null: not known, and no rule with a first or last day is checked. */
  readonly on: string | null;
  readonly facts: F;
}

export interface ScrubContext {
  readonly name: string;
  /** One line for the writer of a rule: what each item is. */
  readonly about: string;
  readonly facts: FactDefinitions;
  /** Pure: the same case gives the same items. */
  readonly items: (scrubbed: ScrubCase) => readonly ContextItem[];
}

/** A context whose items have exactly the facts it defines; those of the claim (`shared-facts.ts`) come on top. */
export function defineContext<const Definitions extends FactDefinitions>(context: {
  readonly name: string;
  readonly about: string;
  readonly facts: Definitions;
  readonly items: (scrubbed: ScrubCase) => readonly ContextItem<FactsOf<Definitions>>[];
}): ScrubContext {
  return context;
}
