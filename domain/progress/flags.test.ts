// Progress flags: each is raised by facts and carries them; what is not known raises nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureNamed } from '../../rules/testing/measures.ts';
import { progressFlagRule as rule } from '../../rules/testing/documentation.ts';
import { addDays } from '../calendar.ts';
import { progressFlags } from './flags.ts';
import type { Course, FlagKind } from './flags.ts';

const start = '2026-03-02';
const weeks = (...scores: (number | null)[]) => scores.map((score, at) => ({ date: addDays(start, 14 * at), score }));

function course(changes: Partial<Course> = {}): Course {
  const treatmentDays = Array.from({ length: 20 }, (_, at) => addDays(start, 3 * at));
  return { treatmentDays, goals: [], measures: [], population: null, reports: [], ...changes };
}

const lefs = (...scores: (number | null)[]) => ({ measure: measureNamed('lefs'), scores: weeks(...scores) });
const kinds = (changes: Partial<Course>): FlagKind[] => progressFlags(course(changes), rule).map(({ kind }) => kind);

test('four weeks and six treatment days without a change beyond error: not progressing, with the numbers', () => {
  const [flag] = progressFlags(course({ measures: [lefs(30, 32, 34)] }), rule);
  expect(flag).toMatchObject({ kind: 'notProgressing', rule: 'progress.not-progressing' });
  expect(flag?.why).toContain('10 treatment days over 28 days');
  expect(flag?.why).toContain('(30 to 34)');
  expect(kinds({ measures: [lefs(30, 32, 39)] })).toEqual([]);
});

test('too early, or too few treatment days, or a measure taken once: nothing is said', () => {
  expect(kinds({ measures: [lefs(30, 31)] })).toEqual([]);
  expect(kinds({ measures: [lefs(30, 32, 34)], treatmentDays: [start, addDays(start, 28)] })).toEqual([]);
  expect(kinds({ measures: [lefs(30)] })).toEqual([]);
});

test('one measure that improved is progress; one whose error is not published leaves it unknown', () => {
  const ndi = { measure: measureNamed('ndi'), scores: weeks(60, 50, 30) };
  expect(kinds({ measures: [lefs(30, 32, 34), ndi] })).toEqual([]);
  const tug = { measure: measureNamed('tug'), scores: weeks(15, 15, 15) };
  expect(kinds({ measures: [lefs(30, 32, 34), tug] })).toEqual([]);
});

test('a goal by score is met at its score, in the direction of the measure, and by the last known score only', () => {
  const goal = { ref: 'goal_1', target: { measure: 'lefs', score: 60 }, state: null };
  expect(kinds({ goals: [goal], measures: [lefs(40, 60)] })).toEqual(['goalMet', 'readyForDischarge']);
  expect(kinds({ goals: [goal], measures: [lefs(61, 59)] })).toEqual([]);
  expect(kinds({ goals: [goal], measures: [lefs(40, 60, null)] })).toContain('goalMet');
  expect(kinds({ goals: [{ ...goal, target: { measure: 'odi', score: 20 } }], measures: [lefs(40, 60)] })).toEqual([]);
});

test('ready for discharge: all goals met, not some; or a plateau after an improvement', () => {
  const met = { ref: 'goal_1', target: null, state: 'met' } as const;
  const open = { ref: 'goal_2', target: null, state: 'progressing' } as const;
  expect(kinds({ goals: [met, open] })).toEqual(['goalMet']);
  expect(kinds({ goals: [met] })).toEqual(['goalMet', 'readyForDischarge']);
  expect(kinds({ measures: [lefs(30, 50, 52, 49)] })).toEqual(['readyForDischarge']);
  expect(kinds({ measures: [lefs(30, 50, 60, 61)] })).toEqual([]);
});

test('worse beyond error, or a symptom of the list: tell the physician; a symptom denied or not asked: no', () => {
  expect(kinds({ measures: [lefs(50, 40)] })).toEqual(['physicianContact']);
  const reports = [
    { symptom: 'bowel or bladder change', present: true },
    { symptom: 'fever', present: false },
  ];
  const flags = progressFlags(course({ reports }), rule);
  expect(flags.map(({ about }) => about)).toEqual(['bowel or bladder change']);
  expect(flags[0]?.why).toContain('the same day');
});

test('no facts, no flags; and unknown scores alone never raise one', () => {
  fc.assert(
    fc.property(fc.nat(6), (count) => {
      expect(kinds({ measures: [lefs(...Array.from({ length: count }, () => null))] })).toEqual([]);
    }),
  );
});
