// Why it was done: skilled need and medical necessity, each argued from recorded facts alone, and the clinician's own words.
import { listed, maybeAt, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { measureWords } from '../measure-words.ts';
import type { Goal } from '../source-schema.ts';
import { dateAt, marked, missing, placeAt, quoted, wordAt } from './context.ts';
import type { Part, PartContext } from './context.ts';

export const skilledNeed: Part = (context) => {
  const { source, phrases } = context;
  const said = source.session.interventions.flatMap(({ name, skills, carriedForward }, at) => {
    if (skills.length === 0 || carriedForward === true) return [];
    const pointer = `/session/interventions/${at}`;
    return [
      phrases.say('skilledNeed', {
        name: valueAt(`${pointer}/name`, name),
        skills: listed(skills.map((skill, index) => valueAt(`${pointer}/skills/${index}`, skill))),
      }),
    ];
  });
  return said.length > 0 ? said : [missing(context, 'interventions', 'what needed the skills of a therapist')];
};

export const necessity: Part = (context) => {
  const { source, phrases } = context;
  const limits = source.episode.limitations.map((words, at) =>
    valueAt(`/episode/limitations/${at}`, words, `“${words}”`),
  );
  const open = openGoals(context);
  const goals = open.map(({ goal, at }) => valueAt(`/episode/goals/${at}/words`, goal.words, `“${goal.words}”`));
  if (limits.length === 0) return [missing(context, 'assessment', 'functional limitations the treatment answers')];
  if (goals.length === 0) return [phrases.say('necessity.limits', { limits: listed(limits) })];
  return [phrases.say('necessity', { limits: listed(limits), goals: listed(goals) })];
};

/** The goals that nobody has called met. */
function openGoals({ source }: PartContext): { readonly goal: Goal; readonly at: number }[] {
  const met = new Set(source.session.goals.filter(({ state }) => state === 'met').map(({ goal }) => goal));
  return source.episode.goals.map((goal, at) => ({ goal, at })).filter(({ goal }) => !met.has(goal.id));
}

export const assessmentWords: Part = (context) => {
  const words = quoted('/session/assessment', context.source.session.assessment);
  return [
    words === undefined
      ? missing(context, 'assessment', 'clinician’s assessment')
      : context.phrases.say('assessment.words', { words }),
  ];
};

export const planWords: Part = (context) => {
  const words = quoted('/session/plan', context.source.session.plan);
  return [
    words === undefined
      ? missing(context, 'plan', 'plan for the next visit')
      : context.phrases.say('plan.words', { words }),
  ];
};

export const goalStates: Part = (context) => {
  const { source, phrases } = context;
  const { goals: touched } = source.session;
  if (touched.length === 0) return [missing(context, 'goals', 'goals worked on')];
  return touched.map((entry, at) => {
    const index = source.episode.goals.findIndex(({ id }) => id === entry.goal);
    const goal = source.episode.goals[index];
    const pointer = `/session/goals/${at}`;
    const said = phrases.say('goalState', {
      goal: goal === undefined ? undefined : quoted(`/episode/goals/${index}/words`, goal.words),
      state: wordAt(phrases, 'goalState', `${pointer}/state`, entry.state),
      words: quoted(`${pointer}/words`, entry.words),
    });
    return marked(context, entry, said);
  });
};

export const goals: Part = (context) => {
  const { source, phrases } = context;
  if (source.episode.goals.length === 0) return [missing(context, 'goals', 'goals of the plan of care')];
  return source.episode.goals.map((goal, at) => {
    const pointer = `/episode/goals/${at}`;
    const amount = (field: 'baseline' | 'target'): Fragment | undefined =>
      maybeAt(`${pointer}/${field}`, goal[field], goal[field] === null ? null : `${goal[field]}${unitWords(goal)}`);
    return phrases.say('goal', {
      term: maybeAt(`${pointer}/term`, goal.term, goal.term === null ? null : `${goal.term}-term`),
      words: quoted(`${pointer}/words`, goal.words),
      of: ofGoal(goal, pointer),
      baseline: amount('baseline'),
      target: amount('target'),
      due: dateAt(`${pointer}/due`, goal.due),
    });
  });
};

function unitWords({ unit }: Goal): string {
  switch (unit) {
    case 'degrees':
      return '°';
    case 'of 10':
      return '/10';
    case 'of 5':
      return '/5';
    case null:
      return '';
    default:
      return ` ${unit}`;
  }
}

function ofGoal({ of }: Goal, pointer: string): Fragment | undefined {
  if (of === null) return undefined;
  if ('measure' in of) return valueAt(`${pointer}/of/measure`, of.measure, measureWords[of.measure].name);
  const place = placeAt(`${pointer}/of`, of);
  return listed([...(place === undefined ? [] : [place]), valueAt(`${pointer}/of/motion`, of.motion)], ' ');
}

export const letterOpening: Part = ({ phrases, source }) => [
  phrases.say('letter.opening', { date: dateAt('/session/date', source.session.date) }),
];

export const letterClosing: Part = (context) => {
  const ask = quoted('/episode/askOfPhysician', context.source.episode.askOfPhysician);
  return [
    ...(ask === undefined
      ? [missing(context, 'plan', 'what the physician is asked or told')]
      : [context.phrases.say('letter.ask', { ask })]),
    context.phrases.say('letter.closing'),
  ];
};

export const rehabPotential: Part = (context) => {
  const potential = maybeAt('/episode/rehabPotential', context.source.episode.rehabPotential);
  return potential === undefined
    ? [missing(context, 'assessment', 'potential for rehabilitation')]
    : [context.phrases.say('rehabPotential', { potential })];
};
