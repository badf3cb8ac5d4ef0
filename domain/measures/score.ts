// A measure's score out of its answers, by its published rule; what the rule does not allow to be worked out stays unknown.
import { GaitError } from '../errors.ts';
import type { Measure } from './schema.ts';

export interface Scored {
  /** In the measure's unit, rounded to its decimals; null: unknown. */
  readonly score: number | null;
  readonly answered: number;
  readonly missing: number;
  /** Why it is unknown. */
  readonly why: string | null;
}

/**
 * Scores one filling of a measure.
 * @param answers in the order of the items, by number only; null: not answered
 * @throws GaitError `input.invalid` naming the item by its number, for an answer that the scale does not have or a wrong count
 */
export function scoreOf(measure: Measure, answers: readonly (number | null)[]): Scored {
  assertAnswers(measure, answers);
  const given = answers.filter((answer) => answer !== null);
  const missing = answers.length - given.length;
  const counts = { answered: given.length, missing };
  const { mayMiss } = measure.answers;
  if (missing > mayMiss || given.length === 0) {
    const allowed = mayMiss === 0 ? 'each is needed' : `at most ${mayMiss} may be`;
    const why = `${missing} of ${answers.length} answers are missing; ${allowed}`;
    return { ...counts, score: null, why };
  }
  return { ...counts, score: rounded(scoring(measure, given), measure.decimals), why: null };
}

/** Whether a score is one that the measure can have. */
export function isScore({ range }: Measure, score: number): boolean {
  return Number.isFinite(score) && score >= range.least && score <= range.most;
}

function scoring({ scoring: kind, answers: { least, most } }: Measure, given: readonly number[]): number {
  const sum = given.reduce((total, answer) => total + answer, 0);
  if (kind === 'scaledMean') return ((sum / given.length - least) / (most - least)) * 100;
  return kind === 'mean' ? sum / given.length : sum;
}

function assertAnswers({ name, answers: rule }: Measure, answers: readonly (number | null)[]): void {
  const { countFrom, countTo, least, most, step } = rule;
  if (answers.length < countFrom || answers.length > countTo)
    throw new GaitError('input.invalid', `${name} has ${answers.length} answers, which it cannot have`, {
      fix: countFrom === countTo ? `Give ${countTo}, null for one not answered` : `Give ${countFrom} to ${countTo}`,
    });
  for (const [at, answer] of answers.entries()) {
    if (answer === null) continue;
    const steps = (answer - least) / step;
    const lies = answer >= least && answer <= most && Math.abs(steps - Math.round(steps)) < 1e-6;
    if (!lies)
      throw new GaitError('input.invalid', `An answer of ${name} is not on its scale`, {
        where: `item ${at + 1}`,
        fix: `Give a value from ${least} to ${most} in steps of ${step}, null for not answered`,
      });
  }
}

/** Half away from zero; a hair is added against binary fractions such as 1.005. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale + 1e-9) / scale;
}
