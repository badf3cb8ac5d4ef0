// A call about coverage is due before the visit, at the end of a clinic's day, and never in the past.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dateInZone } from '../calendar.ts';
import { exceptionDue } from './due.ts';

const zone = 'America/Chicago';

test('it is due at five on the day before the visit, on the clinic’s clock', () => {
  expect(exceptionDue('2026-06-19', new Date('2026-06-15T14:00:00Z'), zone)).toBe('2026-06-18T22:00:00.000Z');
  expect(exceptionDue('2026-12-18', new Date('2026-12-15T14:00:00Z'), zone)).toBe('2026-12-17T23:00:00.000Z');
});

test('for a visit of today or tomorrow it is due today, not overdue', () => {
  const nine = new Date('2026-06-15T14:00:00Z');
  for (const visit of ['2026-06-15', '2026-06-16'])
    expect(exceptionDue(visit, nine, zone)).toBe('2026-06-15T22:00:00.000Z');
});

test('what the overnight batch finds about tomorrow’s visit is due tomorrow', () => {
  // Eight in the evening in Chicago is already the next day in Greenwich.
  expect(exceptionDue('2026-06-16', new Date('2026-06-16T01:00:00Z'), zone)).toBe('2026-06-16T22:00:00.000Z');
});

test('it is always still to come, within a day of the visit’s eve or of now, and at five', () => {
  const zones = ['America/New_York', 'America/Chicago', 'America/Phoenix', 'America/Los_Angeles', 'Pacific/Honolulu'];
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: -30, max: 60 }), fc.constantFrom(...zones), (now, days, where) => {
      const today = dateInZone(now.toISOString(), where);
      const visit = addDays(today, days);
      const due = exceptionDue(visit, now, where);
      expect(due > now.toISOString()).toBe(true);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: where, timeStyle: 'short' }).format(new Date(due));
      expect(clock).toBe('17:00');
      const day = dateInZone(due, where);
      const eve = addDays(visit, -1);
      if (eve > today) expect(day).toBe(eve);
      else expect([today, addDays(today, 1)]).toContain(day);
    }),
  );
});
