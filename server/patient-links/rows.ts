// What belongs to a patient's record, by table.
import type { Trx } from '../database/tables.ts';
import type { Moved, PatientFields } from './moved.ts';

export async function fieldsOf(trx: Trx, ref: string): Promise<PatientFields> {
  return trx
    .selectFrom('patients')
    .select(['coverage', 'payer', 'chart'])
    .where('ref', '=', ref)
    .executeTakeFirstOrThrow();
}

export async function refsOf(
  trx: Trx,
  table: 'eligibility_checks' | 'scrub_charts',
  clinic: string,
  patient: string,
): Promise<string[]> {
  if (table === 'scrub_charts') {
    const rows = await trx
      .selectFrom('scrub_charts')
      .select('record')
      .where('clinic', '=', clinic)
      .where('patient', '=', patient)
      .execute();
    return rows.map(({ record }) => record);
  }
  const rows = await trx
    .selectFrom('eligibility_checks')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('ref')
    .execute();
  return rows.map(({ ref }) => ref);
}

/** What each system says of the patient, where several keep one. */
export async function saidOf(
  trx: Trx,
  clinic: string,
  patient: string,
): Promise<readonly { readonly ref: string; readonly connection: string }[]> {
  return trx
    .selectFrom('patient_records')
    .select(['ref', 'connection'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .orderBy('ref')
    .execute();
}

/** What systems call the patient. */
export async function numbersOf(trx: Trx, clinic: string, patient: string): Promise<Moved['numbers']> {
  const rows = await trx
    .selectFrom('imported_rows')
    .select(['connection', 'source'])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'patient')
    .where('ref', '=', patient)
    .orderBy('connection')
    .execute();
  return rows.map(({ connection, source }) => ({ connection, source: source.toString('hex') }));
}
