// What a person types is the clinic's clock, and every clock time that there is can be typed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, localTime } from './zoned-time.ts';

const zone = 'America/Chicago';
const now = '2026-05-04T15:00:00.000Z';

test('the time a packet was sent is the clinic’s clock, also in winter', () => {
  expect(instantOf('2026-05-04T09:30', zone)).toBe('2026-05-04T14:30:00.000Z');
  expect(instantOf('2026-01-04T09:30', zone)).toBe('2026-01-04T15:30:00.000Z');
  expect(localTime(new Date(now), zone)).toBe('2026-05-04T10:00');
  expect(instantOf('soon', zone)).toBeNull();
});

test('any minute that a clinic’s clock shows is the instant it was read at', () => {
  const zones = ['America/New_York', 'America/Phoenix', 'Pacific/Honolulu'];
  const minutes = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (instant, where) => {
      const shown = localTime(instant, where);
      expect(localTime(new Date(instantOf(shown, where) ?? ''), where)).toBe(shown);
    }),
  );
});
