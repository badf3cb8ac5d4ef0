// Calendar arithmetic against the runtime's own calendar and against days everybody can look up.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  dateInZone,
  dateOf,
  dayNumber,
  dayNumberOrNull,
  daysBetween,
  isDate,
  spokenDate,
  spokenShortDate,
  weekOf,
  weekStart,
  weekdayOf,
} from './calendar.ts';

const days = fc.integer({ min: -719_528, max: 2_932_896 });

test('every day from year 0 to 9999 is the day the runtime says it is', () => {
  fc.assert(
    fc.property(days, (day) => {
      const date = new Date(day * 86_400_000);
      const iso = date.toISOString().slice(0, 10);
      expect(dateOf(day)).toBe(iso);
      expect(dayNumber(iso)).toBe(day);
      expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
    }),
    { numRuns: 3000 },
  );
});

test('29 February exists in 2028 and in 2000, not in 2026 and not in 1900', () => {
  expect(isDate('2028-02-29')).toBe(true);
  expect(isDate('2000-02-29')).toBe(true);
  expect(isDate('2026-02-29')).toBe(false);
  expect(isDate('1900-02-29')).toBe(false);
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
});

test.each([
  '',
  '2026-5-12',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '20260512  ',
  '2026-05-1x',
  '2026/05/12',
  '2026-05-12T00',
])('the text %j is not a date', (text) => {
  expect(dayNumberOrNull(text)).toBeNull();
  expect(() => dayNumber(text)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
});

test('12 May 2026 is a Tuesday of the week that began Monday 11 May', () => {
  const day = dayNumber('2026-05-12');
  expect(spokenDate(day, day)).toBe('Tue 12 May');
  expect(spokenShortDate(day, dayNumber('2025-12-30'))).toBe('12 May 2026');
  expect(weekStart('2026-05-12')).toBe('2026-05-11');
  expect(weekStart('2026-05-17')).toBe('2026-05-11');
  expect(weekOf(dayNumber('2026-05-17'))).toBe(weekOf(dayNumber('2026-05-11')));
  expect(weekOf(dayNumber('2026-05-18'))).toBe(weekOf(day) + 1);
});

test('a day on which the clocks change is one day long', () => {
  expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
  expect(daysBetween('2026-11-02', '2026-10-31')).toBe(-2);
});

test('late evening in Chicago is still the day before UTC', () => {
  expect(dateInZone('2026-05-13T03:30:00Z', 'America/Chicago')).toBe('2026-05-12');
  expect(dateInZone('2026-05-13T05:00:00Z', 'America/Chicago')).toBe('2026-05-13');
  expect(dateInZone('2026-05-12T23:30:00-05:00', 'UTC')).toBe('2026-05-13');
});

test('an unknown zone or instant is the caller’s to mend', () => {
  expect(() => dateInZone('2026-05-13T03:30:00Z', 'Mars/Olympus')).toThrow(
    expect.objectContaining({ code: 'input.invalid' }),
  );
  expect(() => dateInZone('soon', 'UTC')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
});
