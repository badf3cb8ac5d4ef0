import { expect, test } from 'vitest';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import { changed, numberIn, withGoal, withWeek } from './plan-form.ts';

const draft: PlanDraft = {
  protocol: 'protocol.knee-replacement/2026',
  version: 1,
  phase: 'Early',
  advanceWhen: [],
  interventions: [],
  leftOut: [],
  measures: [],
  goals: [
    {
      id: 'goal-1',
      term: 'short',
      words: 'Bends the knee to sit.',
      of: { motion: 'flexion' },
      baseline: 80,
      target: 110,
      unit: 'degrees',
      due: '2026-07-01',
      remark: null,
    },
  ],
  frequency: { visitsPerWeek: [3, 2], visits: 5, wanted: 5, from: '2026-06-01', to: '2026-06-14', bounds: [] },
  precautions: [],
  unknown: [],
  source: 'Made up',
};

test('a week that is changed changes the sum of visits and leaves the draft it came from alone', () => {
  const next = withWeek(draft, 1, 1);
  expect([next.frequency.visitsPerWeek, next.frequency.visits]).toEqual([[3, 1], 4]);
  expect(changed(draft, next)).toBe(true);
  expect(draft.frequency.visits).toBe(5);
});

test('a goal is changed or taken out by its place', () => {
  expect(withGoal(draft, 0, { target: 115 }).goals[0]?.target).toBe(115);
  expect(withGoal(draft, 0, null).goals).toEqual([]);
});

test('an empty field is unknown and not zero', () => {
  expect([numberIn(''), numberIn(' '), numberIn('0'), numberIn('x')]).toEqual([null, null, 0, null]);
});
