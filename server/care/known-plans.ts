// Who is in treatment, and which plans of care are known of them.
import { addDays } from '../../domain/calendar.ts';
import type { Db } from '../database/tables.ts';

/** A plan of care as the chart tells it: structure only. */
export interface CarePlan {
  readonly patient: string;
  readonly from: string;
  /** Last day; null: the chart names neither a day nor a number of weeks. */
  readonly ends: string | null;
  readonly visitsPerWeek: number | null;
}

/** Whoever had no visit for so long, and has none booked, is no patient of today. */
const activeDays = 30;

/** The patients in treatment: somebody who was here lately, or is booked. */
export function inTreatment(db: Db, clinic: string, today: string) {
  return db
    .selectFrom('patients as p')
    .where('p.clinic', '=', clinic)
    .where((where) =>
      where.exists(
        where
          .selectFrom('appointments as a')
          .select('a.ref')
          .whereRef('a.patient', '=', 'p.ref')
          .where('a.date', '>=', addDays(today, -activeDays))
          .where('a.status', 'in', ['booked', 'arrived']),
      ),
    );
}

/** The plans of the patients in treatment, as last read; `withoutPlan` counts those of whom none is known. */
export async function carePlans(
  db: Db,
  clinic: string,
  today: string,
): Promise<{ readonly plans: readonly CarePlan[]; readonly withoutPlan: number }> {
  const rows = await inTreatment(db, clinic, today)
    .leftJoin('care_plans as c', 'c.patient', 'p.ref')
    .select(['p.ref', 'c.starts_on', 'c.ends_on', 'c.visits_per_week'])
    .orderBy('p.ref')
    .execute();
  const plans = rows.flatMap(({ ref, starts_on, ends_on, visits_per_week }): CarePlan[] =>
    starts_on === null ? [] : [{ patient: ref, from: starts_on, ends: ends_on, visitsPerWeek: visits_per_week }],
  );
  return { plans, withoutPlan: rows.length - plans.length };
}
