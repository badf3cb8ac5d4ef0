// Series of visits: what is proposed for a plan, what is not and why, and what holds whatever the clinic.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { seriesRule as rule } from '../../rules/testing/scheduling.ts';
import { addDays, dayNumber, weekdayOf } from '../calendar.ts';
import { modelOf } from './model.ts';
import type { Booking, Clinic, Plan } from './plan.ts';
import { boundAt, searchByPrices } from './prices.ts';
import { propose } from './proposal.ts';
import { busyClinic, clinic, monday, plan, therapist, workdays } from './testing/clinics.ts';
import { faultsOf } from './testing/faults.ts';

const days = (...dates: readonly string[]) =>
  dates.map((date) => ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'][weekdayOf(dayNumber(date))]);
const reasons = (of: Clinic, ...plans: Plan[]) =>
  propose(of, plans, rule).unplaced.flatMap((one) => one.reasons.map(({ rule: id, words }) => `${id}: ${words}`));
const booking = (ref: string, more: Partial<Booking> = {}): Booking => ({
  ref,
  patient: null,
  therapist: 'th_1',
  room: null,
  start: '2026-06-01T13:00:00.000Z',
  minutes: 240,
  plan: null,
  ...more,
});

describe('a plan of three visits a week for four weeks', () => {
  const times = workdays('08:00', '12:00');
  const four = plan('plan_1', { visitsPerWeek: [3, 3, 3, 3], wantedTherapist: 'th_1', usualTime: '09:00', times });

  test('gets twelve, a day between two, with its therapist at its usual hour; the bound proves that nothing is better', () => {
    const proposal = propose(clinic(), [four], rule);
    expect(proposal.visits).toHaveLength(12);
    expect(days(...proposal.visits.slice(0, 3).map(({ date }) => date))).toEqual(['Mo', 'We', 'Fr']);
    expect(new Set(proposal.visits.map(({ time }) => time))).toEqual(new Set(['09:00']));
    expect(proposal).toMatchObject({ unplaced: [], points: 12_000, bound: 12_000, gap: 0 });
  });

  test('gets eight where eight are authorized, and the four others are explained', () => {
    const proposal = propose(clinic(), [{ ...four, authorizationVisitsFree: 8 }], rule);
    expect(proposal.visits).toHaveLength(8);
    expect(proposal.unplaced.reduce((sum, { missing }) => sum + missing, 0)).toBe(4);
    expect(proposal.unplaced[0]?.reasons).toEqual([
      { rule: 'series.authorization-visits', words: 'The authorization has 8 visits free' },
    ]);
  });

  test('is not held back by an unknown: the visits are proposed and marked', () => {
    const { visits } = propose(clinic(), [{ ...four, authorizationVisitsFree: null }], rule);
    expect(visits).toHaveLength(12);
    expect(visits[0]?.notes).toEqual(['How many visits the authorization has left is unknown']);
  });

  test('tapers where the plan does, and counts what is booked already', () => {
    const tapering = { ...four, visitsPerWeek: [3, 2, 1] };
    expect(propose(clinic(), [tapering], rule).visits).toHaveLength(6);
    const booked = [
      booking('appt_1', { patient: 'pat_1', plan: 'plan_1', start: '2026-06-02T14:00:00.000Z', minutes: 45 }),
    ];
    const { visits, unplaced } = propose(clinic({ bookings: booked }), [tapering], rule);
    expect(visits).toHaveLength(4);
    expect(unplaced[0]?.reasons.map(({ words }) => words)).toContain(
      '3 days of the week are too near to a booked visit',
    );
    expect(visits.some(({ date }) => date === '2026-06-01' || date === '2026-06-03')).toBe(false);
  });
});

describe('what finds no place says why', () => {
  test('the authorization ends on Tuesday, the plan of care on Wednesday', () => {
    const until = (to: string) => ({ authorization: { required: true, from: null, to } });
    expect(reasons(clinic(), plan('plan_1', until('2026-06-02')))).toContain(
      'series.authorization-dates: 5 days of the week lie outside the authorization',
    );
    expect(reasons(clinic(), plan('plan_1', { to: '2026-06-03' }))).toContain(
      'series.plan-dates: 4 days of the week lie after the plan of care',
    );
  });

  test('nobody may treat, no room has the pool, the patient comes elsewhere', () => {
    const rooms = [{ ref: 'room_1', location: 'loc_1', equipment: [] }];
    expect(reasons(clinic(), plan('plan_1', { discipline: 'OT' }))).toEqual([
      'series.no-therapist: No therapist of the clinic may treat under this plan',
    ]);
    expect(reasons(clinic({ rooms }), plan('plan_1', { equipment: ['pool'] }))).toEqual([
      'series.equipment: Where the therapists work no room has the equipment',
    ]);
    expect(reasons(clinic(), plan('plan_1', { locations: ['loc_2'] }))).toHaveLength(1);
  });

  test('the therapist is away or booked, the patient can come in the evening only', () => {
    const evening = plan('plan_1', { times: workdays('17:00', '20:00') });
    expect(reasons(clinic(), evening)[0]).toMatch(/^series.times: At \d+ places the patient cannot come$/);
    const daysOff = [0, 1, 2, 3, 4].map((day) => addDays(monday, day));
    expect(reasons(clinic({ therapists: [therapist('th_1', { daysOff })] }), plan('plan_1'))).toEqual([
      'series.booked-full: The therapists or rooms that would do are booked or away on some of the days',
    ]);
  });

  test('one hour and two who want it: the urgent plan has it, the other is told', () => {
    const one = clinic({ therapists: [therapist('th_1', { hours: [{ weekday: 0, from: '08:00', to: '08:45' }] })] });
    const routine = plan('plan_1', { visitsPerWeek: [1] });
    const urgent = plan('plan_2', { visitsPerWeek: [1], priority: 'urgent' });
    const proposal = propose(one, [routine, urgent], rule);
    expect(proposal.visits.map(({ plan: of }) => of)).toEqual(['plan_2']);
    expect(proposal.unplaced[0]?.reasons.map(({ rule: id }) => id)).toContain('series.others-first');
    expect(proposal.gap).toBeLessThan(0.001);
  });
});

test('rooms: two visits at once need two; a booked room and a short gap in each do not make one', () => {
  const two = clinic({
    therapists: ['th_1', 'th_2'].map((ref) => therapist(ref, { hours: [{ weekday: 0, from: '08:00', to: '09:30' }] })),
    rooms: ['room_1', 'room_2'].map((ref) => ({ ref, location: 'loc_1', equipment: [] })),
    bookings: [
      booking('appt_1', { therapist: null, room: 'room_1', start: '2026-06-01T13:00:00.000Z', minutes: 45 }),
      booking('appt_2', { therapist: null, room: 'room_2', start: '2026-06-01T13:45:00.000Z', minutes: 45 }),
    ],
  });
  const long = plan('plan_1', { minutes: 60, visitsPerWeek: [1] });
  expect(propose(two, [long], rule).visits).toEqual([]);
  const short = ['plan_1', 'plan_2', 'plan_3'].map((ref) => plan(ref, { visitsPerWeek: [1] }));
  expect(propose(two, short, rule).visits.map(({ room, time }) => [room, time])).toEqual([
    ['room_2', '08:00'],
    ['room_1', '08:45'],
  ]);
});

test('a patient with two plans is never at two places at once', () => {
  const both = clinic({
    therapists: [
      therapist('th_1', { hours: [{ weekday: 0, from: '08:00', to: '09:30' }] }),
      therapist('th_2', { discipline: 'OT', hours: [{ weekday: 0, from: '08:00', to: '09:30' }] }),
    ],
  });
  const plans = [
    plan('plan_1', { visitsPerWeek: [1] }),
    plan('plan_2', { patient: 'pat_1', discipline: 'OT', visitsPerWeek: [1] }),
  ];
  const { visits } = propose(both, plans, rule);
  expect(visits.map(({ time }) => time).sort()).toEqual(['08:00', '08:45']);
});

describe('on nights on which the clocks change', () => {
  const night = clinic({ therapists: [therapist('th_1', { hours: [{ weekday: 6, from: '01:00', to: '04:00' }] })] });

  test('forward: no visit at an hour that is skipped, none over it', () => {
    const four = ['plan_1', 'plan_2', 'plan_3', 'plan_4'].map((ref) =>
      plan(ref, {
        from: '2026-03-02',
        visitsPerWeek: [1],
        minutes: 60,
        authorization: { required: false, from: null, to: null },
      }),
    );
    const { visits } = propose(night, four, rule);
    expect(visits.map(({ time, start }) => `${time} ${start}`)).toEqual([
      '01:00 2026-03-08T07:00:00.000Z',
      '03:00 2026-03-08T08:00:00.000Z',
    ]);
  });

  test('back: a booking at the second half past one keeps both halves free', () => {
    const booked = booking('appt_1', { start: '2026-11-01T07:30:00.000Z', minutes: 30 });
    const one = plan('plan_1', { from: '2026-10-26', visitsPerWeek: [1], minutes: 30 });
    const { visits } = propose({ ...night, bookings: [booked] }, [one], rule);
    expect(visits[0]?.time).not.toBe('01:30');
  });
});

describe('whatever the clinic', () => {
  const clinics = fc.record({
    seed: fc.integer(),
    visits: fc.integer({ min: 3, max: 45 }),
    weeks: fc.integer({ min: 1, max: 3 }),
  });

  test('no therapist, room or patient twice, every limit kept, every missing visit explained, the bound above', () => {
    fc.assert(
      fc.property(clinics, ({ seed, visits, weeks }) => {
        const made = busyClinic(visits, weeks, randomFrom(seed));
        const proposal = propose(made.clinic, made.plans, rule);
        expect(faultsOf(made.clinic, made.plans, proposal)).toEqual([]);
        expect(proposal.points).toBe(proposal.visits.reduce((sum, { points }) => sum + points, 0));
        expect(proposal.bound).toBeGreaterThanOrEqual(proposal.points);
      }),
      { numRuns: 25 },
    );
  });

  test('what is proposed, once booked, is not proposed again and leaves its time to nobody else', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const made = busyClinic(30, 1, randomFrom(seed));
        const first = propose(made.clinic, made.plans, rule);
        const booked = first.visits.map((visit, index) => ({ ...visit, ref: `appt_n${index}` }));
        const after = { ...made.clinic, bookings: [...made.clinic.bookings, ...booked] };
        const second = propose(after, made.plans, rule);
        expect(faultsOf(after, made.plans, { ...second, unplaced: second.unplaced })).toEqual([]);
        expect(second.visits.length).toBeLessThanOrEqual(first.unplaced.reduce((sum, { missing }) => sum + missing, 0));
      }),
      { numRuns: 15 },
    );
  });

  test('any prices give a bound: no proposal is worth more', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 600, noNaN: true }), (seed, most) => {
        const random = randomFrom(seed);
        const made = busyClinic(25, 1, random);
        const model = modelOf(made.clinic, made.plans, rule);
        const { points } = searchByPrices(model);
        const prices = Float64Array.from(model.grid.capacity, () => random() * most);
        expect(boundAt(model, prices)).toBeGreaterThanOrEqual(points - 1e-6);
      }),
      { numRuns: 25 },
    );
  });

  test('when time is up at once there is a proposal that holds, with its bound', () => {
    const made = busyClinic(60, 1, randomFrom(4));
    const proposal = propose(made.clinic, made.plans, rule, () => false);
    expect(faultsOf(made.clinic, made.plans, proposal)).toEqual([]);
    expect(proposal.visits.length).toBeGreaterThan(40);
    expect(proposal.bound).toBeGreaterThanOrEqual(proposal.points);
  });

  test('the same clinic gives the same proposal', () => {
    const made = busyClinic(60, 1, randomFrom(5));
    expect(propose(made.clinic, made.plans, rule)).toEqual(propose(made.clinic, made.plans, rule));
  });
});
