// What each patient's plan of care wants of the schedule, with what authorization and benefit year have left: structure only.
import { dayNumber, weekOf } from '../../domain/calendar.ts';
import { clockOf, zoneClock } from '../../domain/schedule/clock.ts';
import type { Clinic, Plan } from '../../domain/series/plan.ts';
import type { VisitsLeft } from '../../domain/waitlist/candidate.ts';
import type { Db, Trx } from '../database/tables.ts';
import { authorizationOf, benefitVisitsLeft } from '../waitlist/candidates.ts';
import type { ScheduleNeeds } from './needs.ts';
import { timesOf } from './patient-times.ts';

export interface PlanAsk {
  readonly today: string;
  readonly weeks: number;
  readonly assumedMinutes: number;
  /** Visits wanted a week, where the asker says so; null: as the plan of care has it. */
  readonly visitsPerWeek: readonly number[] | null;
  readonly daysApart: number | null;
  readonly minutes: number | null;
  readonly wantedTherapist: string | null;
  readonly equipment: readonly string[];
}

/** The plan of one patient; null where nobody has said how often visits are wanted. */
export async function planOf(
  needs: ScheduleNeeds,
  db: Db | Trx,
  clinic: string,
  patient: string,
  picture: Clinic,
  ask: PlanAsk,
): Promise<Plan | null> {
  const care = await db.selectFrom('care_plans').selectAll().where('patient', '=', patient).executeTakeFirst();
  const last = care?.ends_on ?? null;
  const from = laterOf(ask.today, care?.starts_on ?? null);
  const perWeek = ask.visitsPerWeek ?? weeksOf(from, last, care?.visits_per_week ?? null, ask.weeks);
  if (perWeek === null) return null;
  const own = picture.bookings.filter((one) => one.patient === patient);
  const authorization = await authorizationOf(needs, db, { clinic, patient });
  const booked = own.length;
  const clock = zoneClock(picture.zone);
  const [first] = own;
  const visits = perWeek.reduce((most, one) => Math.max(most, one), 0);
  return {
    ref: patient,
    patient,
    discipline: 'PT',
    minutes: ask.minutes ?? first?.minutes ?? (await usualMinutesOf(db, patient)) ?? ask.assumedMinutes,
    from,
    to: last,
    visitsPerWeek: perWeek,
    // Up to three a week leave a day between; more cannot.
    daysApart: ask.daysApart ?? (visits <= 3 ? 2 : 1),
    therapists: null,
    wantedTherapist: ask.wantedTherapist ?? (await therapistOf(db, clinic, patient, care?.therapist_key ?? null)),
    locations: null,
    equipment: ask.equipment,
    times: await timesOf(db, patient),
    usualTime:
      first === undefined ? await usualTimeOf(db, patient, picture.zone) : clockOf(clock.wall(first.start, 0).from),
    priority: 'routine',
    authorization: { required: authorization.required, from: authorization.from, to: authorization.to },
    authorizationVisitsFree: lessBooked(authorization.visitsLeft, booked),
    benefitVisitsFree: lessBooked(await benefitVisitsLeft(db, clinic, patient), booked),
  };
}

function laterOf(one: string, other: string | null): string {
  return other === null || other < one ? one : other;
}

/** So many visits in each week from the week of `from` to the plan's last; null where how often is unknown, or the plan is over. */
function weeksOf(from: string, last: string | null, visits: number | null, most: number): readonly number[] | null {
  if (visits === null || (last !== null && last < from)) return null;
  const weeks = last === null ? most : Math.min(most, weekOf(dayNumber(last)) - weekOf(dayNumber(from)) + 1);
  return Array.from({ length: Math.max(1, weeks) }, () => visits);
}

function lessBooked(left: VisitsLeft, booked: number): VisitsLeft {
  return typeof left === 'number' ? left - booked : left;
}

/** Who treated last, else whom the chart names. */
async function therapistOf(db: Db, clinic: string, patient: string, key: string | null): Promise<string | null> {
  const visit = await db
    .selectFrom('appointments')
    .select('therapist')
    .where('patient', '=', patient)
    .where('therapist', 'is not', null)
    .where('status', 'in', ['booked', 'arrived'])
    .orderBy('starts_at', 'desc')
    .executeTakeFirst();
  if (visit !== undefined) return visit.therapist;
  if (key === null) return null;
  const named = await db
    .selectFrom('therapists')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('name_key', '=', key)
    .where('active', '=', true)
    .execute();
  // Of two of one name nobody can tell which.
  return named.length === 1 ? (named[0]?.ref ?? null) : null;
}

async function usualMinutesOf(db: Db, patient: string): Promise<number | null> {
  const row = await db
    .selectFrom('appointments')
    .select('minutes')
    .where('patient', '=', patient)
    .where('minutes', 'is not', null)
    .where((eb) => eb.or([eb('kind', 'is', null), eb('kind', '<>', 'evaluation')]))
    .orderBy('starts_at', 'desc')
    .executeTakeFirst();
  return row?.minutes ?? null;
}

async function usualTimeOf(db: Db, patient: string, zone: string): Promise<string | null> {
  const row = await db
    .selectFrom('appointments')
    .select('starts_at')
    .where('patient', '=', patient)
    .where('starts_at', 'is not', null)
    .where('status', '=', 'arrived')
    .orderBy('starts_at', 'desc')
    .executeTakeFirst();
  const at = row?.starts_at ?? null;
  return at === null ? null : clockOf(zoneClock(zone).wall(at.toISOString(), 0).from);
}
