// The rule files of scheduling pass their schemas; every row is dated, cited and follows the one before it.
import { expect, test } from 'vitest';
import { ruleOn } from '../domain/dated-rows.ts';
import { attendanceRows, seriesRows, waitlistRows } from './testing/scheduling.ts';

test('rows have ids of their own, end after they begin, and today one is in force', () => {
  const files: readonly (readonly Pick<(typeof waitlistRows)[number], 'id' | 'effectiveFrom' | 'effectiveTo'>[])[] = [
    waitlistRows,
    seriesRows,
    attendanceRows,
  ];
  for (const rows of files) {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const row of rows) expect(row.effectiveTo === null || row.effectiveTo >= row.effectiveFrom).toBe(true);
    expect(ruleOn(rows, '2026-11-22').effectiveFrom <= '2026-11-22').toBe(true);
  }
});

test('before the first row nothing is in force: it is said, not guessed', () => {
  expect(() => ruleOn(waitlistRows, '1999-01-01')).toThrow('No scheduling rule is in force on 1999-01-01');
});

test('one patient is asked at a time, and never outside the hours in which homes may be called', () => {
  const { offers } = ruleOn(waitlistRows, '2026-11-22');
  expect(offers.fanOut).toBe(1);
  expect(offers.hours.from >= '08:00' && offers.hours.to <= '21:00').toBe(true);
});
