// What the chart of a PT system tells of an episode, where no clinician has entered one yet.
import { createHash } from 'node:crypto';
import type { Episode, Goal } from '../../domain/note/source-schema.ts';
import type { VaultRecord } from '../vault/vault.ts';

/** An episode of which nothing is known yet. */
export const unknownEpisode: Episode = {
  diagnoses: [],
  onset: null,
  history: null,
  priorFunction: null,
  limitations: [],
  precautions: [],
  startOfCare: null,
  treatmentDays: null,
  goals: [],
  plan: null,
  rehabPotential: null,
  dischargeReason: null,
  dischargePlan: null,
  askOfPhysician: null,
};

/** @param chart as imports seal it; what it does not tell stays unknown */
export function episodeFromChart(chart: VaultRecord): Episode {
  const clinical = chart['clinical'];
  return {
    ...unknownEpisode,
    diagnoses: diagnosesIn(chart['diagnoses']),
    limitations: linesOf(textAt(clinical, 'limitations')),
    startOfCare: textAt(clinical, 'evaluationDate'),
    goals: chartGoals(chart),
  };
}

/** The goals of a chart, one to a line or behind a semicolon; the same words are the same goal. */
export function chartGoals(chart: unknown): Goal[] {
  return [...new Set(linesOf(textAt(valueAt(chart, 'clinical'), 'goals')))].map((words) => ({
    id: `goal-${createHash('sha256').update(words).digest('hex').slice(0, 12)}`,
    term: null,
    words,
    of: null,
    baseline: null,
    target: null,
    unit: null,
    due: null,
  }));
}

function diagnosesIn(value: unknown): Episode['diagnoses'] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.flatMap((entry) => {
    const code = textAt(entry, 'code');
    return code === null ? [] : [{ code, words: null }];
  });
}

function linesOf(words: string | null): string[] {
  return (words ?? '')
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function valueAt(record: unknown, field: string): unknown {
  return typeof record === 'object' && record !== null ? Reflect.get(record, field) : null;
}

function textAt(record: unknown, field: string): string | null {
  const value = valueAt(record, field);
  return typeof value === 'string' && value !== '' ? value : null;
}
