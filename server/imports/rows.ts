// Stores patients with their coverage and chart, and the periods of their authorizations, as a report tells them.
import type { AuthorizationRow, PatientRow } from '../../connectors/webpt/rows.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import { newReference } from '../vault/reference.ts';
import type { Vault, VaultRecord } from '../vault/vault.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { mergePeriods } from './periods.ts';
import { knownSource, rememberSource } from './sources.ts';
import type { Source, SourceKind } from './sources.ts';

export interface RowNeeds {
  readonly keyring: Keyring;
  readonly vault: Vault;
  readonly policies: Policies;
  readonly now: () => Date;
}

/** Where rows come from; `today` is the day of the report in the clinic's zone. */
export interface Origin {
  readonly clinic: string;
  readonly connection: string;
  readonly today: string;
  readonly by: Principal;
}

export type RowResult = 'added' | 'changed' | 'same' | 'unmatched';

/** The identity of a row within where it comes from. */
export const sourceOf = (from: Origin, kind: SourceKind, id: readonly (string | null)[]): Source => ({
  clinic: from.clinic,
  connection: from.connection,
  kind,
  id,
});

/** A patient, found again by the PT system's own number, with coverage, chart and the authorization that is followed. */
export async function storePatient(needs: RowNeeds, trx: Trx, from: Origin, row: PatientRow): Promise<RowResult> {
  const { keyring, vault, now } = needs;
  const { clinic } = from;
  const source = sourceOf(from, 'patient', [row.recordNumber]);
  const known = await knownSource(keyring, trx, source, row);
  if (known?.same === true) return 'same';
  const lookup = { recordNumber: row.recordNumber };
  const existing = known?.ref ?? (await vault.find(clinic, 'patient', lookup, { trx }));
  const patient = existing ?? newReference('pat');
  const { name, birthDate, gender, contact, address, recordNumber } = row;
  const record = { ref: patient, clinic, name, birthDate, gender, contact, address, recordNumber };
  if (existing === null) {
    await vault.put(clinic, 'patient', record, { ref: patient, lookup, trx });
    await trx.insertInto('patients').values({ ref: patient, clinic, updated_at: now() }).execute();
  } else {
    await vault.replace(clinic, patient, record, { lookup, trx });
  }
  await rememberSource(keyring, trx, source, patient, row, now());
  await storeChart(needs, trx, from, patient, row);
  const changedCoverage = await storeCoverage(needs, trx, from, patient, row);
  await followAuthorization(needs, trx, from, patient, row, changedCoverage);
  return existing === null ? 'added' : 'changed';
}

async function storeChart(needs: RowNeeds, trx: Trx, from: Origin, patient: string, row: PatientRow): Promise<void> {
  const { referringProvider, renderingProvider, diagnoses, planOfCare, clinical } = row;
  const chart = { referringProvider, renderingProvider, diagnoses, planOfCare, clinical };
  const source = sourceOf(from, 'chart', [row.recordNumber]);
  const known = await knownSource(needs.keyring, trx, source, chart);
  if (known?.same === true) return;
  const ref = known?.ref ?? newReference('rec');
  if (known === null) await needs.vault.put(from.clinic, 'chart', chart, { ref, trx });
  else await needs.vault.replace(from.clinic, ref, chart, { trx });
  await rememberSource(needs.keyring, trx, source, ref, chart, needs.now());
  await trx.updateTable('patients').set({ chart: ref, updated_at: needs.now() }).where('ref', '=', patient).execute();
}

interface StoredCoverage {
  readonly ref: string;
  readonly payer: string;
  readonly lineOfBusiness: string;
  /** Another payer or member than before: what was approved under the old one may not count. */
  readonly isAnother: boolean;
}

async function storeCoverage(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  patient: string,
  row: PatientRow,
): Promise<StoredCoverage> {
  const { clinic } = from;
  const { payerId, ...said } = row.coverage;
  const payer = payerId ?? 'unknown';
  const lineOfBusiness = needs.policies.lineOfBusiness(payer);
  const identity = { payer: payerId ?? said.payerName, memberId: said.memberId, groupNumber: said.groupNumber };
  const source = sourceOf(from, 'coverage', [row.recordNumber]);
  const known = await knownSource(needs.keyring, trx, source, identity);
  const ref = known?.same === true ? known.ref : newReference('cov');
  const record = { ref, clinic, patient, payer, ...said, lineOfBusiness };
  if (known?.same === true) {
    await needs.vault.replace(clinic, ref, record, { trx });
    return { ref, payer, lineOfBusiness, isAnother: false };
  }
  await needs.vault.put(clinic, 'coverage', record, { ref, trx });
  await rememberSource(needs.keyring, trx, source, ref, identity, needs.now());
  const isAnother = known !== null;
  await trx
    .updateTable('patients')
    .set({ coverage: ref, payer, updated_at: needs.now(), ...(isAnother ? { coverage_changed_on: from.today } : {}) })
    .where('ref', '=', patient)
    .execute();
  return { ref, payer, lineOfBusiness, isAnother };
}

/** One authorization per patient: the first import makes it, a changed coverage marks it, everything else wakes its workflow. */
async function followAuthorization(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  patient: string,
  row: PatientRow,
  coverage: StoredCoverage,
): Promise<void> {
  const { clinic } = from;
  const known = await trx
    .selectFrom('authorizations')
    .select(['ref', 'periods'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .forUpdate()
    .executeTakeFirst();
  const updated = { required_by_payer: row.authorizationRequired, to_track: true, updated_at: needs.now() };
  if (known === undefined) {
    const ref = newReference('auth');
    await needs.vault.put(clinic, 'authorization', { numbers: {} }, { ref, trx });
    await trx
      .insertInto('authorizations')
      .values({
        ref,
        clinic,
        connection: from.connection,
        patient,
        coverage: coverage.ref,
        payer: coverage.payer,
        line_of_business: coverage.lineOfBusiness,
        discipline: 'PT',
        periods: '[]',
        ...updated,
      })
      .execute();
    return;
  }
  // Nothing was asked for or approved under the old coverage: there is nothing to hold.
  const held = coverage.isAnother && known.periods.length > 0;
  const switched = coverage.isAnother && known.periods.length === 0;
  await trx
    .updateTable('authorizations')
    .set({
      ...updated,
      ...(held ? { coverage_changed_on: from.today } : {}),
      ...(switched ? { coverage: coverage.ref, payer: coverage.payer, line_of_business: coverage.lineOfBusiness } : {}),
    })
    .where('ref', '=', known.ref)
    .execute();
}

/** All the periods one report holds for one patient. */
export async function storePeriods(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  recordNumber: string,
  rows: readonly AuthorizationRow[],
): Promise<RowResult> {
  const { clinic } = from;
  const source = sourceOf(from, 'periods', [recordNumber]);
  const content = [...rows].map((row) => canonicalJson(row)).sort();
  const known = await knownSource(needs.keyring, trx, source, content);
  if (known?.same === true) return 'same';
  const patient = await needs.vault.find(clinic, 'patient', { recordNumber }, { trx });
  if (patient === null) return 'unmatched';
  const authorization = await trx
    .selectFrom('authorizations')
    .select(['ref', 'periods'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .forUpdate()
    .executeTakeFirst();
  if (authorization === undefined) return 'unmatched';
  const { periods, numbers } = mergePeriods(authorization.periods, rows, from.today);
  await trx
    .updateTable('authorizations')
    .set({ periods: JSON.stringify(periods), to_track: true, updated_at: needs.now() })
    .where('ref', '=', authorization.ref)
    .execute();
  await keepNumbers(needs, trx, from, authorization.ref, numbers);
  await rememberSource(needs.keyring, trx, source, authorization.ref, content, needs.now());
  return known === null ? 'added' : 'changed';
}

async function keepNumbers(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  authorization: string,
  numbers: ReadonlyMap<number, string>,
): Promise<void> {
  if (numbers.size === 0) return;
  const actor = systemPrincipal('imports', from.by);
  const record: VaultRecord = await needs.vault.open(from.clinic, authorization, { purpose: 'import', actor, trx });
  const before = record['numbers'];
  const known = typeof before === 'object' && before !== null ? before : {};
  const said = Object.fromEntries([...numbers].map(([sequence, number]) => [String(sequence), number]));
  await needs.vault.replace(from.clinic, authorization, { ...record, numbers: { ...known, ...said } }, { trx });
}
