// What was done: interventions with their dose, minutes by code, response, teaching and who treated.
import { listed, maybeAt, Pieces, plain, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import type { Intervention, Load } from '../../session/schema.ts';
import { dateAt, marked, missing, placeAt, wordAt } from './context.ts';
import type { Part, PartContext } from './context.ts';

export const visit: Part = ({ source, phrases }) => {
  const { session } = source;
  return [
    phrases.say('visit', {
      date: dateAt('/session/date', session.date),
      number: maybeAt('/session/visitNumber', session.visitNumber),
    }),
  ];
};

export const treatedBy: Part = (context) => {
  const { session } = context.source;
  if (session.clinicians.length === 0) return [missing(context, 'interventions', 'who treated')];
  const people = session.clinicians.map(({ credential }, at) =>
    context.phrases.say('treatedBy.item', {
      credential: wordAt(context.phrases, 'credential', `/session/clinicians/${at}/credential`, credential),
    }),
  );
  const who = context.phrases.say('treatedBy', { people: listed(people) });
  if (session.supervision === null) return [who];
  const kind = valueAt('/session/supervision/kind', session.supervision.kind);
  return [who, context.phrases.say('supervision', { kind })];
};

export const interventions: Part = (context) => {
  const all = context.source.session.interventions;
  if (all.length === 0) return [missing(context, 'interventions')];
  return all.map((entry, at) => marked(context, entry, intervention(context, entry, `/session/interventions/${at}`)));
};

function intervention({ phrases }: PartContext, entry: Intervention, pointer: string): Fragment {
  const skills = entry.skills.map((skill, at) => valueAt(`${pointer}/skills/${at}`, skill));
  const dose = doseOf(entry, pointer);
  return phrases.say('intervention', {
    name: valueAt(`${pointer}/name`, entry.name),
    place: placeAt(pointer, entry) ?? sideAlone(pointer, entry.side),
    dose: dose.length === 0 ? undefined : listed(dose, ', '),
    assistance: wordAt(phrases, 'assistance', `${pointer}/assistance`, entry.assistance),
    skills: skills.length === 0 ? undefined : listed(skills),
    progression: wordAt(phrases, 'progression', `${pointer}/progression`, entry.progression),
    response: wordAt(phrases, 'response', `${pointer}/response`, entry.response),
    words:
      entry.responseWords === null
        ? undefined
        : valueAt(`${pointer}/responseWords`, entry.responseWords, `“${entry.responseWords}”`),
  });
}

function sideAlone(pointer: string, side: string | null): Fragment | undefined {
  if (side === null || side === 'midline') return undefined;
  return side === 'both'
    ? valueAt(`${pointer}/side`, side, 'both sides')
    : new Pieces()
        .add(valueAt(`${pointer}/side`, side))
        .words(' side')
        .done();
}

/** "3 sets of 10 repetitions", "held 5 seconds", "2 lb", "12 minutes". */
function doseOf(entry: Intervention, pointer: string): Fragment[] {
  const count = (field: 'sets' | 'repetitions' | 'holdSeconds' | 'minutes', one: string, many: string): Fragment[] => {
    const value = entry[field];
    if (value === null) return [];
    return [
      new Pieces()
        .add(valueAt(`${pointer}/${field}`, value))
        .words(` ${value === 1 ? one : many}`)
        .done(),
    ];
  };
  const sets = count('sets', 'set', 'sets');
  const repetitions = count('repetitions', 'repetition', 'repetitions');
  const times =
    sets.length > 0 && repetitions.length > 0 ? [listed([...sets, ...repetitions], ' of ')] : [...sets, ...repetitions];
  const hold = count('holdSeconds', 'second hold', 'second hold');
  const load = entry.load === null ? [] : [loadAt(`${pointer}/load`, entry.load)];
  return [...times, ...hold, ...load, ...count('minutes', 'minute', 'minutes')];
}

function loadAt(pointer: string, { value, unit, band }: Load): Fragment {
  if (unit === 'bodyweight') return valueAt(`${pointer}/unit`, unit, 'body weight');
  if (unit === 'band')
    return new Pieces()
      .add(band === null ? plain('elastic') : valueAt(`${pointer}/band`, band))
      .words(' band')
      .done();
  const amount = maybeAt(`${pointer}/value`, value) ?? plain('[not recorded: load]');
  return unit === 'level'
    ? new Pieces().words('level ').add(amount).done()
    : new Pieces()
        .add(amount)
        .words(' ')
        .add(valueAt(`${pointer}/unit`, unit))
        .done();
}

export const education: Part = ({ source, phrases }) => {
  const taught = source.session.education.map((words, at) => valueAt(`/session/education/${at}`, words, `“${words}”`));
  return taught.length === 0 ? [] : [phrases.say('education', { taught: listed(taught) })];
};

export const minutes: Part = (context) => {
  const { source, phrases } = context;
  const { session } = source;
  const codes = byCode(session.interventions).map(({ code, entries }) =>
    phrases.say('minutes.code', { code: valueAt(entries[0]?.pointer ?? '', code), minutes: sumAt(entries) }),
  );
  return [
    phrases.say('minutes', {
      total: maybeAt('/session/totalMinutes', session.totalMinutes),
      timed: maybeAt('/session/timedMinutes', session.timedMinutes),
    }),
    ...(codes.length === 0
      ? [missing(context, 'interventions', 'codes')]
      : [phrases.say('minutes.codes', { codes: listed(codes) })]),
  ];
};

interface CodedEntry {
  readonly pointer: string;
  readonly minutesPointer: string;
  readonly minutes: number | null;
}

function byCode(all: readonly Intervention[]): { readonly code: string; readonly entries: readonly CodedEntry[] }[] {
  const codes = new Map<string, CodedEntry[]>();
  all.forEach(({ code, minutes: spent }, at) => {
    if (code === null) return;
    const pointer = `/session/interventions/${at}`;
    const entry = { pointer: `${pointer}/code`, minutesPointer: `${pointer}/minutes`, minutes: spent };
    codes.set(code, [...(codes.get(code) ?? []), entry]);
  });
  return [...codes].map(([code, entries]) => ({ code, entries }));
}

/** The minutes of a code; every entry that was added is a source of the sum. Unknown as soon as one of them is. */
function sumAt(entries: readonly CodedEntry[]): Fragment | undefined {
  let sum = 0;
  for (const { minutes: spent } of entries) {
    if (spent === null) return undefined;
    sum += spent;
  }
  const text = String(sum);
  return {
    text,
    sources: entries.map(({ minutesPointer, minutes: value }) => ({
      from: 0,
      to: text.length,
      pointer: minutesPointer,
      value,
    })),
    gaps: [],
  };
}

const calm: ReadonlySet<string> = new Set(['well', 'less pain']);

export const response: Part = (context) => {
  const all = context.source.session.interventions;
  if (all.length === 0) return [];
  if (all.every((entry) => entry.response === null))
    return [missing(context, 'interventions', 'response to treatment')];
  if (!all.every((entry) => entry.response !== null && calm.has(entry.response))) return [];
  const { text } = context.phrases.say('response.everyWell');
  return [
    {
      text,
      sources: all.map((entry, at) => ({
        from: 0,
        to: text.length,
        pointer: `/session/interventions/${at}/response`,
        value: entry.response,
      })),
      gaps: [],
    },
  ];
};
