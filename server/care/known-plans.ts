// Which plans of care are known of the patients in treatment: read from the charts that imports bring, each version once.
import { addDays } from '../../domain/calendar.ts';
import { planOfCareSchema } from '../../domain/chart/schema.ts';
import type { PlanOfCare } from '../../domain/chart/schema.ts';
import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { CareNeeds } from './needs.ts';

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
const atOnce = 200;

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

/** Reads the charts that were not read in their present version. */
export async function readPlans(
  { db, vault, validator, now }: CareNeeds,
  clinic: string,
  today: string,
): Promise<void> {
  for (;;) {
    const rows = await inTreatment(db, clinic, today)
      .innerJoin('vault_records as v', 'v.ref', 'p.chart')
      .leftJoin('care_plans as c', 'c.patient', 'p.ref')
      .select(['p.ref', 'v.ref as chart', 'v.version'])
      .where(sql<boolean>`(c.chart, c.chart_version) is distinct from (v.ref, v.version)`)
      .orderBy('p.ref')
      .limit(atOnce)
      .execute();
    if (rows.length === 0) return;
    const opening = { purpose: 'care.plans', actor: systemPrincipal('care') };
    const charts = await vault.openMany(
      clinic,
      rows.map(({ chart }) => chart),
      opening,
    );
    for (const { ref, chart, version } of rows) {
      const said = planIn(validator, charts.get(chart)?.['planOfCare']);
      const row = { clinic, chart, chart_version: version, ...said, read_at: now() };
      await db
        .insertInto('care_plans')
        .values({ patient: ref, ...row })
        .onConflict((conflict) => conflict.column('patient').doUpdateSet(row))
        .execute();
    }
  }
}

const noPlan = { starts_on: null, ends_on: null, visits_per_week: null };

function planIn(validator: Validator, plan: unknown) {
  if (!isPlan(validator, plan)) return noPlan;
  const { from, to, weeks, visitsPerWeek } = plan;
  const ends = to ?? (weeks === null ? null : addDays(from, weeks * 7 - 1));
  return { starts_on: from, ends_on: ends, visits_per_week: visitsPerWeek };
}

function isPlan(validator: Validator, plan: unknown): plan is PlanOfCare {
  if (plan === null || plan === undefined) return false;
  validator.check(planOfCareSchema, plan, 'planOfCare');
  return true;
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
