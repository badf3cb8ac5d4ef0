// Missed visits that have no other in their place: in which order they are booked anew, and who missed several.
import { missedAlerts, rebookingOrder } from '../../domain/attendance/missed.ts';
import type { MissedAlert, MissedVisit, Rebooking } from '../../domain/attendance/missed.ts';
import { addDays, weekStart } from '../../domain/calendar.ts';
import { priorities } from '../../domain/waitlist/book-schema.ts';
import type { Priority } from '../../domain/waitlist/book-schema.ts';
import type { AttendanceNeeds, ClinicDay } from './needs.ts';

type Needs = Pick<AttendanceNeeds, 'db'>;

/** One line for each patient whose newest visit of the last weeks was missed or who is behind the plan, in the order to call them. */
export async function rebookingsOf(needs: Needs, clinic: string, day: ClinicDay): Promise<readonly Rebooking[]> {
  const { db } = needs;
  const { today, rule } = day;
  const missed = await missedSince(needs, clinic, addDays(today, -rule.missed.alertDays), today);
  const newest = new Map(missed.map((one) => [one.patient, one]));
  const patients = [...newest.keys()];
  if (patients.length === 0) return [];
  const plans = await plansOf(needs, clinic, patients);
  const urgent = await prioritiesOf(needs, clinic, patients);
  const visits = await db
    .selectFrom('appointments')
    .select(['patient', 'date', 'status'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('status', 'in', ['booked', 'arrived'])
    .orderBy('date')
    .execute();
  const monday = weekStart(today);
  const sunday = addDays(monday, 6);
  const lines = [...newest.values()].flatMap(({ appointment, patient, date }): MissedVisit[] => {
    const own = visits.filter((one) => one.patient === patient);
    const { perWeek, ends: planEnds } = plans.get(patient) ?? { perWeek: null, ends: null };
    const thisWeek = own.filter((one) => one.date >= monday && one.date <= sunday).length;
    const behindPlan = perWeek === null ? null : Math.max(0, perWeek - thisWeek);
    // Another visit stands in its place unless the plan asks for more.
    const isReplaced = own.some((one) => one.date > date && (one.status === 'arrived' || one.date >= today));
    if (isReplaced && (behindPlan ?? 0) === 0) return [];
    const lastKept = own.findLast(({ status }) => status === 'arrived')?.date ?? null;
    const priority = urgent.get(patient) ?? null;
    return [{ appointment, patient, date, priority, behindPlan, planEnds, lastKept }];
  });
  return rebookingOrder(lines, today);
}

/** Patients who missed as many as the rule names; told once for the same visits. */
export async function alertsOf(
  needs: Needs,
  clinic: string,
  { today, rule }: Pick<ClinicDay, 'today' | 'rule'>,
): Promise<readonly MissedAlert[]> {
  return missedAlerts(await missedSince(needs, clinic, addDays(today, -rule.missed.alertDays), today), rule, today);
}

async function missedSince({ db }: Needs, clinic: string, from: string, to: string) {
  return db
    .selectFrom('appointments')
    .select(['ref as appointment', 'patient', 'date'])
    .where('clinic', '=', clinic)
    .where('status', '=', 'missed')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .orderBy('ref')
    .execute();
}

/** How urgent somebody called the next visit: on the waitlist, or the therapist after several missed ones. */
async function prioritiesOf(
  { db }: Needs,
  clinic: string,
  patients: readonly string[],
): Promise<ReadonlyMap<string, Priority>> {
  const waiting = await db
    .selectFrom('waitlist_entries')
    .select(['patient', 'priority'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...patients])
    .where('state', 'in', ['waiting', 'paused'])
    .execute();
  const decided = await db
    .selectFrom('work_items as w')
    .innerJoin('work_item_decisions as d', 'd.work_item', 'w.id')
    .distinctOn('w.subject')
    .select(['w.subject as patient', 'd.decision'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'patient.missedSeveral')
    .where('w.subject', 'in', [...patients])
    .where('d.state', '=', 'accepted')
    .orderBy('w.subject')
    .orderBy('d.at', 'desc')
    .execute();
  const found = new Map<string, Priority>();
  const say = (patient: string, priority: Priority): void => {
    const before = found.get(patient);
    if (before === undefined || priorities.indexOf(priority) < priorities.indexOf(before)) found.set(patient, priority);
  };
  for (const { patient, priority } of waiting) say(patient, priority);
  for (const { patient, decision } of decided) if (decision === 'bookSoon') say(patient, 'soon');
  return found;
}

/** What the plans of care ask for: counts and days, as they were read from the charts. */
async function plansOf({ db }: Needs, clinic: string, patients: readonly string[]) {
  const rows = await db
    .selectFrom('care_plans')
    .select(['patient', 'ends_on', 'visits_per_week'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', [...patients])
    .execute();
  return new Map(
    rows.map(({ patient, ends_on: ends, visits_per_week: perWeek }) => [patient, { perWeek, ends }] as const),
  );
}
