// The rows of an authorization report: one authorization per patient and payer, its periods merged with what Gait knows.
import type { AuthorizationRow } from '../../connectors/webpt/rows.ts';
import type { LineOfBusiness } from '../../domain/payer/lines-of-business.ts';
import { authorizationRequired } from '../../domain/authorization/requirement.ts';
import type { PlanOfCare } from '../../domain/chart/schema.ts';
import { findPayer } from '../../domain/payer/policy.ts';
import { lineOfBusinessOf } from '../authorizations/policies.ts';
import { systemPrincipal } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import { readLedger } from './ledger.ts';
import { mergePeriods } from './merge-periods.ts';
import { unlistedPayer } from './patients.ts';
import type { Stored, Storing } from './storing.ts';
import type { RejectedRow } from './tables.ts';

const purpose = 'authorization.import';

interface PatientCover {
  readonly patient: string;
  readonly coverage: string;
  readonly payer: string;
  readonly lineOfBusiness: LineOfBusiness;
}

/** @param asOf day of the report in the clinic's zone */
export async function storeAuthorizations(
  storing: Storing,
  rows: readonly AuthorizationRow[],
  asOf: string,
): Promise<Stored> {
  const of = { clinic: storing.clinic, connection: storing.connection };
  const known = await readLedger(storing.trx, storing.keyring, { ...of, kind: 'patients' });
  const ledger = await readLedger(storing.trx, storing.keyring, { ...of, kind: 'authorizations' });
  const patients = new Set<string>();
  const rejected: RejectedRow[] = [];
  let added = 0;
  let changed = 0;
  let unchanged = 0;
  let waiting = 0;
  for (const group of grouped(rows)) {
    const source = [group.recordNumber, group.payerKey];
    const patient = known.look([group.recordNumber], null)?.ref;
    if (patient === undefined) {
      waiting += group.rows.length;
      continue;
    }
    const earlier = ledger.look(source, group.rows);
    if (earlier?.unchanged === true) {
      unchanged += group.rows.length;
      continue;
    }
    const ref =
      earlier?.ref ?? (await sameCover(storing, patient, group)) ?? (await createFor(storing, patient, group));
    await mergeInto(storing, ref, group.rows, asOf);
    ledger.keep(source, group.rows, ref);
    patients.add(patient);
    if (earlier === null) added += group.rows.length;
    else changed += group.rows.length;
  }
  await ledger.flush(storing.trx, storing.at);
  return { added, changed, unchanged, rejected, waiting, patients };
}

/**
 * Gives every patient of this connection who has no authorization yet one without a period, where the payer wants one or
 * nobody knows: the workflow then starts the initial request, or has somebody ask.
 */
export async function startMissingAuthorizations(storing: Storing, patients: readonly string[]): Promise<number> {
  if (patients.length === 0) return 0;
  const without = await storing.trx
    .selectFrom('patients as p')
    .select(['p.ref', 'p.coverage', 'p.chart'])
    .where('p.clinic', '=', storing.clinic)
    .where('p.ref', 'in', patients)
    .where('p.coverage', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('authorizations as a').select('a.ref').whereRef('a.patient', '=', 'p.ref'))),
    )
    .execute();
  let started = 0;
  for (const { ref, coverage, chart } of without) {
    if (coverage === null) continue;
    const cover = await coverOf(storing, ref, coverage);
    const required = await requirementOf(storing, cover, chart);
    if (required === false) continue;
    await create(storing, cover, required);
    started += 1;
  }
  return started;
}

interface Group {
  readonly recordNumber: string;
  readonly payerKey: string;
  readonly rows: AuthorizationRow[];
}

function grouped(rows: readonly AuthorizationRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const payerKey = row.payerId ?? row.payerName ?? '';
    const key = JSON.stringify([row.recordNumber, payerKey]);
    const group = groups.get(key) ?? { recordNumber: row.recordNumber, payerKey, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** An authorization that was started before the report named one, for the same patient and payer. */
async function sameCover(storing: Storing, patient: string, group: Group): Promise<string | null> {
  const payer = findPayer(storing.book.payers, group.payerKey, storing.today)?.id;
  const rows = await storing.trx
    .selectFrom('authorizations')
    .select(['ref', 'payer'])
    .where('clinic', '=', storing.clinic)
    .where('patient', '=', patient)
    .execute();
  return rows.find((row) => group.payerKey === '' || row.payer === (payer ?? group.payerKey))?.ref ?? null;
}

async function createFor(storing: Storing, patient: string, group: Group): Promise<string> {
  const row = await storing.trx
    .selectFrom('patients')
    .select('coverage')
    .where('ref', '=', patient)
    .executeTakeFirstOrThrow();
  const listed = findPayer(storing.book.payers, group.payerKey, storing.today);
  if (row.coverage === null) throw new Error('A patient row without its coverage.');
  const cover = await coverOf(storing, patient, row.coverage);
  const own = listed === null ? cover : { ...cover, payer: listed.id, lineOfBusiness: listed.lineOfBusiness };
  // A row of the PT system is itself the sign that an authorization is asked for.
  return create(storing, own, true);
}

async function coverOf(storing: Storing, patient: string, coverage: string): Promise<PatientCover> {
  const { vault, clinic, trx } = storing;
  const record = await vault.open(clinic, coverage, { purpose, actor: systemPrincipal('imports', storing.by), trx });
  const payer = typeof record['payer'] === 'string' ? record['payer'] : unlistedPayer;
  return { patient, coverage, payer, lineOfBusiness: lineOfBusinessOf(String(record['lineOfBusiness'])) };
}

async function requirementOf(storing: Storing, cover: PatientCover, chart: string | null): Promise<boolean | null> {
  const { vault, clinic, trx, today } = storing;
  const notes =
    chart === null
      ? {}
      : await vault.open(clinic, chart, { purpose, actor: systemPrincipal('imports', storing.by), trx });
  const told = notes['authorizationRequired'];
  if (typeof told === 'boolean') return told;
  const policy = await storing.policies.policyFor(clinic, {
    payer: cover.payer,
    lineOfBusiness: cover.lineOfBusiness,
    on: today,
  });
  return authorizationRequired(policy, planIn(notes['planOfCare'])).required;
}

function planIn(value: unknown): PlanOfCare | null {
  return isPlan(value) ? value : null;
}

function isPlan(value: unknown): value is PlanOfCare {
  return (
    typeof value === 'object' && value !== null && 'from' in value && 'visitsPerWeek' in value && 'procedures' in value
  );
}

async function create(storing: Storing, cover: PatientCover, required: boolean | null): Promise<string> {
  const { trx, vault, clinic, at } = storing;
  const ref = newReference('auth');
  await vault.put(clinic, 'authorization', { numbers: {} }, { ref, trx });
  await trx
    .insertInto('authorizations')
    .values({
      ref,
      clinic,
      connection: storing.connection,
      patient: cover.patient,
      coverage: cover.coverage,
      coverage_changed_on: null,
      payer: cover.payer,
      line_of_business: cover.lineOfBusiness,
      discipline: 'PT',
      periods: JSON.stringify([]),
      required_by_payer: required,
      held: null,
      assessment: null,
      act_by: null,
      state: 'none',
      tracked_at: null,
      updated_at: at,
    })
    .execute();
  return ref;
}

async function mergeInto(
  storing: Storing,
  ref: string,
  rows: readonly AuthorizationRow[],
  asOf: string,
): Promise<void> {
  const { trx, vault, clinic, at } = storing;
  const row = await trx
    .selectFrom('authorizations')
    .select('periods')
    .where('ref', '=', ref)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const record = await vault.open(clinic, ref, { purpose, actor: systemPrincipal('imports', storing.by), trx });
  const before = { periods: row.periods, numbers: textsIn(record['numbers']) };
  const merged = mergePeriods(before, rows, asOf);
  await vault.replace(clinic, ref, { ...record, numbers: merged.numbers }, { trx });
  await trx
    .updateTable('authorizations')
    .set({ periods: JSON.stringify(merged.periods), updated_at: at })
    .where('ref', '=', ref)
    .execute();
}

function textsIn(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
