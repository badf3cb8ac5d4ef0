// Visits on the wall's clock: the two nights on which the clocks change, and zones.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../calendar.ts';
import { instantOf, localTime } from '../zoned-time.ts';
import { clockOf, liesWithin, nextOpen, zoneClock } from './clock.ts';

const chicago = zoneClock('America/Chicago');
const forward = dayNumber('2026-03-08');
const back = dayNumber('2026-11-01');

describe('the nights on which the clocks change in Chicago', () => {
  test('2:30 does not exist on 8 March; 3:00 is an hour after 1:00', () => {
    expect(chicago.instant(forward, 150)).toBeNull();
    expect(chicago.instant(forward, 60)).toBe('2026-03-08T07:00:00.000Z');
    expect(chicago.instant(forward, 180)).toBe('2026-03-08T08:00:00.000Z');
    expect(chicago.wall('2026-03-08T07:30:00.000Z', 45)).toMatchObject({ date: '2026-03-08', from: 90, to: 195 });
  });

  test('1:30 comes twice on 1 November: the first is meant, and a visit over it looks shorter than it is', () => {
    expect(chicago.instant(back, 90)).toBe('2026-11-01T06:30:00.000Z');
    expect(chicago.wall('2026-11-01T06:30:00.000Z', 60)).toMatchObject({ from: 90, to: 90 });
  });

  test('only these days count as days of change', () => {
    const days = Array.from({ length: 365 }, (_, index) => dayNumber('2026-01-01') + index);
    expect(days.filter((day) => chicago.changesOn(day))).toEqual([forward, back]);
    expect(days.filter((day) => zoneClock('America/Phoenix').changesOn(day))).toEqual([]);
  });
});

test('a visit past midnight ends on the next day, and windows that touch are one', () => {
  expect(chicago.wall('2026-06-04T04:30:00.000Z', 60)).toMatchObject({ date: '2026-06-03', from: 1410, to: 1470 });
  expect(clockOf(1470)).toBe('00:30');
  const wall = chicago.wall('2026-06-03T16:30:00.000Z', 60);
  const halves = [
    { weekday: 2, from: '12:00', to: '13:00' },
    { weekday: 2, from: '08:00', to: '12:00' },
  ];
  expect(liesWithin(halves, wall)).toBe(true);
  expect(liesWithin(halves.slice(1), wall)).toBe(false);
});

test('the hours of offers open at eight by the clinic’s clock, before and after a change of clocks', () => {
  const hours = { from: '08:00', to: '20:30' };
  expect(nextOpen('2026-03-07T14:00:00.000Z', hours, 'America/Chicago')).toBe('2026-03-07T14:00:00.000Z');
  expect(nextOpen('2026-03-08T02:30:00.000Z', hours, 'America/Chicago')).toBe('2026-03-08T13:00:00.000Z');
  expect(nextOpen('2026-10-31T04:00:00.000Z', hours, 'America/Chicago')).toBe('2026-10-31T13:00:00.000Z');
  expect(nextOpen('2026-11-01T03:00:00.000Z', hours, 'America/Chicago')).toBe('2026-11-01T14:00:00.000Z');
});

test('in any zone a minute of a day goes to the instant that shows it, and back', () => {
  const zones = ['America/New_York', 'America/Denver', 'Pacific/Honolulu', 'Europe/Berlin', 'Asia/Kolkata'];
  const clocks = new Map(zones.map((zone) => [zone, zoneClock(zone)]));
  const any = { zone: fc.constantFrom(...zones), day: fc.integer({ min: 20_000, max: 21_500 }) };
  fc.assert(
    fc.property(fc.record({ ...any, minute: fc.integer({ min: 0, max: 1439 }) }), ({ zone, day, minute }) => {
      const clock = clocks.get(zone);
      const at = clock?.instant(day, minute) ?? null;
      if (at === null) {
        expect(clock?.changesOn(day)).toBe(true);
        return;
      }
      const wall = clock?.wall(at, 0);
      expect(wall).toMatchObject({ day, from: minute });
      expect(localTime(new Date(at), zone)).toBe(`${wall?.date ?? ''}T${clockOf(minute)}`);
      if (clock?.changesOn(day) === false) expect(instantOf(`${wall?.date ?? ''}T${clockOf(minute)}`, zone)).toBe(at);
    }),
    { numRuns: 300 },
  );
});
