// Waiting patients and freed slots for tests and measurements; made up, drawn by a seed where there are many.
import { addDays } from '../../calendar.ts';
import type { Candidate, FreedSlot } from '../candidate.ts';

export const now = '2026-06-01T14:00:00.000Z';

/** Wed 3 June 2026, 10:00 in Chicago. */
export const slot: FreedSlot = {
  ref: 'slot_1',
  start: '2026-06-03T15:00:00.000Z',
  minutes: 45,
  zone: 'America/Chicago',
  therapist: 'th_1',
  discipline: 'PT',
  location: 'loc_1',
  equipment: ['table'],
  givenUpBy: null,
};

export function waiting(entry: string, more: Partial<Candidate> = {}): Candidate {
  return {
    entry,
    patient: entry.replace('wait', 'pat'),
    discipline: 'PT',
    minutes: 45,
    therapists: null,
    wantedTherapist: null,
    locations: null,
    equipment: [],
    times: [{ weekday: 2, from: '08:00', to: '12:00' }],
    noticeMinutes: 0,
    plan: { from: '2026-05-01', to: '2026-07-31', visitsPerWeek: 3, daysApart: 1 },
    visitDays: [],
    replaces: null,
    authorization: { required: true, visitsLeft: 8, from: '2026-05-01', to: '2026-07-31' },
    benefitVisitsLeft: 20,
    visitsBooked: 0,
    waitingSince: '2026-05-25T12:00:00.000Z',
    priority: 'routine',
    offers: [],
    holdsSlot: null,
    paused: false,
    ...more,
  };
}

/** Many who wait, of every kind; `random` gives numbers from 0 up to, not including, 1. */
export function manyWaiting(count: number, random: () => number): Candidate[] {
  const below = (most: number): number => Math.floor(random() * most);
  return Array.from({ length: count }, (_, index) => {
    const booked = below(4);
    return waiting(`wait_${String(index).padStart(5, '0')}`, {
      discipline: below(10) === 0 ? 'OT' : 'PT',
      minutes: [30, 45, 60][below(3)] ?? 45,
      therapists: below(2) === 0 ? null : [`th_${1 + below(4)}`, `th_${1 + below(4)}`],
      wantedTherapist: below(2) === 0 ? null : `th_${1 + below(4)}`,
      equipment: below(8) === 0 ? ['pool'] : [],
      times: below(12) === 0 ? null : [{ weekday: 2, from: '08:00', to: below(2) === 0 ? '12:00' : '10:30' }],
      visitDays: Array.from({ length: booked }, () => addDays('2026-06-01', below(7))),
      visitsBooked: booked,
      authorization: {
        required: below(5) > 0,
        visitsLeft: below(10) === 0 ? null : below(10),
        from: '2026-05-01',
        to: below(10) === 0 ? '2026-06-02' : '2026-07-31',
      },
      benefitVisitsLeft: below(4) === 0 ? 'unlimited' : below(30),
      waitingSince: `2026-05-${String(1 + below(31)).padStart(2, '0')}T12:00:00.000Z`,
      priority: (['urgent', 'soon', 'routine'] as const)[below(3)] ?? 'routine',
      offers: Array.from({ length: below(3) }, (__, offer) => ({
        slot: `slot_old_${offer}`,
        at: `2026-05-${String(1 + below(31)).padStart(2, '0')}T12:00:00.000Z`,
      })),
    });
  });
}
