// The nightly comparison keeps the clinic's clock, over the changes of summer time too.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextNight } from './nightly.ts';

const chicago = 'America/Chicago';

test.each([
  ['before four it is today', '2026-11-18T09:30:00Z', '2026-11-18T10:00:00.000Z'],
  ['at four it is tomorrow', '2026-11-18T10:00:00Z', '2026-11-19T10:00:00.000Z'],
  [
    'over the end of summer time (1 November 2026) it is still four',
    '2026-10-31T12:00:00Z',
    '2026-11-01T10:00:00.000Z',
  ],
  ['over its beginning (8 March 2026) too', '2026-03-07T12:00:00Z', '2026-03-08T09:00:00.000Z'],
])('%s', (_what, after, due) => {
  expect(nextNight('04:00', chicago, after)).toBe(due);
});

test('a time that the clock jumps over is made up for the next night', () => {
  const due = nextNight('02:30', chicago, '2026-03-08T06:00:00Z');
  expect(Date.parse(due)).toBeGreaterThan(Date.parse('2026-03-08T06:00:00Z'));
  expect(Date.parse(due)).toBeLessThanOrEqual(Date.parse('2026-03-09T08:30:00Z'));
});

test('it is always ahead, and never more than two days', () => {
  const clocks = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const zones = fc.constantFrom('America/Chicago', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC');
  fc.assert(
    fc.property(
      fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }),
      clocks,
      zones,
      (seconds, [hour, minute], zone) => {
        const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
        const ahead = Date.parse(nextNight(clock, zone, new Date(seconds * 1000).toISOString())) - seconds * 1000;
        return ahead > 0 && ahead <= 49 * 3_600_000;
      },
    ),
  );
});
