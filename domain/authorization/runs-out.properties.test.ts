// What must hold of every projection, whatever the periods and the schedule.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dateOf, dayNumber } from '../calendar.ts';
import type { Appointment } from '../appointment/schema.ts';
import { runsOut } from './runs-out.ts';
import type { Period } from './schema.ts';
import { authorization, period, policy } from './testing/cases.ts';

const base = dayNumber('2026-01-01');
const date = fc.integer({ min: base, max: base + 180 }).map(dateOf);
const today = fc.integer({ min: base + 20, max: base + 120 }).map((day) => ({ date: dateOf(day) }));

const quantity = fc.record({
  visits: fc.option(fc.integer({ min: 0, max: 15 })),
  units: fc.option(fc.integer({ min: 0, max: 40 })),
});

/** `gaps` off: a gap limit is the one limit that another visit can push away. */
function periods(gaps: boolean): fc.Arbitrary<Period[]> {
  const one = fc
    .record({
      from: fc.option(date),
      length: fc.option(fc.integer({ min: 0, max: 90 })),
      approved: quantity,
      status: fc.constantFrom('approved' as const, 'partlyApproved' as const, 'requested' as const, 'denied' as const),
      weekLimit: fc.option(
        fc.record({ visits: fc.integer({ min: 1, max: 3 }), weeks: fc.integer({ min: 1, max: 12 }) }),
      ),
      maxGapDays: gaps ? fc.option(fc.integer({ min: 3, max: 30 })) : fc.constant(null),
    })
    .map(({ from, length, ...rest }) => ({
      ...rest,
      from,
      to: length === null ? null : addDays(from ?? '2026-02-01', length),
    }));
  return fc
    .array(one, { maxLength: 4 })
    .map((all) => all.map((change, index) => period({ ...change, sequence: index + 1 })));
}

const appointment = fc.record({
  date,
  status: fc.constantFrom('booked' as const, 'arrived' as const, 'cancelled' as const, 'missed' as const),
  units: fc.option(fc.integer({ min: 0, max: 5 })),
});

const schedule = fc.array(appointment, { maxLength: 40 }).map((all) =>
  all.map(
    (one, index): Appointment => ({
      ...one,
      ref: `appt_${index}`,
      patient: 'pat_1',
      startsAt: null,
      discipline: 'PT',
    }),
  ),
);

const never = '9999-12-31';

/**
 * A short visit that fills a week in one period pushes a long one into another, and so may leave more units than before:
 * with several periods the units are therefore left out where there are week limits.
 */
function withoutMixedLimits(ps: Period[]): Period[] {
  if (ps.length < 2 || ps.every(({ weekLimit }) => weekLimit === null)) return ps;
  return ps.map((one) => ({ ...one, approved: { ...one.approved, units: null } }));
}

test('another booked visit never makes it run out later', () => {
  fc.assert(
    fc.property(
      periods(false),
      schedule,
      date,
      fc.option(fc.integer({ min: 0, max: 5 })),
      today,
      (ps, visits, on, units, now) => {
        const held = authorization({ periods: withoutMixedLimits(ps) });
        const before = runsOut(held, visits, policy(), now);
        const extra: Appointment = {
          ref: 'appt_x',
          patient: 'pat_1',
          date: on,
          startsAt: null,
          status: 'booked',
          units,
          discipline: 'PT',
        };
        const after = runsOut(held, [...visits, extra], policy(), now);
        expect((after.firstUncoveredVisit?.date ?? never) <= (before.firstUncoveredVisit?.date ?? never)).toBe(true);
        expect((after.runsOutOn ?? never) <= (before.runsOutOn ?? never)).toBe(true);
        expect((after.actBy ?? never) <= (before.actBy ?? never)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test('cancelled and missed visits never matter', () => {
  fc.assert(
    fc.property(periods(true), schedule, today, (ps, visits, now) => {
      const held = authorization({ periods: ps });
      const kept = visits.filter(({ status }) => status === 'booked' || status === 'arrived');
      expect(runsOut(held, visits, policy(), now)).toEqual(runsOut(held, kept, policy(), now));
    }),
  );
});

test('the order in which visits and periods are listed does not matter', () => {
  fc.assert(
    fc.property(periods(true), schedule, today, (ps, visits, now) => {
      const expected = runsOut(authorization({ periods: ps }), visits, policy(), now);
      const shuffled = runsOut(authorization({ periods: [...ps].reverse() }), [...visits].reverse(), policy(), now);
      expect(shuffled).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('to act comes at least a day and the turnaround before the first uncovered visit', () => {
  fc.assert(
    fc.property(periods(true), schedule, today, fc.option(fc.integer({ min: 1, max: 30 })), (ps, visits, now, days) => {
      const basis = days === null ? 'unknown' : 'contract';
      const result = runsOut(
        authorization({ periods: ps }),
        visits,
        policy({ turnaround: { standardDays: days, expeditedHours: null, basis, citation: null } }),
        now,
      );
      expect(result.actBy === null).toBe(result.firstUncoveredVisit === null);
      if (result.actBy === null || result.firstUncoveredVisit === null) return;
      expect(addDays(result.actBy, 1 + (days ?? 21))).toBe(result.firstUncoveredVisit.date);
      expect(result.firstUncoveredVisit.date >= now.date).toBe(true);
    }),
  );
});

test('counts are never negative, and what is left is what is approved less what is used', () => {
  fc.assert(
    fc.property(periods(true), schedule, today, (ps, visits, now) => {
      const { visits: tally, units } = runsOut(authorization({ periods: ps }), visits, policy(), now);
      expect(tally.used).toBeGreaterThanOrEqual(0);
      expect(tally.booked).toBeGreaterThanOrEqual(0);
      expect(tally.left).toBe(tally.approved === null ? null : Math.max(0, tally.approved - tally.used));
      if (units.left !== null) expect(units.left).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('one approved visit more never makes it run out sooner', () => {
  fc.assert(
    fc.property(periods(false), schedule, today, (ps, visits, now) => {
      const single = ps.slice(0, 1);
      const more = single.map((one) => ({
        ...one,
        approved: { ...one.approved, visits: one.approved.visits === null ? null : one.approved.visits + 1 },
      }));
      const before = runsOut(authorization({ periods: single }), visits, policy(), now);
      const after = runsOut(authorization({ periods: more }), visits, policy(), now);
      expect((after.firstUncoveredVisit?.date ?? never) >= (before.firstUncoveredVisit?.date ?? never)).toBe(true);
    }),
  );
});

test('the input is left as it was', () => {
  fc.assert(
    fc.property(periods(true), schedule, today, (ps, visits, now) => {
      const held = authorization({ periods: ps });
      const copy = structuredClone({ held, visits });
      runsOut(held, visits, policy(), now);
      expect({ held, visits }).toEqual(copy);
    }),
  );
});

test('without an approval the first uncovered visit has at least the free visits before it, and no earlier one has', () => {
  fc.assert(
    fc.property(schedule, today, fc.integer({ min: 1, max: 8 }), (visits, now, freeVisits) => {
      const none = authorization({ periods: [] });
      const result = runsOut(none, visits, policy({ authorizationRequired: 'afterVisits', freeVisits }), now);
      const counted = visits
        .filter(({ status }) => status === 'booked' || status === 'arrived')
        .sort((a, b) => a.date.localeCompare(b.date) || a.status.localeCompare(b.status));
      const expected = counted.slice(freeVisits).find((one) => one.status === 'booked' && one.date >= now.date);
      expect(result.firstUncoveredVisit?.date).toBe(expected?.date);
    }),
  );
});
