// The course of one signed note to the system that keeps the charts: asked for, in doubt, by hand, filed. Nothing disappears on it.

/**
 * `waiting`: to be handed to the clinic's flow. `uncertain`: perhaps it arrived. `byHand`: a person enters it. `filed`, `shadow` (would
 * have been sent) and `notNeeded` (a person said so) are its ends.
 */
export const filingStates = ['waiting', 'uncertain', 'byHand', 'filed', 'shadow', 'notNeeded'] as const;
export type FilingState = (typeof filingStates)[number];

/** Instants are ISO UTC. `reason` is a rule or a code; null where nothing stands in the way. */
export interface Filing {
  readonly state: FilingState;
  readonly signedAt: string;
  readonly notBefore: string | null;
  readonly reason: string | null;
}

export type FilingMove =
  | { readonly kind: 'file' }
  | { readonly kind: 'wait'; readonly until: string }
  | { readonly kind: 'over' };

/** What became of one asking: seen by the server itself, or said by the flow where the server saw nothing leave. */
export type FilingWord =
  | { readonly kind: 'filed' }
  | { readonly kind: 'shadow' }
  | { readonly kind: 'uncertain'; readonly inquireAt: string | null }
  /** Time or somebody's setting lifts it: asked again. */
  | { readonly kind: 'again'; readonly reason: string | null }
  /** The same again yields the same: a person enters it. */
  | { readonly kind: 'refused'; readonly reason: string };

const over: readonly FilingState[] = ['filed', 'shadow', 'notNeeded'];
/** Whoever waits for a person is woken by their decision; this is for a wake-up that was lost. */
const lookAgainHours = 24;
const againMinutes = 15;
const doubtSeconds = 60;
/** A chart without its note by the next day is looked for by hand. */
export const patienceHours = 24;

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** What to do about it at `now`. */
export function nextFilingMove({ state, notBefore }: Filing, now: string): FilingMove {
  if (over.includes(state)) return { kind: 'over' };
  if (state === 'byHand') return { kind: 'wait', until: later(now, lookAgainHours * 3_600_000) };
  return notBefore === null || notBefore <= now ? { kind: 'file' } : { kind: 'wait', until: notBefore };
}

/** How it stands after a word. What is over, and what a person has taken up, no later word of a flow changes. */
export function settleFiling(filing: Filing, word: FilingWord, now: string): Filing {
  if (over.includes(filing.state)) return filing;
  if (word.kind === 'filed') return { ...filing, state: 'filed', notBefore: null, reason: null };
  if (filing.state === 'byHand') return filing;
  switch (word.kind) {
    case 'shadow':
      return { ...filing, state: 'shadow', notBefore: null, reason: null };
    case 'uncertain': {
      const soon = later(now, doubtSeconds * 1000);
      const notBefore = word.inquireAt !== null && word.inquireAt > soon ? word.inquireAt : soon;
      return { ...filing, state: 'uncertain', notBefore, reason: null };
    }
    case 'again': {
      const isTooLate = Date.parse(now) >= Date.parse(filing.signedAt) + patienceHours * 3_600_000;
      if (isTooLate) return { ...filing, state: 'byHand', notBefore: null, reason: word.reason };
      return { ...filing, state: 'waiting', notBefore: later(now, againMinutes * 60_000), reason: word.reason };
    }
    case 'refused':
      return { ...filing, state: 'byHand', notBefore: null, reason: word.reason };
  }
}
