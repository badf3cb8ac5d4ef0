// Draws episodes of made-up sessions out of the conditions: the same seed gives the same patients, visit after visit.
import { dateOf, dayNumber } from '../../calendar.ts';
import { blankIntervention, blankSession } from '../../session/blank.ts';
import type { Intervention, Session } from '../../session/schema.ts';
import { assistanceLevels, bandColors, skills, strengthGrades } from '../../session/words.ts';
import type { AssistanceLevel, BodyPart, Side } from '../../session/words.ts';
import type { Goal, NoteSource } from '../source-schema.ts';
import { conditions } from './conditions.ts';
import type { Condition, DrawnIntervention } from './conditions.ts';

/** Mulberry32: chance with a seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Chance = () => number;

const pick = <Item>(random: Chance, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
};
const between = (random: Chance, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));

interface Episode {
  readonly condition: Condition;
  readonly side: Side | null;
  readonly random: Chance;
  readonly visits: number;
}

/** One document's source for each visit; `visits` of them for each episode, `episodes` for each condition. */
export function drawSources(seed: number, episodes: number, visits: number): NoteSource[] {
  const random = chance(seed);
  return conditions.flatMap((condition) =>
    Array.from({ length: episodes }, () => {
      const side = condition.isSided ? pick(random, ['left', 'right'] as const) : null;
      return sourcesOf({ condition, side, random, visits });
    }).flat(),
  );
}

function sourcesOf(episode: Episode): NoteSource[] {
  const { condition, random, visits } = episode;
  const start = dayNumber('2026-01-05') + between(random, 0, 120);
  const assistant = random() < 0.3;
  const scale = Array.from({ length: visits }, (_, at) => (at + random() * 0.8) / visits);
  const sessions = scale.map((progress, at) => sessionOf(episode, at, progress, dateOf(start + at * 3), assistant));
  const [first] = sessions;
  const goals = goalsOf(condition, first, dateOf(start + 42));
  return sessions.map((session, at) => ({
    session,
    earlier: sessions.slice(0, at),
    author: { ref: 'usr_therapist', credential: 'PT' },
    episode: {
      diagnoses: [condition.diagnosis],
      onset: random() < 0.8 ? dateOf(start - between(random, 10, 90)) : null,
      history: condition.history,
      priorFunction: random() < 0.7 ? 'Independent in all activities' : null,
      limitations: [...condition.limitations],
      precautions: random() < 0.4 ? ['no lifting over ten pounds'] : [],
      startOfCare: dateOf(start),
      treatmentDays: at + 1,
      goals,
      plan: {
        from: dateOf(start),
        to: dateOf(start + 56),
        visitsPerWeek: between(random, 1, 3),
        weeks: 8,
        interventions: condition.interventions.slice(0, 3).map(({ name }) => name),
      },
      rehabPotential: pick(random, ['excellent', 'good', 'fair', null]),
      dischargeReason: at === visits - 1 ? 'Goals of the plan were reached' : null,
      dischargePlan: at === visits - 1 ? 'Home program three days a week' : null,
      askOfPhysician: random() < 0.5 ? 'Please review the plan of care' : null,
    },
  }));
}

function goalsOf(condition: Condition, first: Session | undefined, due: string): Goal[] {
  const score = first?.measures[0]?.score ?? null;
  const [, top] = condition.scores;
  return [
    { id: 'g1', term: 'long', words: condition.goal, of: null, baseline: null, target: null, unit: null, due },
    {
      id: 'g2',
      term: 'short',
      words: 'Better daily function',
      of: { measure: condition.measure },
      baseline: score,
      target: top,
      unit: null,
      due,
    },
  ];
}

function sessionOf(episode: Episode, at: number, progress: number, date: string, assistant: boolean): Session {
  const { condition, side, random, visits } = episode;
  const kind = at === 0 ? 'evaluation' : at === visits - 1 ? 'discharge' : 'treatment';
  const isMeasured = kind !== 'treatment' || random() < 0.6;
  const done = interventionsOf(episode, assistant && kind === 'treatment');
  const timed = done.filter(({ code }) => code !== '97010' && code !== '97012');
  const sum = (all: readonly Intervention[]): number => all.reduce((total, { minutes }) => total + (minutes ?? 0), 0);
  const before = Math.max(0, Math.round(8 - progress * 6 + random() * 2 - 1));
  const painful: BodyPart = condition.id === 'parkinson' ? 'lumbar spine' : condition.part;
  const place = { part: painful, side: condition.isSided ? side : null };
  return {
    ...blankSession({ ref: `ses_${condition.id.replace(/\W/g, '')}${at}`, patient: 'pat_made', date, kind }),
    visitNumber: at + 1,
    clinicians:
      assistant && kind === 'treatment'
        ? [{ ref: 'usr_assistant', credential: 'PTA' }]
        : [{ ref: 'usr_therapist', credential: 'PT' }],
    supervision: assistant && kind === 'treatment' ? { kind: 'general', by: 'usr_therapist' } : null,
    totalMinutes: sum(done) + between(random, 0, 6),
    timedMinutes: sum(timed),
    subjective: { words: random() < 0.8 ? pick(random, condition.words) : null, reports: reportsOf(episode) },
    homeProgram: random() < 0.6 ? { done: pick(random, ['all', 'most', 'some', 'none']), words: null } : null,
    pain: [
      { when: 'before', score: before, ...place },
      ...(random() < 0.85
        ? [{ when: 'after' as const, score: Math.max(0, before - between(random, 0, 3)), ...place }]
        : []),
    ],
    ...(isMeasured ? measured(episode, progress) : {}),
    interventions: done,
    education: random() < 0.4 ? [pick(random, condition.education)] : [],
    goals: [
      { goal: 'g1', state: pick(random, ['progressing', 'progressing', 'unchanged', 'met']), words: null },
      ...(random() < 0.5
        ? [{ goal: 'g2', state: pick(random, ['progressing', 'unchanged', 'declined'] as const), words: null }]
        : []),
    ],
    assessment: random() < 0.85 ? pick(random, condition.assessments) : null,
    plan: random() < 0.85 ? pick(random, condition.plans) : null,
    notAsked: random() < 0.15 ? ['gait'] : [],
  };
}

function reportsOf({ condition, random, side }: Episode): Session['subjective']['reports'] {
  return condition.symptoms
    .filter(() => random() < 0.6)
    .map((symptom, at) => ({
      symptom,
      present: random() < 0.35,
      part:
        at === 0 && condition.isSided && /numbness|swelling|stiffness|weakness|tingling/.test(symptom)
          ? condition.part
          : null,
      side:
        at === 0 && condition.isSided && /numbness|swelling|stiffness|weakness|tingling/.test(symptom) ? side : null,
    }));
}

function measured({ condition, random, side }: Episode, progress: number): Partial<Session> {
  const [low, high] = condition.scores;
  const isDown = ['quickdash', 'odi', 'ndi', 'tug', 'nprs'].includes(condition.measure);
  const score = Math.round(isDown ? high - (high - low) * progress : low + (high - low) * progress);
  const other = side === 'left' ? 'right' : 'left';
  const isBothSides = condition.isSided && random() < 0.5;
  return {
    rangeOfMotion: condition.motions.flatMap(({ motion, from, to }) => {
      const degrees = Math.round(from + (to - from) * progress);
      const mode = pick(random, ['active', 'passive'] as const);
      const own = { part: condition.part, motion, mode, degrees };
      if (!condition.isSided) {
        const isTurned = motion === 'rotation' || motion === 'side bending';
        return isTurned
          ? [
              { ...own, side: 'left' as const },
              { ...own, side: 'right' as const, degrees: degrees + between(random, 1, 5) },
            ]
          : [{ ...own, side: null }];
      }
      return [{ ...own, side }, ...(isBothSides ? [{ ...own, side: other as Side, degrees: to }] : [])];
    }),
    strength: condition.strength.map(({ part, motion, muscle }) => ({
      part,
      motion: motion ?? null,
      muscle: muscle ?? null,
      side: /spine|trunk/.test(part) ? null : (side ?? pick(random, ['left', 'right'] as const)),
      grade: pick(random, strengthGrades.slice(5)),
    })),
    specialTests: condition.tests.map((name) => ({ name, side, positive: random() < 0.5 - progress * 0.4 })),
    gait: condition.walks
      ? {
          distance: between(random, 4, 60) * 10,
          unit: 'ft',
          device: pick(random, ['none', 'single point cane', 'front wheeled walker']),
          assistance: pick(random, assistanceLevels.slice(0, 7)),
          deviations: random() < 0.5 ? ['antalgic pattern'] : [],
        }
      : null,
    balance: condition.balance.map((test) => ({
      test,
      side: test === 'single leg stance' ? side : null,
      seconds: between(random, 2, 30),
      assistance: pick<AssistanceLevel | null>(random, [null, 'standby', 'contact guard']),
    })),
    function: condition.activities.map((activity) => ({
      activity,
      assistance: pick(random, assistanceLevels),
      words: null,
    })),
    measures: [{ measure: condition.measure, score }],
  };
}

function interventionsOf({ condition, random, side }: Episode, byAssistant: boolean): Intervention[] {
  return condition.interventions
    .filter(() => random() < 0.7)
    .map((drawn) => ({
      ...blankIntervention(drawn.name),
      code: drawn.code,
      minutes: between(random, 5, 16),
      by: byAssistant ? 'usr_assistant' : 'usr_therapist',
      side: condition.isSided ? side : null,
      ...doseOf(drawn, random),
      response: pick(random, ['well', 'well', 'fatigue', 'less pain', 'discomfort', 'more pain']),
    }));
}

function doseOf({ kind, load }: DrawnIntervention, random: Chance): Partial<Intervention> {
  const needed = random() < 0.6 ? [pick(random, skills)] : [];
  if (kind === 'modality') return {};
  if (kind === 'manual') return { skills: ['response monitored'] };
  if (kind === 'gait') return { assistance: pick(random, assistanceLevels.slice(2, 7)), skills: needed };
  return {
    sets: between(random, 1, 4),
    repetitions: pick(random, [5, 8, 10, 12, 15]),
    holdSeconds: random() < 0.2 ? pick(random, [3, 5, 10, 30]) : null,
    load:
      load === undefined
        ? null
        : load === 'band'
          ? { value: null, unit: 'band', band: pick(random, bandColors) }
          : { value: between(random, 1, 12), unit: load, band: null },
    skills: needed,
    progression: pick(random, ['progressed', 'same', null]),
  };
}
