// Made-up clinics with plans that want visits, drawn by a seed; for tests and measurements.
import { addDays } from '../../calendar.ts';
import type { WeeklyWindow } from '../../schedule/clock.ts';
import type { Booking, Clinic, Plan, Room, Therapist } from '../plan.ts';

export const monday = '2026-06-01';

export const workdays = (from: string, to: string): WeeklyWindow[] =>
  [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from, to }));

export function therapist(ref: string, more: Partial<Therapist> = {}): Therapist {
  return { ref, discipline: 'PT', location: 'loc_1', hours: workdays('08:00', '12:00'), daysOff: [], ...more };
}

export function plan(ref: string, more: Partial<Plan> = {}): Plan {
  return {
    ref,
    patient: ref.replace('plan', 'pat'),
    discipline: 'PT',
    minutes: 45,
    from: monday,
    to: null,
    visitsPerWeek: [3],
    daysApart: 2,
    therapists: null,
    wantedTherapist: null,
    locations: null,
    equipment: [],
    times: null,
    usualTime: null,
    priority: 'routine',
    authorization: { required: true, from: '2026-05-01', to: '2026-12-31' },
    authorizationVisitsFree: 12,
    benefitVisitsFree: 'unlimited',
    ...more,
  };
}

export function clinic(more: Partial<Clinic> = {}): Clinic {
  return { zone: 'America/Chicago', therapists: [therapist('th_1')], rooms: [], bookings: [], ...more };
}

/**
 * A clinic with about so many visits wanted a week: a therapist for every sixty, who works for eight hours; patients with a
 * therapist of their own and two who may stand in, hours of their own, and one in ten who needs the pool.
 */
export function busyClinic(
  visitsAWeek: number,
  weeks: number,
  random: () => number,
): { clinic: Clinic; plans: Plan[] } {
  const below = (most: number): number => Math.floor(random() * most);
  const count = Math.max(2, Math.round(visitsAWeek / 45));
  const therapists = Array.from({ length: count }, (_, index) =>
    therapist(`th_${index}`, { hours: index % 3 === 0 ? workdays('10:00', '18:00') : workdays('08:00', '16:00') }),
  );
  const rooms: Room[] = Array.from({ length: count + Math.ceil(count / 4) }, (_, index) => ({
    ref: `room_${index}`,
    location: 'loc_1',
    equipment: index < Math.ceil(count / 4) ? ['pool'] : [],
  }));
  const plans: Plan[] = [];
  for (let wanted = 0; wanted < visitsAWeek; ) {
    const perWeek = 2 + below(2);
    const own = below(count);
    const evening = below(5) === 0;
    plans.push(
      plan(`plan_${String(plans.length).padStart(5, '0')}`, {
        minutes: [30, 45, 45, 60][below(4)] ?? 45,
        visitsPerWeek: Array.from({ length: weeks }, () => perWeek),
        daysApart: 1 + below(2),
        wantedTherapist: `th_${own}`,
        therapists: [own, (own + 1) % count, (own + 2 + below(2)) % count].map((index) => `th_${index}`),
        equipment: below(10) === 0 ? ['pool'] : [],
        times: evening
          ? workdays('14:00', '18:00')
          : workdays(['08:00', '09:00', '12:00'][below(3)] ?? '08:00', '18:00'),
        usualTime: below(2) === 0 ? null : `${String(9 + below(7)).padStart(2, '0')}:00`,
        priority: (['urgent', 'soon', 'routine', 'routine'] as const)[below(4)] ?? 'routine',
        authorizationVisitsFree: below(10) === 0 ? below(4) : 12,
      }),
    );
    wanted += perWeek;
  }
  const bookings: Booking[] = therapists.map(({ ref }, index) => ({
    ref: `appt_${index}`,
    patient: null,
    therapist: ref,
    room: null,
    start: `${addDays(monday, below(5))}T17:00:00.000Z`,
    minutes: 60,
    plan: null,
  }));
  return { clinic: { zone: 'America/Chicago', therapists, rooms, bookings }, plans };
}
