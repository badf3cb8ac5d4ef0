// The words of care between visits: what nobody answered is not told as not done, and a line of a program is read as it was meant.
import { expect, test } from 'vitest';
import { adherenceInWords, exercisesIn, planInWords, weekdaysInWords } from './care.ts';

test('days without an answer are told as such; before the first day nothing is counted', () => {
  const none = { agreed: 0, done: 0, partly: 0, not: 0, noAnswer: 0, share: null };
  expect(adherenceInWords(none)).toBe('no day yet');
  expect(adherenceInWords({ ...none, agreed: 6, done: 3, noAnswer: 3, share: 1 })).toBe(
    '3 done, 3 no answer of 6 days',
  );
  expect(adherenceInWords({ ...none, agreed: 1, not: 1, share: 0 })).toBe('0 done, 1 not done of 1 day');
});

test('a program is written one exercise a line, with how and a link in either order', () => {
  expect(exercisesIn('Step up | ten each side | https://video.example.org/a\n\nBridge')).toEqual({
    exercises: [{ name: 'Step up', how: 'ten each side', link: 'https://video.example.org/a' }, { name: 'Bridge' }],
  });
  expect(exercisesIn('Bridge | http://video.example.org/a')).toEqual({
    wrong: 'The link in line 1 must begin with https://.',
  });
  expect(exercisesIn(' \n')).toEqual({ wrong: 'Name at least one exercise.' });
});

test('a plan of which nobody knows the end says so', () => {
  const plan = { patient: 'pat_1', name: null, ends: null, decision: null };
  expect(planInWords(plan, '2026-06-01')).toBe('Nobody knows when it ends');
  expect(planInWords({ ...plan, ends: '2026-06-12', decision: 'fewer' }, '2026-06-01')).toContain(
    'decided: fewer visits before',
  );
  expect(weekdaysInWords([0, 2, 4])).toBe('Mon, Wed, Fri');
});
