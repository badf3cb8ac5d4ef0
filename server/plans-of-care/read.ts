// Days and counts of plans of care: of the sealed charts that imports bring, each version once, and of the plans approved here.
import { sql } from 'kysely';
import { addDays } from '../../domain/calendar.ts';
import { therapistNameKey } from '../../domain/therapist/name.ts';
import type { Db, Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { planInForce } from './in-force.ts';

const atOnce = 200;

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly now: () => Date;
}

/** Whose plans: a patient, a clinic, or everybody. */
interface Whose {
  readonly clinic?: string;
  readonly patient?: string;
}

/** Reads every chart that was not read in its present version. A chart without a plan of care leaves its days null. */
export async function readPlansOfCare(needs: Needs, whose: Whose = {}): Promise<void> {
  for (;;) {
    const read = await needs.db.transaction().execute((trx) => readRound(needs, trx, whose));
    if (read < atOnce) return;
  }
}

/** One round of it. Returns how many charts were read. */
export async function readRound({ vault, now }: Needs, trx: Trx, { clinic, patient }: Whose): Promise<number> {
  let stale = trx
    .selectFrom('patients as p')
    .innerJoin('vault_records as v', 'v.ref', 'p.chart')
    .leftJoin('care_plans as c', 'c.patient', 'p.ref')
    .select(['p.ref', 'p.clinic', 'v.ref as chart', 'v.version'])
    .where(sql<boolean>`(c.chart, c.chart_version) is distinct from (v.ref, v.version)`);
  if (clinic !== undefined) stale = stale.where('p.clinic', '=', clinic);
  if (patient !== undefined) stale = stale.where('p.ref', '=', patient);
  const rows = await stale.orderBy('p.clinic').orderBy('p.ref').limit(atOnce).execute();
  for (const [of, its] of Map.groupBy(rows, (row) => row.clinic)) {
    const opening = { purpose: 'planOfCare.read', actor: systemPrincipal('plans-of-care'), trx };
    const charts = await vault.openMany(
      of,
      its.map(({ chart }) => chart),
      opening,
    );
    for (const { ref, chart, version } of its) {
      const { therapist_key, ...told } = factsIn(charts.get(chart));
      const facts = await planInForce(trx, ref, told);
      const row = { clinic: of, chart, chart_version: version, therapist_key, ...facts, read_at: now() };
      await trx
        .insertInto('care_plans')
        .values({ patient: ref, ...row })
        .onConflict((conflict) => conflict.column('patient').doUpdateSet(row))
        .execute();
    }
  }
  return rows.length;
}

function factsIn(chart: VaultRecord | undefined) {
  const plan = objectOf(chart?.['planOfCare']);
  const name = textOf(objectOf(chart?.['renderingProvider'])['name']);
  const from = textOf(plan['from']);
  const weeks = countOf(plan['weeks']);
  return {
    starts_on: from,
    ends_on: textOf(plan['to']) ?? (from === null || weeks === null ? null : addDays(from, weeks * 7 - 1)),
    visits_per_week: countOf(plan['visitsPerWeek']),
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
