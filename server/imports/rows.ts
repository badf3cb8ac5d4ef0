// Stores patients with their coverage and chart, and the periods of their authorizations, as a report tells them.
import type { AuthorizationRow, CoverageRow, PatientRow } from '../../connectors/pt-records/rows.ts';
import type { Period } from '../../domain/authorization/schema.ts';
import { isOfAnotherPayer, unknownPayer } from '../../domain/authorization/slots.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { keepAnswer } from '../authorizations/answers.ts';
import type { Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import type { Lookup } from '../vault/lookup.ts';
import type { VaultRecord } from '../vault/vault.ts';
import { systemPrincipal } from '../http/principal.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { patientNumbered, personIn, samePerson } from './people.ts';
import { mergePeriods } from './periods.ts';
import type { RowNeeds } from './needs.ts';
import type { RowResult } from './tables.ts';
import { isShared, syncPatient } from './sync.ts';
import { knownSource, rememberSource } from './sources.ts';
import type { Source } from './sources.ts';

/** A row of the patient report: the patient with the primary coverage, or a further coverage of one who is known. */
export function storePatient(needs: RowNeeds, trx: Trx, from: Origin, row: PatientRow): Promise<RowResult> {
  const { coverage } = row;
  return coverage === null || coverage.order === 'primary'
    ? storeWithPrimary(needs, trx, from, row)
    : storeFurtherCoverage(needs, trx, from, { ...row, coverage });
}

interface CoveredRow extends PatientRow {
  readonly coverage: CoverageRow;
}

/** A patient, found again by the PT system's own number, with coverage, chart and the authorization that is followed. */
async function storeWithPrimary(needs: RowNeeds, trx: Trx, from: Origin, row: PatientRow): Promise<RowResult> {
  const { keyring, vault, now } = needs;
  const { clinic } = from;
  const source = sourceOf(from, 'patient', [row.recordNumber]);
  const known = await knownSource(keyring, trx, source, row);
  if (known?.same === true) return 'same';
  const existing =
    (await patientNumbered(needs, trx, from, row.recordNumber)) ?? (await samePerson(needs, trx, from, row));
  const patient = existing ?? newReference('pat');
  const { name, birthDate, gender, contact, address, recordNumber } = row;
  const record = { ref: patient, clinic, name, birthDate, gender, contact, address, recordNumber };
  const block = needs.linker.blockLookup(personIn(row));
  const lookup = from.numbers === 'clinic' ? { recordNumber, ...block } : block;
  const isOwn = existing === null || (await isHome(trx, from, existing));
  if (existing === null) {
    await vault.put(clinic, 'patient', record, { ref: patient, lookup, trx });
    const home = { ref: patient, clinic, connection: from.connection, updated_at: now() };
    await trx.insertInto('patients').values(home).execute();
  } else if (!isOwn || (await isShared(trx, from, existing))) {
    await syncPatient(needs, trx, from, existing, row);
  } else {
    await vault.replace(clinic, patient, record, { lookup, trx });
  }
  await rememberSource(keyring, trx, source, patient, row, now());
  from.changed({ kind: 'patients', ref: patient, change: existing === null ? 'added' : 'changed' });
  await storeMedical(needs, trx, from, { patient, isOwn }, row);
  return existing === null ? 'added' : 'changed';
}

/** Whether this connection brought the patient, or one whose numbers are the clinic's too. */
async function isHome(trx: Trx, from: Origin, patient: string): Promise<boolean> {
  if (from.numbers === 'clinic') return true;
  const row = await trx.selectFrom('patients').select('connection').where('ref', '=', patient).executeTakeFirst();
  return (row?.connection ?? from.connection) === from.connection;
}

/** Chart and coverage are those of the system that brought the patient; another one fills in what is not known. */
async function storeMedical(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  { patient, isOwn }: { readonly patient: string; readonly isOwn: boolean },
  row: PatientRow,
): Promise<void> {
  const known = isOwn
    ? { chart: null, coverage: null }
    : await trx
        .selectFrom('patients')
        .select(['chart', 'coverage'])
        .where('ref', '=', patient)
        .executeTakeFirstOrThrow();
  if (known.chart === null) await storeChart(needs, trx, from, patient, row);
  const { coverage } = row;
  if (coverage === null || known.coverage !== null) return;
  const stored = await storeCoverage(needs, trx, from, patient, { ...row, coverage });
  await followAuthorization(needs, trx, from, patient, row, stored);
}

/** Kept for reference: who pays second asks for nothing and holds nothing. */
async function storeFurtherCoverage(needs: RowNeeds, trx: Trx, from: Origin, row: CoveredRow): Promise<RowResult> {
  const { clinic } = from;
  const patient = await patientNumbered(needs, trx, from, row.recordNumber);
  if (patient === null) return 'unmatched';
  const source = coverageSource(from, row);
  const known = await knownSource(needs.keyring, trx, source, row.coverage);
  if (known?.same === true) return 'same';
  const ref = known?.ref ?? newReference('cov');
  const record = await coverageRecord(needs, trx, from, patient, ref, row);
  if (known === null) await needs.vault.put(clinic, 'coverage', record, { ref, trx });
  else await needs.vault.replace(clinic, ref, record, { trx });
  await rememberSource(needs.keyring, trx, source, ref, row.coverage, needs.now());
  return known === null ? 'added' : 'changed';
}

/** By which a claim finds whose it is: a family may share a member id, so the birth date belongs to it. */
export function memberLookup(memberId: string | null, birthDate: string | null): Lookup {
  return memberId === null || birthDate === null ? {} : { member: `${memberId} ${birthDate}` };
}

const coverageSource = (from: Origin, row: CoveredRow): Source =>
  sourceOf(from, 'coverage', [row.recordNumber, row.coverage.order]);

async function coverageRecord(needs: RowNeeds, trx: Trx, from: Origin, patient: string, ref: string, row: CoveredRow) {
  const { payerId, ...said } = row.coverage;
  const payer = payerId ?? unknownPayer;
  const lineOfBusiness = await needs.policies.lineOfBusiness(trx, from.clinic, payer, from.today);
  return { ref, clinic: from.clinic, patient, payer, ...said, lineOfBusiness };
}

async function storeChart(needs: RowNeeds, trx: Trx, from: Origin, patient: string, row: PatientRow): Promise<void> {
  const { referringProvider, renderingProvider, diagnoses, planOfCare, clinical } = row;
  const chart = { referringProvider, renderingProvider, diagnoses, planOfCare, clinical };
  const source = sourceOf(from, 'chart', [row.recordNumber]);
  const known = await knownSource(needs.keyring, trx, source, chart);
  if (known?.same === true || (known !== null && saysNothing(row))) return;
  const ref = known?.ref ?? newReference('rec');
  if (known === null) await needs.vault.put(from.clinic, 'chart', chart, { ref, trx });
  else await needs.vault.replace(from.clinic, ref, chart, { trx });
  await rememberSource(needs.keyring, trx, source, ref, chart, needs.now());
  await trx.updateTable('patients').set({ chart: ref, updated_at: needs.now() }).where('ref', '=', patient).execute();
}

/** A system that keeps no chart, or tells nothing of it, takes nothing away. */
function saysNothing({ referringProvider, renderingProvider, diagnoses, planOfCare, clinical }: PatientRow): boolean {
  const { outcomeMeasures, ...words } = clinical;
  const said = [referringProvider, renderingProvider, planOfCare, ...Object.values(words)].some((one) => one !== null);
  return !said && diagnoses.length === 0 && outcomeMeasures.length === 0;
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
  row: CoveredRow,
): Promise<StoredCoverage> {
  const { clinic } = from;
  const { payerId, ...said } = row.coverage;
  const identity = { payer: payerId ?? said.payerName, memberId: said.memberId, groupNumber: said.groupNumber };
  const source = coverageSource(from, row);
  const known = await knownSource(needs.keyring, trx, source, identity);
  const ref = known?.same === true ? known.ref : newReference('cov');
  const record = await coverageRecord(needs, trx, from, patient, ref, row);
  const { payer, lineOfBusiness } = record;
  const lookup = memberLookup(said.memberId, row.birthDate);
  if (known?.same === true) {
    await needs.vault.replace(clinic, ref, record, { lookup, trx });
    return { ref, payer, lineOfBusiness, isAnother: false };
  }
  // The same payer, which nobody had mapped until now.
  const unmapped = { ...identity, payer: said.payerName };
  const named = known !== null && (await knownSource(needs.keyring, trx, source, unmapped))?.same === true;
  await needs.vault.put(clinic, 'coverage', record, { ref, lookup, trx });
  await rememberSource(needs.keyring, trx, source, ref, identity, needs.now());
  const isAnother = known !== null && !named;
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
    .select(['ref', 'payer', 'periods', 'required_by_payer'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .forNoKeyUpdate()
    .executeTakeFirst();
  // What a person found out at this payer stands until the export says otherwise.
  const found = coverage.isAnother ? null : (known?.required_by_payer ?? null);
  const updated = { required_by_payer: row.authorizationRequired ?? found, to_track: true, updated_at: needs.now() };
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
  const named = !coverage.isAnother && known.payer === unknownPayer;
  const switched = named || (coverage.isAnother && known.periods.length === 0);
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
  const seen = await knownSource(needs.keyring, trx, source, content);
  if (seen?.same === true) return 'same';
  const patient = await patientNumbered(needs, trx, from, recordNumber);
  if (patient === null) return 'unmatched';
  const authorization = await trx
    .selectFrom('authorizations')
    .select(['ref', 'payer', 'periods', 'coverage_changed_on'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (authorization === undefined) return 'unmatched';
  const known = await numbersKnown(needs, trx, from, authorization.ref, rows);
  const merged = mergePeriods(authorization.periods, rows, from.today, known);
  const other = asksAnotherPayer(authorization, merged.periods, from.today);
  await trx
    .updateTable('authorizations')
    .set({
      periods: JSON.stringify(merged.periods),
      ...(other ? { coverage_changed_on: authorization.coverage_changed_on ?? from.today } : {}),
      to_track: true,
      updated_at: needs.now(),
    })
    .where('ref', '=', authorization.ref)
    .execute();
  await keepNumbers(needs, trx, from, authorization.ref, merged.numbers);
  await keepReasons(needs, trx, from, recordNumber, authorization.ref, merged.said);
  await rememberSource(needs.keyring, trx, source, authorization.ref, content, needs.now());
  from.changed({ kind: 'authorizations', ref: authorization.ref, change: seen === null ? 'added' : 'changed' });
  return seen === null ? 'added' : 'changed';
}

/**
 * True if the report tells for the first time that what is asked of or approved by another payer than the present one is
 * still open or in force: a person looks at it once. What they let go on is not held again by the same words.
 */
function asksAnotherPayer(
  before: { readonly payer: string; readonly periods: readonly Period[] },
  periods: readonly Period[],
  today: string,
): boolean {
  return periods.some((period) => {
    const isOpen = !['denied', 'cancelled', 'superseded'].includes(period.status) && (period.to ?? today) >= today;
    const known = before.periods.find((one) => one.sequence === period.sequence);
    return isOpen && isOfAnotherPayer(period, before) && known?.payer !== period.payer;
  });
}

/** The numbers known by period; the vault is opened only where a row names a number to compare. */
async function numbersKnown(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  authorization: string,
  rows: readonly AuthorizationRow[],
): Promise<ReadonlyMap<number, string>> {
  if (rows.every((row) => row.number === null)) return new Map();
  const { numbers } = await openNumbers(needs, trx, from, authorization);
  return new Map(
    Object.entries(numbers).flatMap(([sequence, number]): [number, string][] =>
      typeof number === 'string' ? [[Number(sequence), number]] : [],
    ),
  );
}

async function openNumbers(needs: RowNeeds, trx: Trx, from: Origin, authorization: string) {
  const actor = systemPrincipal('imports', from.by);
  const record: VaultRecord = await needs.vault.open(from.clinic, authorization, { purpose: 'import', actor, trx });
  const numbers = record['numbers'];
  return { record, numbers: typeof numbers === 'object' && numbers !== null ? { ...numbers } : {} };
}

async function keepNumbers(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  authorization: string,
  said: ReadonlyMap<number, string>,
): Promise<void> {
  if (said.size === 0) return;
  const { record, numbers } = await openNumbers(needs, trx, from, authorization);
  await needs.vault.replace(
    from.clinic,
    authorization,
    { ...record, numbers: { ...numbers, ...Object.fromEntries(said) } },
    { trx },
  );
}

/** A code of the payer's before its words, as in "CO-197: no authorization on file". */
const leadingCode = /^([A-Z]{1,3}-?\d{1,4}|\d{1,4})\s*[:–-]\s/;

/**
 * Why the payer decided as it did, kept as its answer about that period, so that whoever decides on an appeal reads it. An
 * answer Gait got from the payer itself says more than a report and stays the newest.
 */
async function keepReasons(
  needs: RowNeeds,
  trx: Trx,
  from: Origin,
  recordNumber: string,
  authorization: string,
  said: ReadonlyMap<number, AuthorizationRow>,
): Promise<void> {
  for (const [period, row] of said) {
    const { status, reason, number, approved, from: first, to } = row;
    if (reason === null || status === 'requested') continue;
    const content = { status, reason };
    const source = sourceOf(from, 'answer', [recordNumber, String(period)]);
    const known = await knownSource(needs.keyring, trx, source, content);
    if (known?.same === true) continue;
    if (known === null && (await isAnswered(trx, authorization, period, status))) continue;
    const code = leadingCode.exec(reason)?.[1];
    const answer = {
      status,
      number,
      visitsApproved: approved.visits,
      unitsApproved: approved.units,
      from: first,
      to,
      reasonCodes: code === undefined ? [] : [code],
      reasonText: reason,
      vendorRequestId: null,
      receivedAt: needs.now().toISOString(),
    };
    const ref = await keepAnswer(needs, trx, { clinic: from.clinic, authorization, period, answer, by: from.by });
    await rememberSource(needs.keyring, trx, source, ref, content, needs.now());
  }
}

async function isAnswered(trx: Trx, authorization: string, period: number, status: string): Promise<boolean> {
  const answered = await trx
    .selectFrom('authorization_answers')
    .select('record')
    .where('authorization_ref', '=', authorization)
    .where('period', '=', period)
    .where('status', '=', status)
    .limit(1)
    .executeTakeFirst();
  return answered !== undefined;
}
