// Facts on hours and lengths that a schedule shows where nobody has said them.
import { expect, test } from 'vitest';
import { observedHours, usualMinutes } from './observed-hours.ts';

test('each weekday runs from its first to its last visit, and a day without visits is no day of work', () => {
  const visits = [
    { weekday: 0, from: 540, to: 585 },
    { weekday: 0, from: 900, to: 945 },
    { weekday: 3, from: 1400, to: 1500 },
  ];
  expect(observedHours(visits)).toEqual([
    { weekday: 0, from: '09:00', to: '15:45' },
    { weekday: 3, from: '23:20', to: '24:00' },
  ]);
  expect(observedHours([])).toEqual([]);
});

test('the usual length is the middle one, unknown where none is known', () => {
  expect(usualMinutes([30, 60, 45])).toBe(45);
  expect(usualMinutes([])).toBeNull();
});
