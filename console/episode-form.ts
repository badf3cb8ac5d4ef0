// The form of an episode of care, read into an episode: lines become lists, an empty field is unknown.
import type { Episode, Goal } from '../domain/note/source-schema.ts';

/** What a form holds, by field name. */
export type Read = (name: string) => string;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** "M17.11 Right knee osteoarthritis" a line; a line without a code is wrong and named. */
export function diagnosesIn(text: string): { readonly diagnoses: Episode['diagnoses'] } | { readonly wrong: string } {
  const diagnoses: { code: string; words: string | null }[] = [];
  for (const [at, line] of linesOf(text).entries()) {
    const [, code, words = ''] = /^([A-Za-z]\d[\dA-Za-z](?:\.?[\dA-Za-z]{1,4})?)(?:\s+(.+))?$/.exec(line) ?? [];
    if (code === undefined) return { wrong: `Diagnosis ${at + 1} does not begin with an ICD-10-CM code.` };
    diagnoses.push({ code: code.toUpperCase(), words: orNull(words) });
  }
  return { diagnoses };
}

export function diagnosesText({ diagnoses }: Episode): string {
  return diagnoses.map(({ code, words }) => (words === null ? code : `${code} ${words}`)).join('\n');
}

const potentials = ['excellent', 'good', 'fair', 'guarded'] as const;

/** The episode with what the form says; plan, treatment days and what goals measure stay as they are. */
export function episodeFrom(
  before: Episode,
  goals: readonly Goal[],
  read: Read,
): { readonly episode: Episode } | { readonly wrong: string } {
  const found = diagnosesIn(read('diagnoses'));
  if ('wrong' in found) return found;
  if (goals.some(({ words }) => words.trim() === '')) return { wrong: 'A goal has no words.' };
  return {
    episode: {
      ...before,
      diagnoses: found.diagnoses,
      onset: orNull(read('onset')),
      history: orNull(read('history')),
      priorFunction: orNull(read('priorFunction')),
      limitations: linesOf(read('limitations')),
      precautions: linesOf(read('precautions')),
      startOfCare: orNull(read('startOfCare')),
      goals: [...goals],
      rehabPotential: potentials.find((one) => one === read('rehabPotential')) ?? null,
      dischargeReason: orNull(read('dischargeReason')),
      dischargePlan: orNull(read('dischargePlan')),
      askOfPhysician: orNull(read('askOfPhysician')),
    },
  };
}

/** A new goal; its id stays with it, because sessions name the goals they touch by it. */
export function newGoal(id: string): Goal {
  return { id, term: 'short', words: '', of: null, baseline: null, target: null, unit: null, due: null };
}
