// The record as a list of facts, each with what it is about and its values: what a text is held against.
import type { NoteSource } from '../note/source-schema.ts';
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

const nothing = {
  side: null,
  part: null,
  motion: null,
  mode: null,
  muscle: null,
  when: null,
  measure: null,
  name: null,
  words: {},
  skills: [],
  code: null,
  carried: false,
  hasDose: false,
  isEmpty: false,
} as const;

class Collector {
  readonly all: Fact[] = [];
  readonly byUnit = new Map<Unit, Valued[]>();

  add(fact: Fact, values: readonly (readonly [Unit, number | null])[]): void {
    this.all.push(fact);
    for (const [unit, value] of values) if (value !== null) this.value(fact, unit, value);
  }

  value(fact: Fact, unit: Unit, value: number): void {
    const list = this.byUnit.get(unit);
    if (list === undefined) this.byUnit.set(unit, [{ fact, value }]);
    else list.push({ fact, value });
  }
}

/** The facts of one session; `root` is its place in the source, `at` its index among the earlier ones or `now`. */
export function sessionFacts(session: Session, root: string, at: number): Facts {
  const out = new Collector();
  const base = { ...nothing, at };
  addReports(out, session, root, at);
  addFindings(out, session, root, at);
  addInterventions(out, session, root, at);
  session.goals.forEach(({ state, carriedForward }, index) =>
    out.add(
      { ...base, kind: 'goal', pointer: `${root}/goals/${index}`, words: { state }, carried: carriedForward === true },
      [],
    ),
  );
  out.add({ ...base, kind: 'session', pointer: root }, [
    ['total', session.totalMinutes],
    ['timed', session.timedMinutes],
    ['visit', session.visitNumber],
  ]);
  return out;
}

function addReports(out: Collector, session: Session, root: string, at: number): void {
  const base = { ...nothing, at };
  session.subjective.reports.forEach(({ symptom, present, part, side, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'report',
        pointer: `${root}/subjective/reports/${index}`,
        part,
        side,
        words: { symptom, polarity: present ? 'present' : 'denied' },
        carried: carriedForward === true,
      },
      [],
    ),
  );
  session.pain.forEach(({ when, score, part, side, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'pain',
        pointer: `${root}/pain/${index}`,
        when,
        part,
        side,
        carried: carriedForward === true,
        isEmpty: score === null,
      },
      [['of10', score]],
    ),
  );
  if (session.homeProgram !== null)
    out.add(
      {
        ...base,
        kind: 'homeProgram',
        pointer: `${root}/homeProgram`,
        words: { done: session.homeProgram.done },
        carried: session.homeProgram.carriedForward === true,
        isEmpty: session.homeProgram.done === null,
      },
      [],
    );
}

function addFindings(out: Collector, session: Session, root: string, at: number): void {
  const base = { ...nothing, at };
  session.rangeOfMotion.forEach(({ part, motion, side, mode, degrees, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'motion',
        pointer: `${root}/rangeOfMotion/${index}`,
        part,
        motion,
        side,
        mode,
        carried: carriedForward === true,
        isEmpty: degrees === null,
      },
      [['deg', degrees]],
    ),
  );
  session.strength.forEach(({ part, motion, muscle, side, grade, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'strength',
        pointer: `${root}/strength/${index}`,
        part,
        motion,
        muscle,
        side,
        carried: carriedForward === true,
        isEmpty: grade === null,
      },
      [['grade', grade === null ? null : gradeValue(grade)]],
    ),
  );
  session.specialTests.forEach(({ name, side, positive, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'test',
        pointer: `${root}/specialTests/${index}`,
        name,
        side,
        words: { result: positive === null ? null : positive ? 'positive' : 'negative' },
        carried: carriedForward === true,
        isEmpty: positive === null,
      },
      [],
    ),
  );
  if (session.gait !== null) {
    const { distance, unit, device, assistance, carriedForward } = session.gait;
    out.add(
      {
        ...base,
        kind: 'gait',
        pointer: `${root}/gait`,
        words: { device, assistance },
        carried: carriedForward === true,
        isEmpty: distance === null && assistance === null && device === null,
      },
      unit === null ? [] : [[unit, distance]],
    );
  }
  session.balance.forEach(({ test, side, seconds, assistance, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'balance',
        pointer: `${root}/balance/${index}`,
        name: test,
        side,
        words: { assistance },
        carried: carriedForward === true,
        isEmpty: seconds === null,
      },
      [['sec', seconds]],
    ),
  );
  session.function.forEach(({ activity, assistance, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'activity',
        pointer: `${root}/function/${index}`,
        name: activity,
        words: { assistance },
        carried: carriedForward === true,
        isEmpty: assistance === null,
      },
      [],
    ),
  );
  session.measures.forEach(({ measure, score, carriedForward }, index) =>
    out.add(
      {
        ...base,
        kind: 'measure',
        pointer: `${root}/measures/${index}`,
        measure,
        carried: carriedForward === true,
        isEmpty: score === null,
      },
      measureUnits[measure].map((unit) => [unit, score] as const),
    ),
  );
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
    const fact: Fact = {
      ...nothing,
      at,
      kind: 'intervention',
      pointer: `${root}/interventions/${index}`,
      name: entry.name,
      side: entry.side,
      part: entry.part,
      code: entry.code,
      skills: entry.skills,
      words: {
        assistance: entry.assistance,
        band: load?.band ?? null,
        response: entry.response,
        progression: entry.progression,
      },
      carried: entry.carriedForward === true,
      hasDose: entry.sets !== null || entry.repetitions !== null || entry.minutes !== null,
    };
    out.add(fact, [
      ['sets', entry.sets],
      ['reps', entry.repetitions],
      ['hold', entry.holdSeconds],
      ['min', entry.minutes],
    ]);
    if (load !== null && load.value !== null && (load.unit === 'lb' || load.unit === 'kg' || load.unit === 'level'))
      out.value(fact, load.unit, load.value);
  });
}

/** What the episode knows: plan, goals and counts. */
export function episodeFacts({ episode }: NoteSource): Facts {
  const out = new Collector();
  const base = { ...nothing, at: ofEpisode };
  const { plan } = episode;
  out.add({ ...base, kind: 'episode', pointer: '/episode' }, [['days', episode.treatmentDays]]);
  if (plan !== null)
    out.add({ ...base, kind: 'episode', pointer: '/episode/plan' }, [
      ['perWeek', plan.visitsPerWeek],
      ['weeks', plan.weeks],
    ]);
  episode.goals.forEach(({ baseline, target, unit, of }, index) => {
    const about = of === null ? {} : 'measure' in of ? { measure: of.measure } : of;
    const fact = (when: 'baseline' | 'target'): Fact => ({
      ...base,
      kind: 'goal',
      pointer: `/episode/goals/${index}/${when}`,
      when,
      ...about,
    });
    const units = goalUnits(unit, of !== null && 'measure' in of ? of.measure : null);
    for (const [when, value] of [
      ['baseline', baseline],
      ['target', target],
    ] as const)
      out.add(
        fact(when),
        units.map((each) => [each, value === null ? null : scaled(each, value)] as const),
      );
  });
  return out;
}

function scaled(unit: Unit, value: number): number {
  return unit === 'grade' ? value * 10 : value;
}

function goalUnits(
  unit: NoteSource['episode']['goals'][number]['unit'],
  measure: Session['measures'][number]['measure'] | null,
): readonly Unit[] {
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
