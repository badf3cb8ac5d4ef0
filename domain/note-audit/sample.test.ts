// The sample of drafts: the first and every nth in the order of signing, within the first days, the same whenever it is drawn.
import { expect, test } from 'vitest';
import { sampled } from './sample.ts';

const signed = (day: number) => ({
  note: `not_${String(day).padStart(3, '0')}`,
  signedAt: new Date(Date.UTC(2026, 2, 1 + day)).toISOString(),
});
const days = (count: number) => Array.from({ length: count }, (_, day) => signed(day));

test('the first and every tenth after it', () => {
  expect(sampled(days(25), { days: 90, everyNth: 10 })).toEqual(['not_000', 'not_010', 'not_020']);
});

test('one that was drawn stays drawn when more are signed, and the order they are told in does not matter', () => {
  const few = sampled(days(12), { days: 90, everyNth: 5 });
  expect(sampled(days(40).reverse(), { days: 90, everyNth: 5 }).slice(0, few.length)).toEqual(few);
});

test('after the first days none is drawn; a clinic that sets no days has none', () => {
  expect(sampled(days(200), { days: 90, everyNth: 50 })).toEqual(['not_000', 'not_050']);
  expect(sampled(days(3), { days: 0, everyNth: 1 })).toEqual([]);
});
