// A session record in words, entry by entry, as it was captured.
import type { SessionRecord } from './capture/answers.ts';

export interface SessionPart {
  readonly title: string;
  readonly entries: readonly string[];
}

/** Fields that say how an entry came to be, not what was found. */
const silent = new Set(['carriedForward', 'unsure', 'by', 'goal', 'ref', 'patient']);

const titles: readonly (readonly [field: keyof SessionRecord, title: string])[] = [
  ['pain', 'Pain'],
  ['interventions', 'Interventions'],
  ['subjective', 'In the patient’s words'],
  ['homeProgram', 'Home program'],
  ['rangeOfMotion', 'Range of motion'],
  ['strength', 'Strength'],
  ['specialTests', 'Special tests'],
  ['gait', 'Gait'],
  ['balance', 'Balance'],
  ['function', 'Function'],
  ['measures', 'Outcome measures'],
  ['goals', 'Goals'],
  ['education', 'Taught'],
  ['assessment', 'How it stands'],
  ['plan', 'What comes next'],
  ['notAsked', 'Left out knowingly'],
];

/** The parts of a record that hold something. */
export function sessionInWords(record: SessionRecord): readonly SessionPart[] {
  return titles.flatMap(([field, title]) => {
    const entries = entriesOf(record[field]);
    return entries.length === 0 ? [] : [{ title, entries }];
  });
}

function entriesOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(said).filter((words) => words !== '');
}

function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object') return '';
  if (Array.isArray(value)) return value.map(said).filter(Boolean).join(', ');
  return Object.entries(value)
    .filter(([field]) => !silent.has(field))
    .map(([field, each]) => [field, said(each)] as const)
    .filter(([, words]) => words !== '')
    .map(([field, words]) => `${field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${words}`)
    .join(', ');
}
