// What was dictated, taken into the record: beside what is there, never over what a person set today, and marked until it is looked at.
import type { Dictated } from '../dictation/parse.ts';
import type { Session } from '../session/schema.ts';
import type { Marked } from './carry.ts';

/** The lists that a dictation may add to, with what makes two entries the same one. */
const keys = {
  interventions: ['name', 'side'],
  rangeOfMotion: ['part', 'motion', 'side', 'mode'],
  strength: ['part', 'motion', 'muscle', 'side'],
  specialTests: ['name', 'side'],
  balance: ['test', 'side'],
  function: ['activity'],
  measures: ['measure'],
  pain: ['when', 'part', 'side'],
} as const;
type List = keyof typeof keys;

const why = 'as it was dictated; confirm or correct it';

/** The record with what was dictated. Last session's entries it speaks of again are replaced; words are put behind words. */
export function withDictation(record: Session, { session: said }: Dictated): Session {
  let next: Session = record;
  for (const list of lists) next = { ...next, [list]: joined<Entry>(next[list], said[list], keys[list]) };
  const { subjective, gait, homeProgram } = record;
  return {
    ...next,
    subjective: {
      ...subjective,
      words: behind(subjective.words, said.subjective.words),
      reports: joined(subjective.reports, said.subjective.reports, ['symptom', 'part', 'side']),
    },
    gait: said.gait === null || (gait !== null && gait.carriedForward !== true) ? gait : dictated(said.gait),
    homeProgram: homeProgram ?? said.homeProgram,
    education: [...new Set([...record.education, ...said.education])],
    assessment: behind(record.assessment, said.assessment),
    plan: behind(record.plan, said.plan),
    totalMinutes: record.totalMinutes ?? said.totalMinutes,
  };
}

const lists = Object.keys(keys) as readonly List[];

type Entry = Marked & Readonly<Record<string, unknown>>;

/** What of today stands stays; an entry carried forward gives way to the one that was said. */
function joined<One extends Marked>(mine: readonly One[], said: readonly One[], by: readonly string[]): One[] {
  const left = mine.filter(
    (one) => one.carriedForward !== true || !said.some((other) => by.every((key) => isSame(one, other, key))),
  );
  return [...left, ...said.map(dictated)];
}

function isSame(one: object, other: object, key: string): boolean {
  const left: unknown = Reflect.get(one, key);
  const right: unknown = Reflect.get(other, key);
  return typeof left === 'string' && typeof right === 'string'
    ? left.toLowerCase() === right.toLowerCase()
    : left === right;
}

function dictated<One extends Marked>(entry: One): One {
  return { ...entry, unsure: [...(entry.unsure ?? []), { field: 'all of it', why }] };
}

function behind(before: string | null, said: string | null): string | null {
  if (said === null) return before;
  return before === null || before === '' ? said : `${before} ${said}`;
}

/** How many entries wait for a look: dictated or not understood for sure. */
export function stillUnsure(record: Session): number {
  const all: readonly Marked[] = [
    ...lists.flatMap((list): readonly Marked[] => record[list]),
    ...record.subjective.reports,
  ];
  const gait = record.gait?.unsure ?? [];
  return all.filter(({ unsure }) => (unsure ?? []).length > 0).length + (gait.length > 0 ? 1 : 0);
}

/** The record with every such entry confirmed. */
export function allConfirmed(record: Session): Session {
  let next: Session = record;
  for (const list of lists) next = { ...next, [list]: (next[list] as readonly Marked[]).map(sure) };
  const { subjective, gait } = next;
  return {
    ...next,
    subjective: { ...subjective, reports: subjective.reports.map(sure) },
    gait: gait === null ? null : sure(gait),
  };
}

/** What is still the last session's stays marked as that. */
function sure<One extends Marked>(entry: One): One {
  const { unsure: _unsure, ...rest } = entry;
  return rest as One;
}
