// A section of a session as lines a person compares: every value it holds, so that two versions can be told apart.
import type { Section } from '../../domain/capture/merge.ts';
import type { SessionRecord } from './answers.ts';

export const sectionNames: Readonly<Record<Section, string>> = {
  kind: 'Kind of visit',
  visitNumber: 'Visit number',
  clinicians: 'Who treated',
  supervision: 'Supervision',
  totalMinutes: 'Total minutes',
  timedMinutes: 'Timed minutes',
  subjective: 'What the patient says',
  homeProgram: 'Home program',
  pain: 'Pain',
  rangeOfMotion: 'Range of motion',
  strength: 'Strength',
  specialTests: 'Special tests',
  gait: 'Gait',
  balance: 'Balance',
  function: 'Function',
  measures: 'Outcome measures',
  interventions: 'Interventions',
  education: 'Taught',
  goals: 'Goals',
  assessment: 'How it stands',
  plan: 'What comes next',
  notAsked: 'Left out today',
};

/** One line for each entry of a list, one for anything else. `nameOf` says who or what a reference is. */
export function sectionInWords(record: SessionRecord, section: Section, nameOf: (ref: string) => string): string[] {
  const value: unknown = record[section];
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    return entries.length === 0 ? ['nothing'] : entries.map((entry) => inWords(entry, nameOf));
  }
  return [value === null ? 'nothing' : inWords(value, nameOf)];
}

function inWords(value: unknown, nameOf: (ref: string) => string): string {
  if (typeof value === 'string') return nameOf(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((one: unknown) => inWords(one, nameOf)).join(', ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([, field]) => field !== null && !(Array.isArray(field) && field.length === 0))
    .map(([name, field]: [string, unknown]) =>
      name === 'carriedForward' ? 'from last time' : named(name, inWords(field, nameOf)),
    )
    .join(' · ');
}

/** Fields whose value says by itself what it is. */
const speaking = new Set([
  'name',
  'code',
  'part',
  'side',
  'motion',
  'symptom',
  'when',
  'words',
  'test',
  'activity',
  'goal',
  'ref',
  'credential',
  'unit',
]);

function named(field: string, words: string): string {
  if (speaking.has(field)) return words;
  return `${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${words}`;
}
