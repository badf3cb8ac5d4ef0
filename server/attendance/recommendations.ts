// The facts a manager's day is read from: risks and confirmations, slots nobody has, missed visits, and how full the next days are.
import { recommendationsOf, usualOf } from '../../domain/attendance/recommendations.ts';
import type { ManagerFacts, Recommendation } from '../../domain/attendance/recommendations.ts';
import { addDays } from '../../domain/calendar.ts';
import { namesOf } from '../authorizations/views.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { remindersOf } from '../messages/confirmations.ts';
import { rebookingsOf } from './missed.ts';
import { modelsOf } from './models.ts';
import { dayOf } from './needs.ts';
import type { AttendanceNeeds, ClinicDay } from './needs.ts';
import { visitRisks } from './risks.ts';

/** Visits of today and the day after the next are worth a call. */
const daysToCall = 2;
const daysAhead = 7;
const weeksBack = 8;

export interface ShownRecommendation extends Recommendation {
  readonly name: string | null;
}

/** What to look at first; the names are read for the signed-in person. */
export async function recommendations(
  needs: AttendanceNeeds,
  clinic: string,
  by: SessionPrincipal,
): Promise<{ readonly day: string; readonly lines: readonly ShownRecommendation[] }> {
  const day = await dayOf(needs, clinic);
  const models = await modelsOf(needs, clinic, day);
  const risks = await visitRisks(needs, clinic, day, models, daysToCall);
  const reminders = await remindersOf(needs, clinic, { from: day.today, to: addDays(day.today, daysToCall) });
  const confirmations = new Map(reminders.map(({ visit, confirmation }) => [visit, confirmation]));
  const found = recommendationsOf({
    today: day.today,
    spoken: spokenIn(day.zone),
    rule: day.rule,
    baseRate: models.noShow.model.baseRate,
    visits: risks.flatMap((risk) => {
      const confirmation = confirmations.get(risk.visit);
      return confirmation === undefined ? [] : [{ ...risk, confirmation }];
    }),
    slots: await freeSlots(needs, clinic),
    conflicts: await needs.conflictsAhead(clinic),
    rebookings: await rebookingsOf(needs, clinic, day),
    loads: await loadsOf(needs, clinic, day),
  });
  const names = await namesOf(
    needs.vault,
    clinic,
    found.flatMap(({ patient }) => patient ?? []),
    by,
    { purpose: 'attendance.recommendations', action: 'recommendations.viewed' },
  );
  const named = found.map((one) => ({ ...one, name: one.patient === null ? null : (names.get(one.patient) ?? null) }));
  return { day: day.today, lines: named };
}

/** "Tue, Jun 9, 10:00 AM" by the clock of the zone. */
function spokenIn(zone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  return (instant) => format.format(new Date(instant)).replace(/[\u202f\u00a0]/g, ' ');
}

async function freeSlots({ db, now }: AttendanceNeeds, clinic: string): Promise<ManagerFacts['slots']> {
  const rows = await db
    .selectFrom('freed_slots')
    .select(['ref', 'facts', 'phase', 'state'])
    .where('clinic', '=', clinic)
    .where('phase', 'in', ['offering', 'exhausted', 'lapsed'])
    .execute();
  return rows.flatMap(({ ref: slot, facts: { start, minutes }, phase, state }) =>
    Date.parse(start) <= now().getTime()
      ? []
      : [
          {
            slot,
            start,
            minutes,
            waiting: state.queue.length,
            asked: state.offers.length,
            isOver: phase !== 'offering',
          },
        ],
  );
}

/**
 * Working days ahead against the same weekday of the weeks before, for each therapist whom the schedule names, else for the clinic. A
 * weekday without visits was no working day, and neither is a day off.
 */
async function loadsOf(
  { db }: AttendanceNeeds,
  clinic: string,
  { today }: Pick<ClinicDay, 'today'>,
): Promise<ManagerFacts['loads']> {
  const rows = await db
    .selectFrom('appointments')
    .select(({ fn }) => ['date', 'therapist', fn.countAll<string>().as('count')])
    .where('clinic', '=', clinic)
    .where('status', '<>', 'cancelled')
    .where('date', '>=', addDays(today, -7 * weeksBack))
    .where('date', '<=', addDays(today, daysAhead))
    .groupBy(['date', 'therapist'])
    .execute();
  const named = await db
    .selectFrom('therapists')
    .select(['ref', 'name', 'days_off'])
    .where('clinic', '=', clinic)
    .where('active', '=', true)
    .where('name', 'is not', null)
    .orderBy('name')
    .execute();
  const counts = (of: readonly { readonly date: string; readonly count: string }[]) => {
    const byDate = new Map<string, number>();
    for (const { date, count } of of) byDate.set(date, (byDate.get(date) ?? 0) + Number(count));
    return byDate;
  };
  const known = named.filter(({ ref }) => rows.some(({ therapist }) => therapist === ref));
  if (known.length === 0) return loadOf(counts(rows), null, [], today);
  return known.flatMap(({ ref, name, days_off: daysOff }) =>
    loadOf(counts(rows.filter(({ therapist }) => therapist === ref)), name, daysOff, today),
  );
}

function loadOf(
  counts: ReadonlyMap<string, number>,
  therapist: string | null,
  daysOff: readonly string[],
  today: string,
): ManagerFacts['loads'] {
  return Array.from({ length: daysAhead }, (_, index) => addDays(today, index + 1)).flatMap((date) => {
    if (daysOff.includes(date)) return [];
    const before = Array.from({ length: weeksBack }, (__, week) => counts.get(addDays(date, -7 * (week + 1))) ?? 0);
    const usual = usualOf(before.filter((count) => count > 0));
    return [{ date, therapist, booked: counts.get(date) ?? 0, usual }];
  });
}
