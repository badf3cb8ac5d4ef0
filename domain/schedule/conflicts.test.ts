// Conflicts days ahead: what is found in a booked schedule, what is suggested, and that the suggestion mends it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../bench/runs-out-data.ts';
import { seriesRule as rule } from '../../rules/testing/scheduling.ts';
import type { Booking, Clinic, Plan } from '../series/plan.ts';
import { propose } from '../series/proposal.ts';
import { busyClinic, clinic, plan, therapist } from '../series/testing/clinics.ts';
import { conflictsOf } from './conflicts.ts';
import type { Conflict } from './conflicts.ts';

const today = '2026-05-31';
/** A visit at this hour of Chicago's summer. */
const visit = (ref: string, date: string, time: string, more: Partial<Booking> = {}): Booking => ({
  ref,
  patient: 'pat_1',
  therapist: 'th_1',
  room: null,
  start: new Date(`${date}T${time}:00-05:00`).toISOString(),
  minutes: 45,
  plan: 'plan_1',
  ...more,
});
const once = plan('plan_1', { visitsPerWeek: [1], wantedTherapist: 'th_1' });
const other = plan('plan_2', { visitsPerWeek: [1] });
const ruleAndWords = (conflicts: readonly Conflict[]) => conflicts.map((one) => `${one.rule}: ${one.words}`);

/** The schedule after the suggestions were followed. */
function followed(of: Clinic, conflicts: readonly Conflict[], plans: readonly Plan[]): Clinic {
  let bookings = of.bookings;
  for (const { suggestion } of conflicts) {
    if (suggestion.type === 'move')
      bookings = bookings.map((one) => (one.ref === suggestion.appointment ? { ...one, ...suggestion.to } : one));
    if (suggestion.type === 'add') {
      const its = plans.find(({ ref }) => ref === suggestion.plan);
      const { patient = null, minutes = 45 } = its ?? {};
      const { therapist: who, room, start } = suggestion.at;
      const ref = `appt_${bookings.length}`;
      bookings = [...bookings, { ref, patient, therapist: who, room, start, minutes, plan: suggestion.plan }];
    }
  }
  return { ...of, bookings };
}

describe('found days ahead', () => {
  test('a therapist booked twice: the routine visit moves, to the nearest free hour', () => {
    const both = clinic({
      bookings: [
        visit('appt_1', '2026-06-02', '09:00', { plan: 'plan_2', patient: 'pat_2' }),
        visit('appt_2', '2026-06-02', '09:30'),
      ],
    });
    const plans = [{ ...once, priority: 'urgent' as const }, other];
    const [found, ...more] = conflictsOf(both, plans, rule, today);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'conflict.therapist-twice',
      appointments: ['appt_1', 'appt_2'],
      words: 'The therapist is booked twice on Tue 2 Jun at 09:30',
      suggestion: { type: 'move', appointment: 'appt_1', to: { date: '2026-06-02', time: '08:45' } },
    });
    expect(conflictsOf(followed(both, found === undefined ? [] : [found], plans), plans, rule, today)).toEqual([]);
  });

  test('a visit beyond the authorization: the last one booked, with what to do in time', () => {
    const twice = clinic({
      bookings: [visit('appt_1', '2026-06-02', '09:00'), visit('appt_2', '2026-06-09', '09:00')],
    });
    const plans = [{ ...once, visitsPerWeek: [1, 1], authorizationVisitsFree: -1 }];
    expect(conflictsOf(twice, plans, rule, today)).toMatchObject([
      {
        rule: 'conflict.authorization-visits',
        date: '2026-06-09',
        words: 'The authorization has no visit left for Tue 9 Jun: 1 more are booked than it has',
        suggestion: { type: 'act', words: 'Ask for a renewal before that day, or cancel the visit' },
      },
    ]);
    expect(
      conflictsOf(twice, [{ ...once, visitsPerWeek: [1, 1], authorizationVisitsFree: null }], rule, today),
    ).toEqual([]);
  });

  test('a visit while the therapist is away, at an hour the patient cannot come, after the plan of care', () => {
    const away = clinic({
      therapists: [therapist('th_1', { daysOff: ['2026-06-02'] })],
      bookings: [visit('appt_1', '2026-06-02', '09:00')],
    });
    expect(conflictsOf(away, [once], rule, today)).toMatchObject([
      { rule: 'conflict.therapist-away', suggestion: { type: 'move', to: { date: '2026-06-01' } } },
    ]);
    const booked = clinic({ bookings: [visit('appt_1', '2026-06-02', '09:00')] });
    const late = { ...once, times: [{ weekday: 3, from: '10:00', to: '12:00' }] };
    expect(conflictsOf(booked, [late], rule, today)).toMatchObject([
      { rule: 'conflict.patient-times', suggestion: { type: 'move', to: { date: '2026-06-04', time: '10:00' } } },
    ]);
    expect(ruleAndWords(conflictsOf(booked, [{ ...once, to: '2026-06-01' }], rule, today))).toEqual([
      'conflict.plan-dates: The plan of care ends before the visit on Tue 2 Jun at 09:00',
    ]);
  });

  test('a week with two of three visits: one is suggested; where no authorized visit is free, the renewal is', () => {
    const two = clinic({
      bookings: [visit('appt_1', '2026-06-01', '09:00'), visit('appt_2', '2026-06-03', '09:00')],
    });
    const three = { ...once, visitsPerWeek: [3] };
    expect(conflictsOf(two, [three], rule, today)).toMatchObject([
      {
        rule: 'conflict.too-few-in-week',
        words: 'In the week of Mon 1 Jun 2 of 3 visits of the plan are booked',
        suggestion: { type: 'add', at: { date: '2026-06-05' } },
      },
    ]);
    expect(conflictsOf(two, [{ ...three, authorizationVisitsFree: 0 }], rule, today)).toMatchObject([
      {
        suggestion: { type: 'act', words: 'No authorized visit is free: ask for a renewal before one more is booked' },
      },
    ]);
  });

  test('two visits a day apart where the plan asks for a day between', () => {
    const near = clinic({
      bookings: [visit('appt_1', '2026-06-01', '09:00'), visit('appt_2', '2026-06-02', '09:00')],
    });
    expect(conflictsOf(near, [{ ...once, visitsPerWeek: [2] }], rule, today)).toMatchObject([
      { rule: 'conflict.days-apart', suggestion: { type: 'move', to: { date: '2026-06-03', time: '09:00' } } },
    ]);
  });

  test('what lies further ahead than a fortnight is not told yet', () => {
    const far = clinic({
      bookings: [visit('appt_1', '2026-07-07', '09:00'), visit('appt_2', '2026-07-07', '09:00', { patient: 'pat_2' })],
    });
    expect(conflictsOf(far, [], rule, today)).toEqual([]);
    expect(conflictsOf(far, [], rule, '2026-07-01')).toHaveLength(1);
  });
});

test('whatever was booked at random: nothing is found after the suggestions of doubles were followed that was not found before', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = randomFrom(seed);
      const made = busyClinic(24, 1, random);
      const proposal = propose(made.clinic, made.plans, rule);
      const booked = proposal.visits.map((one, index) => ({ ...one, ref: `appt_${String(index).padStart(3, '0')}` }));
      // Somebody moved a few by hand, onto others.
      const moved = booked.map((one, index) => {
        const target = booked[Math.floor(random() * booked.length)];
        return index % 6 === 0 && target !== undefined
          ? { ...one, start: target.start, therapist: target.therapist, room: target.room }
          : one;
      });
      const before: Clinic = { ...made.clinic, bookings: moved };
      const doubles = (of: Clinic) =>
        conflictsOf(of, made.plans, rule, today).filter((one) => one.rule.endsWith('-twice'));
      const found = doubles(before);
      const mendable = found.filter(({ suggestion }) => suggestion.type === 'move');
      const after = doubles(followed(before, mendable, made.plans));
      expect(after.length).toBeLessThanOrEqual(found.length - Math.min(1, mendable.length));
      for (const { suggestion } of found) expect(suggestion.words.length).toBeGreaterThan(10);
    }),
    { numRuns: 15, examples: [[30]] },
  );
});
