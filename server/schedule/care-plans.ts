// How often a plan of care wants visits, taken once out of the sealed chart: counts and days, nothing that is said of the patient.
import { therapistNameKey } from '../../domain/therapist/name.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { ScheduleNeeds } from './needs.ts';

const atOnce = 100;

type Needs = Pick<ScheduleNeeds, 'db' | 'vault' | 'now'>;

/** One round: plans of charts that came or changed since. Returns how many were read. */
export async function readCarePlans(needs: Needs): Promise<number> {
  const rows = await needs.db
    .selectFrom('patients as p')
    .leftJoin('care_plans as c', 'c.patient', 'p.ref')
    .select(['p.ref', 'p.clinic', 'p.chart'])
    .where('p.chart', 'is not', null)
    .where((eb) => eb.or([eb('c.read_at', 'is', null), eb('c.read_at', '<', eb.ref('p.updated_at'))]))
    .orderBy('p.clinic')
    .orderBy('p.ref')
    .limit(atOnce)
    .execute();
  const byClinic = Map.groupBy(rows, ({ clinic }) => clinic);
  for (const [clinic, its] of byClinic)
    await needs.db.transaction().execute((trx) => readThese(needs, trx, clinic, its));
  return rows.length;
}

/** The plan of one patient, read anew; what was known stays where there is no chart. */
export async function readCarePlan(needs: Needs, trx: Trx, clinic: string, patient: string): Promise<void> {
  const row = await trx.selectFrom('patients').select(['ref', 'chart']).where('ref', '=', patient).executeTakeFirst();
  if (row !== undefined && row.chart !== null) await readThese(needs, trx, clinic, [row]);
}

async function readThese(
  needs: Needs,
  trx: Trx,
  clinic: string,
  patients: readonly { readonly ref: string; readonly chart: string | null }[],
): Promise<void> {
  const at = needs.now();
  const opened = await needs.vault.openMany(
    clinic,
    patients.flatMap(({ chart }) => chart ?? []),
    { purpose: 'schedule.plan', actor: systemPrincipal('schedule'), trx },
  );
  for (const { ref, chart } of patients) {
    const values = { clinic, ...factsIn(opened.get(chart ?? '')), read_at: at };
    await trx
      .insertInto('care_plans')
      .values({ patient: ref, ...values })
      .onConflict((conflict) => conflict.column('patient').doUpdateSet(values))
      .execute();
  }
}

function factsIn(chart: VaultRecord | undefined) {
  const plan = objectOf(chart?.['planOfCare']);
  const name = textOf(objectOf(chart?.['renderingProvider'])['name']);
  return {
    from_date: textOf(plan['from']),
    to_date: textOf(plan['to']),
    visits_per_week: countOf(plan['visitsPerWeek']),
    weeks: countOf(plan['weeks']),
    therapist_key: name === null ? null : therapistNameKey(name),
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
