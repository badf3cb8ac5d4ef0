// A home program between visits: on which days it is agreed, what was answered, what is encouraged and what a therapist must hear of.
import { addDays, dayNumber, weekdayOf } from '../calendar.ts';
import type { CareRule, MilestoneRow } from './book-schema.ts';

export const doneWords = ['done', 'partly', 'not'] as const;
export type Done = (typeof doneWords)[number];

/** Days as `YYYY-MM-DD` in the clinic's zone; weekdays 0 for Monday to 6 for Sunday. */
export interface ExerciseProgram {
  readonly ref: string;
  readonly startsOn: string;
  /** Last day; null: until somebody ends it. */
  readonly endsOn: string | null;
  readonly weekdays: readonly number[];
}

export interface ExerciseAnswer {
  readonly day: string;
  readonly done: Done;
  /** 0 (not at all) to 10 (worst); null: not said. */
  readonly felt: number | null;
}

/** Whether the program is agreed for a day. */
export function isAgreed({ startsOn, endsOn, weekdays }: ExerciseProgram, day: string): boolean {
  return day >= startsOn && (endsOn === null || day <= endsOn) && weekdays.includes(weekdayOf(dayNumber(day)));
}

/** The agreed days of a span, both ends included. */
export function agreedDays(program: ExerciseProgram, from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from < program.startsOn ? program.startsOn : from; day <= to; day = addDays(day, 1))
    if (isAgreed(program, day)) days.push(day);
  return days;
}

/** A day without an answer is no day on which nothing was done: nobody knows. */
export interface Adherence {
  readonly agreed: number;
  readonly done: number;
  readonly partly: number;
  readonly not: number;
  readonly noAnswer: number;
  /** Done, by the days answered; null where none was. */
  readonly share: number | null;
}

/** How the agreed days of a span were answered. A day on which an answer came unasked counts as answered, not as agreed. */
export function adherence(
  program: ExerciseProgram,
  answers: readonly ExerciseAnswer[],
  { from, to }: { readonly from: string; readonly to: string },
): Adherence {
  const days = new Set(agreedDays(program, from, to));
  const within = answers.filter(({ day }) => days.has(day));
  const count = (done: Done): number => within.filter((answer) => answer.done === done).length;
  const [done, partly, not] = [count('done'), count('partly'), count('not')];
  return {
    agreed: days.size,
    done,
    partly,
    not,
    noAnswer: days.size - within.length,
    share: within.length === 0 ? null : done / within.length,
  };
}

export interface Milestone {
  readonly id: string;
  /** Days done so far, what the patient is told. */
  readonly count: number;
}

/** The milestones that the answers up to a day have reached, whenever that was. */
export function milestonesReached(
  program: ExerciseProgram,
  answers: readonly ExerciseAnswer[],
  rule: CareRule,
  today: string,
): readonly Milestone[] {
  const kept = new Set(answers.filter(({ done, day }) => done !== 'not' && day <= today).map(({ day }) => day));
  return rule.milestones.rows
    .filter((row) => isReached(row, program, kept, today))
    .map(({ id }) => ({ id, count: kept.size }));
}

function isReached(
  { kind, count }: MilestoneRow,
  program: ExerciseProgram,
  kept: ReadonlySet<string>,
  today: string,
): boolean {
  switch (kind) {
    case 'total':
      return kept.size >= count;
    case 'inARow':
      return longestRun(agreedDays(program, program.startsOn, today), kept) >= count;
    case 'firstDays': {
      const last = addDays(program.startsOn, count - 1);
      const first = agreedDays(program, program.startsOn, last);
      return today >= (first.at(-1) ?? last) && first.length > 0 && first.every((day) => kept.has(day));
    }
  }
}

/** A day without an answer ends a run: what is not known is not praised. */
function longestRun(days: readonly string[], kept: ReadonlySet<string>): number {
  let run = 0;
  let longest = 0;
  for (const day of days) {
    run = kept.has(day) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

export interface Concern {
  readonly kind: 'hurt' | 'notDone' | 'silent';
  /** Identity: told once, however often it is worked out. */
  readonly key: string;
  /** Without a mark and without the patient's words: those stay sealed. */
  readonly words: string;
}

/** What the therapist must hear of, as of the end of `today`. */
export function concernsOf(
  program: ExerciseProgram,
  answers: readonly ExerciseAnswer[],
  { exercise }: CareRule,
  today: string,
): readonly Concern[] {
  const concerns: Concern[] = [];
  const latest = answers.filter(({ day }) => day <= today).sort((one, other) => (one.day < other.day ? -1 : 1));
  for (const { day, felt } of latest)
    if (felt !== null && felt >= exercise.feltHigh)
      concerns.push({
        kind: 'hurt',
        key: `hurt/${program.ref}/${day}`,
        words: 'The home program felt worse than it should: read the answer and decide how to go on',
      });
  const complete = spellOfNot(latest, exercise, today);
  if (complete !== null)
    concerns.push({
      kind: 'notDone',
      key: `notDone/${program.ref}/${complete}`,
      words: `The home program was not done on ${exercise.notCount} days within ${exercise.notDays}`,
    });
  const silent = silence(program, latest, addDays(today, -1));
  if (silent.length >= exercise.silentDays)
    concerns.push({
      kind: 'silent',
      key: `silent/${program.ref}/${silent[0] ?? today}`,
      words: `No answer about the home program for ${silent.length} agreed days: nobody knows whether it is done`,
    });
  return concerns;
}

/** The day on which the latest spell was complete, where it is of these days; further days of a spell begin no new one. */
function spellOfNot(
  answers: readonly ExerciseAnswer[],
  { notCount, notDays }: CareRule['exercise'],
  today: string,
): string | null {
  const days = answers.filter(({ done }) => done === 'not').map(({ day }) => day);
  let complete: string | null = null;
  for (const [place, day] of days.entries()) {
    const first = days[place - notCount + 1];
    const isSpell = first !== undefined && first > addDays(day, -notDays);
    if (isSpell && (complete === null || day > addDays(complete, notDays))) complete = day;
  }
  return complete !== null && complete > addDays(today, -notDays) ? complete : null;
}

/** The agreed days since the last answer, the first of them first. */
function silence(program: ExerciseProgram, answers: readonly ExerciseAnswer[], to: string): readonly string[] {
  const last = answers.at(-1)?.day;
  return agreedDays(program, last === undefined ? program.startsOn : addDays(last, 1), to);
}
