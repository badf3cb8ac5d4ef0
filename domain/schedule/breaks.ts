// Which rules a visit would break at another time: told before anybody accepts it there.
import { dateInZone, daysBetween } from '../calendar.ts';
import { conflictsOf } from './conflicts.ts';
import type { ConflictRule } from './conflicts.ts';
import type { SeriesRule } from '../series/book-schema.ts';
import type { Booking, Clinic, Plan } from '../series/plan.ts';

export interface Broken {
  readonly rule: ConflictRule;
  readonly words: string;
  /** Time that somebody or some room has already: nobody may decide against it. */
  readonly isDouble: boolean;
}

const doubles: ReadonlySet<ConflictRule> = new Set([
  'conflict.therapist-twice',
  'conflict.room-twice',
  'conflict.patient-twice',
]);

/**
 * @param visits the visit first, then the others of its series that would lie beside it
 * @param today `YYYY-MM-DD` in the clinic's zone
 */
export function breaksOf(
  picture: Clinic,
  plan: Plan,
  visits: readonly [Booking, ...Booking[]],
  rule: SeriesRule,
  today: string,
): Broken[] {
  const [visit] = visits;
  const date = dateInZone(visit.start, picture.zone);
  const near = (one: Booking): boolean =>
    one.patient === visit.patient ||
    ((one.therapist === visit.therapist || one.room === visit.room) &&
      Math.abs(Date.parse(one.start) - Date.parse(visit.start)) < 86_400_000);
  const bookings = [
    ...picture.bookings.filter(near).filter((one) => !visits.some(({ ref }) => ref === one.ref)),
    ...visits,
  ];
  const until = Math.max(1, daysBetween(today, date));
  const found = conflictsOf(
    { ...picture, bookings },
    [withVisits(plan, visits.length)],
    { ...rule, lookAheadDays: until },
    today,
  );
  return found
    .filter((one) => one.appointments.includes(visit.ref) && one.rule !== 'conflict.too-few-in-week')
    .map((one) => ({ rule: one.rule, words: one.words, isDouble: doubles.has(one.rule) }));
}

/** The plan after so many visits more. */
function withVisits(plan: Plan, count: number): Plan {
  const less = (left: Plan['benefitVisitsFree']): Plan['benefitVisitsFree'] =>
    typeof left === 'number' ? left - count : left;
  return {
    ...plan,
    authorizationVisitsFree: less(plan.authorizationVisitsFree),
    benefitVisitsFree: less(plan.benefitVisitsFree),
  };
}
