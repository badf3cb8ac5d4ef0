// The last session as a start for the next one: what was done and planned is taken over, marked, and what was found is not.
import { blankSession } from './blank.ts';
import type { Session } from './schema.ts';

/**
 * A new session that begins with the treatments of the last one, each marked as carried forward until somebody confirms it. Minutes,
 * responses, pain and measurements are of the day and are never taken over.
 */
export function carryForward(last: Session, is: Pick<Session, 'ref' | 'date' | 'kind'>): Session {
  return {
    ...blankSession({ ...is, patient: last.patient }),
    visitNumber: last.visitNumber === null ? null : last.visitNumber + 1,
    interventions: last.interventions.map((entry) => ({
      ...entry,
      by: null,
      minutes: null,
      skills: [],
      response: null,
      responseWords: null,
      progression: null,
      carriedForward: true,
    })),
    goals: last.goals.map(({ goal }) => ({ goal, state: null, words: null, carriedForward: true })),
  };
}
