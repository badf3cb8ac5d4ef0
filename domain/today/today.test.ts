// A source that said nothing is unknown, never 0; every point of a claim's life is counted once.
import { expect, test } from 'vitest';
import { phases } from '../claim/phases.ts';
import { claimsByGroup, sourceOf } from './today.ts';

test('a source that said nothing is unknown in every figure and urgent in none', () => {
  const silent = sourceOf('messages', null, [{ words: 'On the call list', value: 0, urgent: true }]);
  expect(silent.figures).toEqual([
    { words: 'On the call list', value: null, unit: 'count', page: null, urgent: false },
  ]);
});

test('nothing found is 0 and calm, something found is urgent where it is', () => {
  const urgent = (value: number) =>
    sourceOf('messages', '2026-11-20T12:00:00Z', [{ words: 'On the call list', value, urgent: true }]).figures[0];
  expect(urgent(0)).toMatchObject({ value: 0, urgent: false });
  expect(urgent(2)).toMatchObject({ value: 2, urgent: true });
});

test('every claim that is not closed is counted in one figure', () => {
  const rows = [...phases, 'held' as const].map((state) => ({ state, count: 2 }));
  const counts = Object.values(claimsByGroup(rows)).reduce((sum, count) => sum + count, 0);
  expect(counts).toBe((rows.length - 1) * 2);
});
