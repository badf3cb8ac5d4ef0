// The rows of a patient report: patient, coverage and chart notes into the vault; a changed coverage holds what rests on it.
import type { PatientRow } from '../../connectors/webpt/rows.ts';
import { coverageSchema } from '../../domain/coverage/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import { patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import { findPayer } from '../../domain/payer/policy.ts';
import { newReference } from '../vault/reference.ts';
import type { Ledger } from './ledger.ts';
import { readLedger } from './ledger.ts';
import type { Stored, Storing } from './storing.ts';

/** The payer of a coverage that no rule and no profile knows: its policy is unknown, never another payer's. */
export const unlistedPayer = 'unlisted';

export async function storePatients(storing: Storing, rows: readonly PatientRow[]): Promise<Stored> {
  const of = { clinic: storing.clinic, connection: storing.connection };
  const ledger = await readLedger(storing.trx, storing.keyring, { ...of, kind: 'patients' });
  const coverages = await readLedger(storing.trx, storing.keyring, { ...of, kind: 'coverages' });
  const patients = new Set<string>();
  let added = 0;
  let changed = 0;
  let unchanged = 0;
  for (const row of rows) {
    // Secondary coverage is billed later; authorizations rest on the primary one.
    if (row.coverage.order !== 'primary') continue;
    const known = ledger.look([row.recordNumber], row);
    if (known?.unchanged === true) {
      unchanged += 1;
      continue;
    }
    const ref = known?.ref ?? newReference('pat');
    await storePatient(storing, row, ref, known === null);
    await storeCoverage(storing, coverages, row, ref);
    await storeNotes(storing, row, ref);
    ledger.keep([row.recordNumber], row, ref);
    patients.add(ref);
    if (known === null) added += 1;
    else changed += 1;
  }
  await ledger.flush(storing.trx, storing.at);
  await coverages.flush(storing.trx, storing.at);
  return { added, changed, unchanged, rejected: [], waiting: 0, patients };
}

async function storePatient(
  { trx, vault, clinic, at }: Storing,
  row: PatientRow,
  ref: string,
  isNew: boolean,
): Promise<void> {
  const { name, birthDate, gender, contact, address, recordNumber } = row;
  const patient: Patient = { ref, clinic, name, birthDate, gender, contact, address, recordNumber };
  const lookup = { recordNumber };
  if (!isNew) {
    await vault.replace(clinic, ref, patient, { schema: patientSchema, lookup, trx });
    return;
  }
  await vault.put(clinic, 'patient', patient, { ref, schema: patientSchema, lookup, trx });
  await trx
    .insertInto('patients')
    .values({ ref, clinic, coverage: null, coverage_changed_on: null, chart: null, updated_at: at })
    .execute();
}

/** A coverage is another one when payer, member, group or plan differ: then every authorization under the old one is held. */
async function storeCoverage(storing: Storing, ledger: Ledger, row: PatientRow, patient: string): Promise<void> {
  const { trx, vault, clinic, at, today } = storing;
  const { payerId, payerName, memberId, groupNumber, planName } = row.coverage;
  const identity = [payerId, payerName, memberId, groupNumber, planName];
  const known = ledger.look([row.recordNumber], identity);
  const payer = findPayer(storing.book.payers, payerId ?? payerName, today);
  const coverage: Omit<Coverage, 'ref'> = {
    clinic,
    patient,
    payer: payer?.id ?? payerId ?? unlistedPayer,
    payerName: payer?.name ?? payerName,
    lineOfBusiness: payer?.lineOfBusiness ?? 'unknown',
    memberId,
    groupNumber,
    planName,
    relationship: row.coverage.relationship,
    order: row.coverage.order,
    from: row.coverage.from,
    to: row.coverage.to,
  };
  if (known?.unchanged === true) {
    await vault.replace(clinic, known.ref, { ref: known.ref, ...coverage }, { schema: coverageSchema, trx });
    return;
  }
  const ref = newReference('cov');
  await vault.put(clinic, 'coverage', { ref, ...coverage }, { ref, schema: coverageSchema, trx });
  ledger.keep([row.recordNumber], identity, ref);
  const changedOn = known === null ? null : today;
  await trx
    .updateTable('patients')
    .set({ coverage: ref, coverage_changed_on: changedOn, updated_at: at })
    .where('ref', '=', patient)
    .execute();
  if (known === null) return;
  await trx
    .updateTable('authorizations')
    .set({ coverage_changed_on: today, updated_at: at })
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('coverage', '=', known.ref)
    .execute();
}

/** The plan of care and the clinician's words, kept as one record beside the patient. */
async function storeNotes({ trx, vault, clinic, at }: Storing, row: PatientRow, patient: string): Promise<void> {
  const { renderingProvider, referringProvider, planOfCare, diagnoses, clinical, authorizationRequired } = row;
  const notes = { renderingProvider, referringProvider, planOfCare, diagnoses, clinical, authorizationRequired };
  const { chart } = await trx
    .selectFrom('patients')
    .select('chart')
    .where('ref', '=', patient)
    .executeTakeFirstOrThrow();
  if (chart !== null) {
    await vault.replace(clinic, chart, notes, { trx });
    return;
  }
  const ref = await vault.put(clinic, 'chart', notes, { trx });
  await trx.updateTable('patients').set({ chart: ref, updated_at: at }).where('ref', '=', patient).execute();
}
