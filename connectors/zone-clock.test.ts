// The clocks of a zone on the two nights on which they are moved, and on all other days.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ZoneClock } from './zone-clock.ts';

const denver = new ZoneClock('America/Denver');

test('the hour that daylight saving skips does not exist, the one it repeats is its first', () => {
  expect(denver.instantAt('2026-03-08', '02:30')).toBeNull();
  expect(denver.instantAt('2026-11-01', '01:30')).toBe('2026-11-01T07:30:00.000Z');
});

test('an instant told with its offset is shown on the clocks of the zone, one without is none', () => {
  const shown = { date: '2026-11-16', time: '18:30', startsAt: '2026-11-17T01:30:00.000Z' };
  for (const text of ['2026-11-17T01:30:00Z', '2026-11-16T20:30-05:00', '2026-11-17T01:30:00.000+0000'])
    expect(denver.momentOf(text)).toEqual(shown);
  for (const text of ['2026-11-17T01:30:00', '2026-11-17', 'soon', '2026-13-17T01:30:00Z'])
    expect(denver.momentOf(text)).toBeNull();
});

test('what a clock shows at an instant is that instant again, whatever the zone, but for an hour that comes twice', () => {
  const zones = ['America/Denver', 'America/Phoenix', 'America/St_Johns', 'Pacific/Chatham', 'UTC'];
  const clocks = zones.map((zone) => new ZoneClock(zone));
  const minutes = { min: Date.UTC(1980, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 };
  fc.assert(
    fc.property(fc.constantFrom(...clocks), fc.integer(minutes), (clock, minute) => {
      const instant = new Date(minute * 60_000).toISOString();
      const shown = clock.momentOf(instant);
      const again = shown === null ? null : clock.instantAt(shown.date, shown.time);
      expect(shown?.startsAt).toBe(instant);
      if (again !== instant) expect(Date.parse(instant) - Date.parse(again ?? '')).toBe(3_600_000);
    }),
  );
});
