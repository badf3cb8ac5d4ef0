// The episode behind the session: diagnoses, history, limitations, the plan of care, its course and its end.
import { listed, maybeAt, Pieces, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { dateAt, missing, quoted } from './context.ts';
import type { Part } from './context.ts';

export const diagnoses: Part = (context) => {
  const { source, phrases } = context;
  const said = source.episode.diagnoses.map(({ code, words }, at) =>
    phrases.say('diagnosis', {
      code: valueAt(`/episode/diagnoses/${at}/code`, code),
      words: maybeAt(`/episode/diagnoses/${at}/words`, words),
    }),
  );
  if (said.length === 0) return [missing(context, 'assessment', 'diagnosis')];
  return [phrases.say('diagnoses', { diagnoses: listed(said), onset: dateAt('/episode/onset', source.episode.onset) })];
};

export const history: Part = (context) => {
  const words = quoted('/episode/history', context.source.episode.history);
  return [words === undefined ? missing(context, 'subjective', 'history') : context.phrases.say('history', { words })];
};

export const priorFunction: Part = (context) => {
  const words = quoted('/episode/priorFunction', context.source.episode.priorFunction);
  return [
    words === undefined
      ? missing(context, 'function', 'level of function before')
      : context.phrases.say('priorFunction', { words }),
  ];
};

/** "1 week", "8 weeks". */
function counted(pointer: string, count: number | null, one: string): Fragment | undefined {
  if (count === null) return undefined;
  return new Pieces()
    .add(valueAt(pointer, count))
    .words(count === 1 ? ` ${one}` : ` ${one}s`)
    .done();
}

function quotedList(pointer: string, all: readonly string[]): Fragment {
  return listed(all.map((words, at) => valueAt(`${pointer}/${at}`, words, `“${words}”`)));
}

export const limitations: Part = (context) => {
  const all = context.source.episode.limitations;
  if (all.length === 0) return [missing(context, 'function', 'functional limitations')];
  return [context.phrases.say('limitations', { limits: quotedList('/episode/limitations', all) })];
};

export const precautions: Part = (context) => {
  const all = context.source.episode.precautions;
  if (all.length === 0) return [missing(context, 'plan', 'precautions')];
  return [context.phrases.say('precautions', { precautions: quotedList('/episode/precautions', all) })];
};

export const planOfCare: Part = (context) => {
  const { source, phrases } = context;
  const { plan } = source.episode;
  if (plan === null) return [missing(context, 'plan', 'plan of care')];
  const at = '/episode/plan';
  return [
    phrases.say('planOfCare', {
      perWeek: counted(`${at}/visitsPerWeek`, plan.visitsPerWeek, 'visit'),
      weeks: counted(`${at}/weeks`, plan.weeks, 'week'),
      from: dateAt(`${at}/from`, plan.from),
      to: dateAt(`${at}/to`, plan.to),
    }),
    plan.interventions.length === 0
      ? missing(context, 'plan', 'planned treatment')
      : phrases.say('planOfCare.interventions', {
          interventions: quotedList(`${at}/interventions`, plan.interventions),
        }),
  ];
};

export const certification: Part = ({ source, phrases }) => [
  phrases.say('certification', {
    from: dateAt('/episode/plan/from', source.episode.plan?.from ?? null),
    to: dateAt('/episode/plan/to', source.episode.plan?.to ?? null),
  }),
];

export const course: Part = ({ source, phrases }) => [
  phrases.say('course', {
    start: dateAt('/episode/startOfCare', source.episode.startOfCare),
    date: dateAt('/session/date', source.session.date),
    days: counted('/episode/treatmentDays', source.episode.treatmentDays, 'treatment day'),
  }),
];

export const discharge: Part = (context) => {
  const { source, phrases } = context;
  const reason = quoted('/episode/dischargeReason', source.episode.dischargeReason);
  const next = quoted('/episode/dischargePlan', source.episode.dischargePlan);
  return [
    reason === undefined
      ? missing(context, 'plan', 'reason for discharge')
      : phrases.say('discharge.reason', { reason }),
    next === undefined ? missing(context, 'plan', 'plan after discharge') : phrases.say('discharge.plan', { next }),
  ];
};
