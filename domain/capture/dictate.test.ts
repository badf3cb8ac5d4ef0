// A dictation stands beside what was tapped, is marked until it is looked at, and writes over nothing of today.
import { expect, test } from 'vitest';
import { listener } from '../../rules/testing/dictation.ts';
import { parseDictation } from '../dictation/parse.ts';
import { blankIntervention, blankSession } from '../session/blank.ts';
import type { Session } from '../session/schema.ts';
import { confirmed } from './carry.ts';
import { stillUnsure, withDictation } from './dictate.ts';

const is = { ref: 'ses_today', patient: 'pat_one', date: '2026-06-01', kind: 'treatment' } as const;
const blank = blankSession(is);
const dictate = (record: Session, text: string): Session => withDictation(record, parseDictation(text, is, listener));

test('exercises, findings and pain are filled, each marked until a person confirms it', () => {
  const record = dictate(
    blank,
    'Pain before treatment 4 out of 10 left knee. Leg press 3 sets of 10 at 50 pounds. Left knee flexion 110 degrees active.',
  );
  expect(record.pain).toMatchObject([{ when: 'before', score: 4, side: 'left', part: 'knee' }]);
  expect(record.interventions).toMatchObject([
    { name: 'leg press', sets: 3, repetitions: 10, load: { value: 50, unit: 'lb' } },
  ]);
  expect(record.rangeOfMotion).toMatchObject([{ part: 'knee', motion: 'flexion', side: 'left', degrees: 110 }]);
  expect(stillUnsure(record)).toBe(3);
  expect(stillUnsure({ ...record, interventions: record.interventions.map(confirmed) })).toBe(2);
});

test('what was tapped today stays; what is only carried forward gives way', () => {
  const tapped = { ...blankIntervention('leg press'), sets: 2 };
  expect(dictate({ ...blank, interventions: [tapped] }, 'Leg press 3 sets of 10.').interventions).toHaveLength(2);
  const carried = { ...tapped, carriedForward: true };
  const record = dictate({ ...blank, interventions: [carried] }, 'Leg press 3 sets of 10.');
  expect(record.interventions).toMatchObject([{ name: 'leg press', sets: 3, repetitions: 10 }]);
  expect(record.interventions[0]?.carriedForward).toBeUndefined();
});

test('a total that was set is not spoken over', () => {
  expect(dictate({ ...blank, totalMinutes: 45 }, 'Total time 30 minutes.').totalMinutes).toBe(45);
});

test('a text in which nothing is understood changes nothing', () => {
  expect(dictate(blank, 'zzz qqq')).toMatchObject({ interventions: [], pain: [], totalMinutes: null });
});
