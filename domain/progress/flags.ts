// What the course of an episode says to the therapist: not progressing, goal met, ready for discharge, tell the physician. Each with its reason.
import { daysBetween } from '../calendar.ts';
import { changeBetween, interpret, knownScores } from '../measures/change.ts';
import type { DatedScore } from '../measures/change.ts';
import type { Measure } from '../measures/schema.ts';
import type { ProgressFlagRule } from './rule-schema.ts';

export type FlagKind = 'notProgressing' | 'goalMet' | 'readyForDischarge' | 'physicianContact';

/** A suggestion to a therapist, who decides; it changes nothing by itself. */
export interface ProgressFlag {
  readonly kind: FlagKind;
  /** The goal, measure or symptom it is about; null: the whole episode. */
  readonly about: string | null;
  readonly why: string;
  readonly rule: string;
  readonly source: string;
}

/** A goal by its reference; its words stay in the plan of care. */
export interface ProgressGoal {
  readonly ref: string;
  /** A score to be reached; null: the goal is told by its state only. */
  readonly target: { readonly measure: string; readonly score: number } | null;
  /** As the clinician last said; null: not said. */
  readonly state: 'met' | 'progressing' | 'unchanged' | 'declined' | null;
}

export interface Course {
  /** Days treated so far, in any order; a day named twice is one. */
  readonly treatmentDays: readonly string[];
  readonly goals: readonly ProgressGoal[];
  readonly measures: readonly { readonly measure: Measure; readonly scores: readonly DatedScore[] }[];
  /** Whom thresholds are to be of; null: those of any. */
  readonly population: string | null;
  /** What was reported or denied on the newest treatment day. */
  readonly reports: readonly { readonly symptom: string; readonly present: boolean }[];
}

/** @returns the flags that the facts carry; what is unknown raises none, and clears none */
export function progressFlags(course: Course, rule: ProgressFlagRule): readonly ProgressFlag[] {
  const goals = course.goals.map((goal) => ({ goal, reached: reachedBy(goal, course) }));
  return [
    ...goals.flatMap(({ goal, reached }) => (reached === null ? [] : [goalMet(goal, reached, rule)])),
    ...readyForDischarge(course, goals, rule),
    ...notProgressing(course, rule),
    ...physicianContact(course, rule),
  ];
}

/** Why a goal is met; null: it is not, or nobody knows. */
function reachedBy({ target, state }: ProgressGoal, { measures }: Course): string | null {
  if (state === 'met') return 'The clinician recorded it as met';
  if (target === null) return null;
  const row = measures.find(({ measure }) => measure.measure === target.measure);
  const last = row === undefined ? undefined : knownScores(row.scores).at(-1);
  if (row === undefined || last === undefined) return null;
  const { name, better } = row.measure;
  const met = better === 'higher' ? last.score >= target.score : last.score <= target.score;
  return met ? `${name} ${last.score} on ${last.date}; the goal is ${target.score}` : null;
}

function goalMet({ ref }: ProgressGoal, why: string, { goalMet: { id, source } }: ProgressFlagRule): ProgressFlag {
  return { kind: 'goalMet', about: ref, why, rule: id, source };
}

function readyForDischarge(
  { measures, population }: Course,
  goals: readonly { readonly reached: string | null }[],
  { discharge: { id, plateauReadings, source } }: ProgressFlagRule,
): ProgressFlag[] {
  const flag = { kind: 'readyForDischarge', about: null, rule: id, source } as const;
  if (goals.length > 0 && goals.every(({ reached }) => reached !== null))
    return [{ ...flag, why: `All ${goals.length} goals are met` }];
  const still = measures.filter(({ measure, scores }) => isPlateau(measure, scores, plateauReadings, population));
  if (still.length === 0 || still.length < measures.length) return [];
  const names = still.map(({ measure }) => measure.name).join(', ');
  const why = `No change beyond the error of measuring over the last ${plateauReadings} readings of ${names}, after an earlier improvement`;
  return [{ ...flag, why }];
}

/** An improvement worth having, and since then readings that differ by less than the error. Unknown thresholds: no. */
function isPlateau(
  measure: Measure,
  scores: readonly DatedScore[],
  readings: number,
  population: string | null,
): boolean {
  const known = knownScores(scores);
  const newest = known.slice(-readings);
  const [first, start] = [known[0], newest[0]];
  if (newest.length < readings || first === undefined || start === undefined || known.length <= readings) return false;
  const gained = changeBetween(measure, first, start, population);
  if (gained.direction !== 'better' || gained.detectable?.reached !== true) return false;
  return newest.every((one) => changeBetween(measure, start, one, population).detectable?.reached === false);
}

function notProgressing(course: Course, rule: ProgressFlagRule): ProgressFlag[] {
  const { id, leastTreatmentDays, leastDays, source } = rule.notProgressing;
  const { measures, population, treatmentDays } = course;
  const told = measures.flatMap(({ measure, scores }) => interpret(measure, scores, population).sinceFirst ?? []);
  const [first] = told;
  // Where the error of a measure is unknown, nobody can say that it stood still.
  if (first === undefined || told.length < measures.length || told.some(({ detectable }) => detectable === null))
    return [];
  if (told.some(({ direction, detectable }) => direction === 'better' && detectable?.reached === true)) return [];
  const from = told.map((change) => change.from.date).sort()[0] ?? first.from.date;
  const to =
    told
      .map((change) => change.to.date)
      .sort()
      .at(-1) ?? first.to.date;
  const days = new Set(treatmentDays.filter((day) => day >= from && day <= to)).size;
  if (days < leastTreatmentDays || daysBetween(from, to) < leastDays) return [];
  const why = `${days} treatment days over ${daysBetween(from, to)} days and no improvement beyond the error of measuring: ${told.map(({ words }) => words).join('; ')}`;
  return [{ kind: 'notProgressing', about: null, why, rule: id, source }];
}

function physicianContact({ measures, population, reports }: Course, { physician }: ProgressFlagRule): ProgressFlag[] {
  const { id: rule, worseReadings, source, symptoms } = physician;
  const flag = { kind: 'physicianContact', rule, source } as const;
  const reported = symptoms.filter(({ symptom }) => reports.some((one) => one.present && one.symptom === symptom));
  return [
    ...reported.map(({ symptom, why }) => ({ ...flag, about: symptom, why: `Reported: ${symptom}; ${why}` })),
    ...measures.flatMap(({ measure, scores }) => {
      const why = worse(measure, scores, worseReadings, population);
      return why === null ? [] : [{ ...flag, about: measure.measure, why }];
    }),
  ];
}

/** Worse than at first, beyond the error of measuring, in so many of the newest readings. */
function worse(
  measure: Measure,
  scores: readonly DatedScore[],
  readings: number,
  population: string | null,
): string | null {
  const [first, ...later] = knownScores(scores);
  if (first === undefined || later.length < readings) return null;
  const changes = later.slice(-readings).map((one) => changeBetween(measure, first, one, population));
  const all = changes.every(({ direction, detectable }) => direction === 'worse' && detectable?.reached === true);
  return all ? (changes.at(-1)?.words ?? null) : null;
}
