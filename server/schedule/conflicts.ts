// Conflicts of the days ahead with a change that would mend each; read by flows, the week view and the manager's daily list.
import { addDays } from '../../domain/calendar.ts';
import { conflictsOf } from '../../domain/schedule/conflicts.ts';
import type { Conflict } from '../../domain/schedule/conflicts.ts';
import type { Clinic, Plan } from '../../domain/series/plan.ts';
import type { Db } from '../database/tables.ts';
import { dayOf } from './needs.ts';
import type { ScheduleNeeds } from './needs.ts';
import { pictureOf } from './picture.ts';
import { planOf } from './plans.ts';

export interface ConflictAhead extends Conflict {
  /** The same conflict found again has the same id. */
  readonly id: string;
  /** The patient it is about; of two visits that collide, whose visit would move. */
  readonly patient: string | null;
}

/** All conflicts from today to as many days ahead as the rule says. References, days and hours only. */
export async function conflictsAhead(
  needs: ScheduleNeeds,
  db: Db,
  clinic: string,
): Promise<{
  readonly zone: string;
  readonly today: string;
  readonly until: string;
  readonly conflicts: readonly ConflictAhead[];
}> {
  const { zone, today, rule } = await dayOf(needs, db, clinic);
  const until = addDays(today, rule.lookAheadDays);
  const picture = await pictureOf(db, clinic, {
    zone,
    today,
    to: addDays(until, 7),
    assumedMinutes: rule.assumedMinutes,
  });
  const plans = await plansAhead(needs, db, clinic, picture, { today, assumedMinutes: rule.assumedMinutes });
  const patientOf = new Map(picture.bookings.map(({ ref, patient }) => [ref, patient]));
  const conflicts = conflictsOf(picture, plans, rule, today).map((one): ConflictAhead => {
    const { suggestion, appointments } = one;
    const moved = suggestion.type === 'move' ? suggestion.appointment : appointments[0];
    return {
      ...one,
      id: [one.rule, one.date, ...(appointments.length > 0 ? appointments : [one.plan ?? ''])].join(' '),
      patient: one.plan ?? patientOf.get(moved ?? '') ?? null,
    };
  });
  return { zone, today, until, conflicts };
}

/** The plans of everybody who has a visit ahead; a plan that names no frequency still has its dates and limits. */
async function plansAhead(
  needs: ScheduleNeeds,
  db: Db,
  clinic: string,
  picture: Clinic,
  { today, assumedMinutes }: { readonly today: string; readonly assumedMinutes: number },
): Promise<Plan[]> {
  const patients = [...new Set(picture.bookings.flatMap(({ patient }) => patient ?? []))];
  const plans: Plan[] = [];
  for (const patient of patients) {
    const ask = {
      today,
      weeks: 3,
      assumedMinutes,
      visitsPerWeek: null,
      daysApart: null,
      minutes: null,
      wantedTherapist: null,
      equipment: [],
    };
    const plan =
      (await planOf(needs, db, clinic, patient, picture, ask)) ??
      (await planOf(needs, db, clinic, patient, picture, { ...ask, visitsPerWeek: [] }));
    if (plan !== null) plans.push(plan);
  }
  return plans;
}
