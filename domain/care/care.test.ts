// Care between visits: what days without an answer mean, what is praised, what a therapist hears of, how a plan tapers, what a form says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { careRule as rule, careRows, intakeForm, intakeRows } from '../../rules/testing/care.ts';
import { addDays } from '../calendar.ts';
import { adherence, agreedDays, concernsOf, doneWords, isAgreed, milestonesReached } from './exercise.ts';
import type { ExerciseAnswer, ExerciseProgram } from './exercise.ts';
import { readIntake, redFlagsIn, summaryFor } from './intake.ts';
import { fewerFrom, suggestedTaper, weeksLeft } from './taper.ts';

/** Monday, Wednesday, Friday from Monday 1 June 2026 on. */
const program: ExerciseProgram = { ref: 'exr_1', startsOn: '2026-06-01', endsOn: null, weekdays: [0, 2, 4] };
const answer = (day: string, done: ExerciseAnswer['done'] = 'done', felt: number | null = null): ExerciseAnswer => ({
  day,
  done,
  felt,
});
const keys = (answers: readonly ExerciseAnswer[], today: string) =>
  concernsOf(program, answers, rule, today).map(({ key }) => key);

describe('a home program', () => {
  test('a day without an answer is told as no answer, not as not done; without any answer the share is unknown', () => {
    const span = { from: '2026-06-01', to: '2026-06-07' };
    expect(adherence(program, [answer('2026-06-01'), answer('2026-06-03', 'not')], span)).toEqual({
      agreed: 3,
      done: 1,
      partly: 0,
      not: 1,
      noAnswer: 1,
      share: 0.5,
    });
    expect(adherence(program, [], span)).toMatchObject({ noAnswer: 3, not: 0, share: null });
  });

  test('the first week is praised when every agreed day of it was done, five in a row when no day between is unknown', () => {
    const week = ['2026-06-01', '2026-06-03', '2026-06-05'].map((day) => answer(day));
    const reached = (answers: readonly ExerciseAnswer[], today: string) =>
      milestonesReached(program, answers, rule, today).map(({ id }) => id);
    expect(reached(week.slice(0, 2), '2026-06-03')).toEqual([]);
    expect(reached(week, '2026-06-05')).toEqual(['first-week']);
    const five = [...week, answer('2026-06-08', 'partly'), answer('2026-06-10')];
    expect(reached(five, '2026-06-10')).toEqual(['first-week', 'five-in-a-row']);
    expect(
      reached(
        five.filter(({ day }) => day !== '2026-06-05'),
        '2026-06-12',
      ),
    ).toEqual([]);
  });

  test('seven of ten is told at once, three days not done in a week once, five silent days once', () => {
    expect(keys([answer('2026-06-01', 'done', 6)], '2026-06-01')).toEqual([]);
    expect(keys([answer('2026-06-01', 'partly', 7)], '2026-06-01')).toEqual(['hurt/exr_1/2026-06-01']);
    const not = ['2026-06-01', '2026-06-03', '2026-06-05'].map((day) => answer(day, 'not'));
    expect(keys(not.slice(0, 2), '2026-06-05')).toEqual([]);
    expect(keys(not, '2026-06-05')).toEqual(['notDone/exr_1/2026-06-05']);
    expect(keys([...not, answer('2026-06-08', 'not')], '2026-06-08')).toEqual(['notDone/exr_1/2026-06-05']);
    // Today may still be answered.
    expect(keys([], '2026-06-10')).toEqual([]);
    expect(keys([], '2026-06-11')).toEqual(['silent/exr_1/2026-06-01']);
    expect(keys([], '2026-06-20')).toEqual(['silent/exr_1/2026-06-01']);
  });

  test('whatever was answered: the counts are those of the agreed days, and no day counts twice', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(days, fc.array(fc.constantFrom(...doneWords), { minLength: 40, maxLength: 40 }), (offsets, words) => {
        const answers = offsets.map((offset, place) => answer(addDays('2026-06-01', offset), words[place]));
        const span = { from: '2026-05-20', to: '2026-07-20' };
        const { agreed, done, partly, not, noAnswer } = adherence(program, answers, span);
        expect(done + partly + not + noAnswer).toBe(agreed);
        expect(agreed).toBe(agreedDays(program, span.from, span.to).length);
        expect(noAnswer).toBe(agreed - answers.filter(({ day }) => isAgreed(program, day) && day <= span.to).length);
      }),
    );
  });
});

describe('the last weeks of a plan', () => {
  test('half of the visits in the last two weeks are suggested, never none', () => {
    const weeks = weeksLeft(3, '2026-06-10', '2026-06-30');
    expect(weeks).toEqual({ from: '2026-06-08', visitsPerWeek: [3, 3, 3, 3] });
    const taper = suggestedTaper(weeks, rule);
    expect(taper?.visitsPerWeek).toEqual([3, 3, 2, 2]);
    expect(taper === null ? null : fewerFrom(taper)).toBe('2026-06-22');
    expect(suggestedTaper(weeksLeft(1, '2026-06-10', '2026-06-30'), rule)).toBeNull();
  });

  test('with no week left before them nothing is suggested', () => {
    expect(suggestedTaper(weeksLeft(3, '2026-06-22', '2026-06-30'), rule)).toBeNull();
  });
});

describe('an intake form', () => {
  const calm = { phoneRight: 'yes', insuranceChanged: 'no', otherTherapy: 'No' };
  const flags = Object.fromEntries(
    intakeForm.questions.filter(({ redFlag }) => redFlag !== undefined).map(({ id }) => [id, 'no']),
  );

  test('what must be answered is named, what is not asked for is left out, what is not offered is no answer', () => {
    expect(readIntake(intakeForm, { ...calm, ...flags, admin: 'true' })).toEqual({
      answers: { ...calm, ...flags },
      lacking: [],
    });
    expect(readIntake(intakeForm, { ...flags, ...calm, otherTherapy: 'Sometimes' }).lacking).toEqual(['otherTherapy']);
  });

  test('a red flag is found, and the desk is not shown what only a clinician reads', () => {
    const { answers } = readIntake(intakeForm, { ...calm, ...flags, calf: 'yes' });
    expect(redFlagsIn(intakeForm, answers).map(({ id }) => id)).toEqual(['calf']);
    expect(redFlagsIn(intakeForm, { ...answers, calf: 'no' })).toEqual([]);
    const desk = summaryFor(intakeForm, answers, 'frontDesk');
    expect(desk).toContainEqual({ label: 'Has your insurance changed since you booked?', value: 'No' });
    expect(desk).toContainEqual({ label: 'How would you like us to call you?', value: 'not answered' });
    expect(JSON.stringify(desk)).not.toContain('calf');
  });

  test('every red flag names its source, every row is dated', () => {
    for (const { redFlag, redFlagSource } of intakeForm.questions)
      expect((redFlag === undefined) === (redFlagSource === undefined)).toBe(true);
    for (const row of [...careRows, ...intakeRows]) expect(row.effectiveFrom <= '2026-11-22').toBe(true);
  });
});
