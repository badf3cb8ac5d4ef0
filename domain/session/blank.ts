// A session in which nothing is recorded yet, and an intervention of which only the name is known.
import type { Intervention, Session } from './schema.ts';

/** The empty record that capture and dictation fill. */
export function blankSession(is: Pick<Session, 'ref' | 'patient' | 'date' | 'kind'>): Session {
  return {
    ...is,
    visitNumber: null,
    clinicians: [],
    supervision: null,
    totalMinutes: null,
    timedMinutes: null,
    subjective: { words: null, reports: [] },
    homeProgram: null,
    pain: [],
    rangeOfMotion: [],
    strength: [],
    specialTests: [],
    gait: null,
    balance: [],
    function: [],
    measures: [],
    interventions: [],
    education: [],
    goals: [],
    assessment: null,
    plan: null,
    notAsked: [],
  };
}

/** An intervention with this name; whatever is not told of it is not recorded. */
export function blankIntervention(name: string): Intervention {
  return {
    name,
    code: null,
    minutes: null,
    by: null,
    sets: null,
    repetitions: null,
    holdSeconds: null,
    load: null,
    side: null,
    part: null,
    assistance: null,
    skills: [],
    response: null,
    responseWords: null,
    progression: null,
  };
}
