// Missed visits and the end of a plan: who is booked anew first, who is told, and when.
import { describe, expect, test } from 'vitest';
import { attendanceRule as rule } from '../../rules/testing/scheduling.ts';
import { dischargeNotices } from './discharge.ts';
import type { EndingPlan } from './discharge.ts';
import { missedAlerts, rebookingOrder } from './missed.ts';
import type { MissedVisit } from './missed.ts';

const today = '2026-06-10';
const missed = (appointment: string, more: Partial<MissedVisit> = {}): MissedVisit => ({
  appointment,
  patient: appointment.replace('appt', 'pat'),
  date: '2026-06-09',
  priority: 'routine',
  behindPlan: 1,
  planEnds: '2026-07-31',
  lastKept: '2026-06-02',
  ...more,
});

describe('missed visits are booked anew', () => {
  test('by clinical priority, then by the plan, then by who was not seen for longest', () => {
    const order = rebookingOrder(
      [
        missed('appt_1'),
        missed('appt_2', { lastKept: '2026-05-20' }),
        missed('appt_3', { priority: 'urgent', behindPlan: 0 }),
        missed('appt_4', { behindPlan: 2 }),
        missed('appt_5', { planEnds: '2026-06-15' }),
      ],
      today,
    );
    expect(order.map(({ appointment, place }) => `${place} ${appointment}`)).toEqual([
      '1 appt_3',
      '2 appt_4',
      '3 appt_5',
      '4 appt_2',
      '5 appt_1',
    ]);
    expect(order[2]?.reasons).toEqual([
      'The therapist calls it routine',
      '1 visit behind the plan of this week',
      'The plan of care ends in 5 days',
      'Last seen 8 days ago',
    ]);
  });

  test('what nobody called urgent comes with the routine, and says so', () => {
    const order = rebookingOrder([missed('appt_1', { priority: null }), missed('appt_2', { priority: 'soon' })], today);
    expect(order.map(({ appointment }) => appointment)).toEqual(['appt_2', 'appt_1']);
    expect(order[1]?.reasons[0]).toBe('Nobody has said how urgent it is');
  });

  test('two within thirty days are told to the therapist, once', () => {
    const twice = [
      missed('appt_1', { patient: 'pat_9', date: '2026-05-28' }),
      missed('appt_2', { patient: 'pat_9' }),
      missed('appt_3', { patient: 'pat_8', date: '2026-05-01' }),
      missed('appt_4', { patient: 'pat_8' }),
    ];
    const alerts = missedAlerts(twice, rule, today);
    expect(alerts).toEqual([
      {
        patient: 'pat_9',
        appointments: ['appt_1', 'appt_2'],
        key: 'missed/pat_9/appt_2',
        words: 'Missed 2 visits within 30 days, the last 1 day ago',
      },
    ]);
    expect(missedAlerts(twice, rule, '2026-06-12')[0]?.key).toBe(alerts[0]?.key);
  });
});

describe('the end of a plan of care', () => {
  const plan: EndingPlan = {
    ref: 'plan_1',
    patient: 'pat_1',
    ends: '2026-06-20',
    from: '2026-05-25',
    visitsPerWeek: [3, 3, 3, 2],
    renewed: false,
  };
  const told = (on: string, more: Partial<EndingPlan> = {}) =>
    dischargeNotices({ ...plan, ...more }, rule, on).map(({ kind, to }) => `${kind} ${to}`);

  test('is told to the therapist two weeks before, to the patient one week before, and to nobody after it', () => {
    expect(told('2026-06-05')).toEqual([]);
    expect(told('2026-06-06')).toEqual(['planEnds therapist']);
    expect(told('2026-06-13')).toEqual(['planEnds therapist', 'planEnds patient', 'fewerVisits patient']);
    expect(told('2026-06-21')).toEqual([]);
  });

  test('fewer visits a week are told a week before the first week that has fewer', () => {
    const [notice] = dischargeNotices(plan, rule, '2026-06-08').filter(({ kind }) => kind === 'fewerVisits');
    expect(notice).toMatchObject({
      about: '2026-06-15',
      tellOn: '2026-06-08',
      words: 'From Mon 15 Jun on 2 visits a week instead of 3',
      key: 'fewerVisits/plan_1/2026-06-15/patient',
    });
  });

  test('an unknown end is told as unknown, a renewed plan is told to nobody', () => {
    expect(told(today, { ends: null, visitsPerWeek: [] })).toEqual(['endUnknown therapist']);
    expect(told('2026-06-13', { renewed: true })).toEqual([]);
  });
});
