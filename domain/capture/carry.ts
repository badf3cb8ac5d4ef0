// The last session as a start: what was done is taken over and marked, what happened on the day is not.
import type { Intervention, Session } from '../session/schema.ts';

/** The lists whose entries may be carried forward. */
export const carriedSections = ['interventions', 'rangeOfMotion', 'strength', 'balance', 'function', 'goals'] as const;
export type CarriedSection = (typeof carriedSections)[number];

/** What an entry may say of itself. */
export interface Marked {
  readonly carriedForward?: boolean;
  readonly unsure?: readonly { readonly field: string; readonly why: string }[];
}

/**
 * A session that starts from the last one. Exercises with their dose, findings and goals are taken over, each entry marked.
 * Minutes, responses, skills, pain, scores and words belong to the day and start empty: minutes are what is billed, and a
 * response that was not seen again is none.
 * @param blank today's record, whose own fields stay
 * @param last the last session of the same patient
 */
export function carriedFrom(last: Session, blank: Session): Session {
  return {
    ...blank,
    interventions: last.interventions.map((one) => carried(dose(one))),
    rangeOfMotion: last.rangeOfMotion.map(carried),
    strength: last.strength.map(carried),
    balance: last.balance.map(carried),
    function: last.function.map((one) => carried({ ...one, words: null })),
    gait: last.gait === null ? null : carried(last.gait),
    goals: last.goals.map((one) => carried({ ...one, state: null, words: null })),
  };
}

function dose(one: Intervention): Intervention {
  return { ...one, minutes: null, by: null, skills: [], response: null, responseWords: null, progression: null };
}

function carried<Entry extends Marked>(entry: Entry): Entry & { carriedForward: true } {
  const { unsure: _unsure, ...rest } = entry;
  return { ...(rest as Entry), carriedForward: true };
}

/** An entry as a person changed it: what they touched is no longer carried forward, nor unsure in the fields they set. */
export function touched<Entry extends Marked>(entry: Entry, changes: Partial<Entry>): Entry {
  const { carriedForward: _mark, unsure, ...rest } = entry;
  const open = (unsure ?? []).filter(({ field }) => !Object.hasOwn(changes, field));
  const marks = open.length === 0 ? {} : { unsure: open };
  return { ...(rest as Entry), ...changes, ...marks };
}

/** An entry that a person confirmed as it stands. */
export function confirmed<Entry extends Marked>(entry: Entry): Entry {
  const { carriedForward: _mark, unsure: _unsure, ...rest } = entry;
  return rest as Entry;
}

/** How many entries are still as the last session left them. */
export function stillCarried(session: Session): number {
  const lists = carriedSections.map((section) => session[section].filter(isCarried).length);
  return lists.reduce((sum, count) => sum + count, 0) + (session.gait !== null && isCarried(session.gait) ? 1 : 0);
}

/** The session without the entries nobody confirmed. */
export function withoutCarried(session: Session): Session {
  const left = <Entry extends Marked>(entries: readonly Entry[]): Entry[] => entries.filter((one) => !isCarried(one));
  return {
    ...session,
    interventions: left(session.interventions),
    rangeOfMotion: left(session.rangeOfMotion),
    strength: left(session.strength),
    balance: left(session.balance),
    function: left(session.function),
    goals: left(session.goals),
    gait: session.gait !== null && isCarried(session.gait) ? null : session.gait,
  };
}

function isCarried({ carriedForward }: Marked): boolean {
  return carriedForward === true;
}
