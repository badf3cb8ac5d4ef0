// The record as a list of facts, each with what it is about and its values: what a text is held against.
import type { Goal, NoteSource } from '../note/source-schema.ts';
import type { Session } from '../session/schema.ts';
import { dayValue, gradeValue } from './numbers.ts';

export type FactKind =
  | 'report'
  | 'pain'
  | 'motion'
  | 'strength'
  | 'test'
  | 'gait'
  | 'balance'
  | 'activity'
  | 'measure'
  | 'intervention'
  | 'homeProgram'
  | 'goal'
  | 'session'
  | 'episode';

export type Unit =
  | 'deg'
  | 'of10'
  | 'grade'
  | 'sets'
  | 'reps'
  | 'hold'
  | 'lb'
  | 'kg'
  | 'level'
  | 'min'
  | 'total'
  | 'timed'
  | 'sec'
  | 'ft'
  | 'm'
  | 'points'
  | 'percent'
  | 'perWeek'
  | 'weeks'
  | 'days'
  | 'visit'
  | 'plain';

/** When a fact was recorded: -1 in this session, from 0 in an earlier one, -2 in the episode. */
export const now = -1;
export const ofEpisode = -2;

export interface Fact {
  readonly kind: FactKind;
  readonly pointer: string;
  readonly at: number;
  readonly side: string | null;
  readonly part: string | null;
  readonly motion: string | null;
  readonly mode: string | null;
  readonly muscle: string | null;
  readonly when: string | null;
  readonly measure: string | null;
  /** Its name in the record: of an intervention, test, activity. */
  readonly name: string | null;
  /** Closed words of it: assistance, device, band, response, progression, result, state, done, symptom. */
  readonly words: Readonly<Record<string, string | null>>;
  readonly skills: readonly string[];
  readonly code: string | null;
  readonly carried: boolean;
  /** Whether it has a dose, so that its name alone does not tell of it. */
  readonly hasDose: boolean;
  /** Whether nothing is recorded of it but that it exists. */
  readonly isEmpty: boolean;
}

export interface Valued {
  readonly fact: Fact;
  readonly value: number;
}

export interface Facts {
  readonly all: readonly Fact[];
  readonly byUnit: ReadonlyMap<Unit, readonly Valued[]>;
}

type Made = { -readonly [Field in keyof Fact]: Fact[Field] };

const noWords = {};
const noSkills: readonly string[] = [];

/** A fact of which nothing but its kind is known yet; always the same shape, for thousands are made. */
function blank(kind: FactKind, pointer: string, at: number, carried?: boolean): Made {
  return {
    kind,
    pointer,
    at,
    side: null,
    part: null,
    motion: null,
    mode: null,
    muscle: null,
    when: null,
    measure: null,
    name: null,
    words: noWords,
    skills: noSkills,
    code: null,
    carried: carried === true,
    hasDose: false,
    isEmpty: false,
  };
}

class Collector {
  readonly all: Fact[] = [];
  readonly byUnit = new Map<Unit, Valued[]>();

  /** A fact that is nothing without its value. */
  add(fact: Made, unit: Unit, value: number | null): void {
    fact.isEmpty = value === null;
    this.all.push(fact);
    this.value(fact, unit, value);
  }

  value(fact: Fact, unit: Unit, value: number | null): void {
    if (value === null) return;
    const list = this.byUnit.get(unit);
    if (list === undefined) this.byUnit.set(unit, [{ fact, value }]);
    else list.push({ fact, value });
  }
}

/** The facts of one session; `root` is its place in the source, `at` its index among the earlier ones or `now`. */
export function sessionFacts(session: Session, root: string, at: number): Facts {
  const out = new Collector();
  addReports(out, session, root, at);
  addMeasured(out, session, root, at);
  addPerformance(out, session, root, at);
  addInterventions(out, session, root, at);
  session.goals.forEach(({ state, carriedForward }, index) => {
    const fact = blank('goal', `${root}/goals/${index}`, at, carriedForward);
    fact.words = { state };
    out.all.push(fact);
  });
  const whole = blank('session', root, at);
  out.all.push(whole);
  out.value(whole, 'total', session.totalMinutes);
  out.value(whole, 'timed', session.timedMinutes);
  out.value(whole, 'visit', session.visitNumber);
  return out;
}

function addReports(out: Collector, session: Session, root: string, at: number): void {
  session.subjective.reports.forEach(({ symptom, present, part, side, carriedForward }, index) => {
    const fact = blank('report', `${root}/subjective/reports/${index}`, at, carriedForward);
    fact.part = part;
    fact.side = side;
    fact.words = { symptom, polarity: present ? 'present' : 'denied' };
    out.all.push(fact);
  });
  session.pain.forEach(({ when, score, part, side, carriedForward }, index) => {
    const fact = blank('pain', `${root}/pain/${index}`, at, carriedForward);
    fact.when = when;
    fact.part = part;
    fact.side = side;
    out.add(fact, 'of10', score);
  });
  if (session.homeProgram === null) return;
  const { done, carriedForward } = session.homeProgram;
  const fact = blank('homeProgram', `${root}/homeProgram`, at, carriedForward);
  fact.words = { done };
  fact.isEmpty = done === null;
  out.all.push(fact);
}

function addMeasured(out: Collector, session: Session, root: string, at: number): void {
  session.rangeOfMotion.forEach(({ part, motion, side, mode, degrees, carriedForward }, index) => {
    const fact = blank('motion', `${root}/rangeOfMotion/${index}`, at, carriedForward);
    fact.part = part;
    fact.motion = motion;
    fact.side = side;
    fact.mode = mode;
    out.add(fact, 'deg', degrees);
  });
  session.strength.forEach(({ part, motion, muscle, side, grade, carriedForward }, index) => {
    const fact = blank('strength', `${root}/strength/${index}`, at, carriedForward);
    fact.part = part;
    fact.motion = motion;
    fact.muscle = muscle;
    fact.side = side;
    out.add(fact, 'grade', grade === null ? null : gradeValue(grade));
  });
  session.specialTests.forEach(({ name, side, positive, carriedForward }, index) => {
    const fact = blank('test', `${root}/specialTests/${index}`, at, carriedForward);
    fact.name = name;
    fact.side = side;
    fact.words = { result: positive === null ? null : positive ? 'positive' : 'negative' };
    fact.isEmpty = positive === null;
    out.all.push(fact);
  });
  session.measures.forEach(({ measure, score, carriedForward }, index) => {
    const fact = blank('measure', `${root}/measures/${index}`, at, carriedForward);
    fact.measure = measure;
    fact.isEmpty = score === null;
    out.all.push(fact);
    for (const unit of measureUnits[measure]) out.value(fact, unit, score);
  });
}

function addPerformance(out: Collector, session: Session, root: string, at: number): void {
  if (session.gait !== null) {
    const { distance, unit, device, assistance, carriedForward } = session.gait;
    const fact = blank('gait', `${root}/gait`, at, carriedForward);
    fact.words = { device, assistance };
    fact.isEmpty = distance === null && assistance === null && device === null;
    out.all.push(fact);
    if (unit !== null) out.value(fact, unit, distance);
  }
  session.balance.forEach(({ test, side, seconds, assistance, carriedForward }, index) => {
    const fact = blank('balance', `${root}/balance/${index}`, at, carriedForward);
    fact.name = test;
    fact.side = side;
    fact.words = { assistance };
    out.add(fact, 'sec', seconds);
  });
  session.function.forEach(({ activity, assistance, carriedForward }, index) => {
    const fact = blank('activity', `${root}/function/${index}`, at, carriedForward);
    fact.name = activity;
    fact.words = { assistance };
    fact.isEmpty = assistance === null;
    out.all.push(fact);
  });
}

/** The units a score may be told in: the index scores are points out of a hundred, and so percent. */
const measureUnits: Readonly<Record<Session['measures'][number]['measure'], readonly Unit[]>> = {
  lefs: ['points'],
  odi: ['percent', 'points'],
  ndi: ['percent', 'points'],
  quickdash: ['points', 'percent'],
  psfs: ['points', 'of10'],
  tug: ['sec'],
  'six-minute-walk': ['m'],
  berg: ['points'],
  nprs: ['points', 'of10'],
};

function addInterventions(out: Collector, session: Session, root: string, at: number): void {
  session.interventions.forEach((entry, index) => {
    const { load } = entry;
    const fact = blank('intervention', `${root}/interventions/${index}`, at, entry.carriedForward);
    fact.name = entry.name;
    fact.side = entry.side;
    fact.part = entry.part;
    fact.code = entry.code;
    fact.skills = entry.skills;
    fact.hasDose = entry.sets !== null || entry.repetitions !== null || entry.minutes !== null;
    fact.words = {
      assistance: entry.assistance,
      band: load?.band ?? null,
      response: entry.response,
      progression: entry.progression,
    };
    out.all.push(fact);
    out.value(fact, 'sets', entry.sets);
    out.value(fact, 'reps', entry.repetitions);
    out.value(fact, 'hold', entry.holdSeconds);
    out.value(fact, 'min', entry.minutes);
    if (load !== null && (load.unit === 'lb' || load.unit === 'kg' || load.unit === 'level'))
      out.value(fact, load.unit, load.value);
  });
}

/** What the episode knows: plan, goals and counts. */
export function episodeFacts({ episode }: NoteSource): Facts {
  const out = new Collector();
  const whole = blank('episode', '/episode', ofEpisode);
  out.all.push(whole);
  out.value(whole, 'days', episode.treatmentDays);
  if (episode.plan !== null) {
    const plan = blank('episode', '/episode/plan', ofEpisode);
    out.all.push(plan);
    out.value(plan, 'perWeek', episode.plan.visitsPerWeek);
    out.value(plan, 'weeks', episode.plan.weeks);
  }
  episode.goals.forEach((goal, index) => {
    for (const when of ['baseline', 'target'] as const) addGoal(out, goal, when, `/episode/goals/${index}/${when}`);
  });
  return out;
}

function addGoal(out: Collector, goal: Goal, when: 'baseline' | 'target', pointer: string): void {
  const fact = blank('goal', pointer, ofEpisode);
  const { of, unit } = goal;
  fact.when = when;
  if (of !== null && 'measure' in of) fact.measure = of.measure;
  if (of !== null && 'motion' in of) {
    fact.part = of.part;
    fact.motion = of.motion;
    fact.side = of.side;
  }
  out.all.push(fact);
  const value = goal[when];
  for (const each of goalUnits(unit, of !== null && 'measure' in of ? of.measure : null))
    out.value(fact, each, value === null ? null : scaled(each, value));
}

function scaled(unit: Unit, value: number): number {
  return unit === 'grade' ? value * 10 : value;
}

function goalUnits(unit: Goal['unit'], measure: Session['measures'][number]['measure'] | null): readonly Unit[] {
  switch (unit) {
    case 'degrees':
      return ['deg'];
    case 'seconds':
      return ['sec'];
    case 'meters':
      return ['m'];
    case 'feet':
      return ['ft'];
    case 'of 10':
      return ['of10'];
    case 'of 5':
      return ['grade'];
    case 'points':
    case 'percent':
      return [unit];
    case null:
      return measure === null ? ['plain'] : measureUnits[measure];
  }
}

export interface KnownDate {
  readonly value: number;
  readonly role: 'session' | 'earlier' | 'onset' | 'start' | 'from' | 'to' | 'due';
  /** Index of the earlier session. */
  readonly at: number;
}

/** Every date of the record with what it stands for. */
export function knownDates({ session, earlier, episode }: NoteSource): KnownDate[] {
  const dates: KnownDate[] = [{ value: dayValue(session.date), role: 'session', at: now }];
  const add = (date: string | null | undefined, role: KnownDate['role'], at = ofEpisode): void => {
    if (date !== null && date !== undefined) dates.push({ value: dayValue(date), role, at });
  };
  earlier.forEach(({ date }, at) => add(date, 'earlier', at));
  add(episode.onset, 'onset');
  add(episode.startOfCare, 'start');
  add(episode.plan?.from, 'from');
  add(episode.plan?.to, 'to');
  for (const { due } of episode.goals) add(due, 'due');
  return dates;
}
