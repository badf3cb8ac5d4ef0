// What holds of a patient: read from the vault as plain values, and written back field by field.
import { coverageSchema } from '../../domain/coverage/schema.ts';
import type { Coverage } from '../../domain/coverage/schema.ts';
import { genders, patientSchema } from '../../domain/patient/schema.ts';
import type { Patient } from '../../domain/patient/schema.ts';
import { addressOf, valuesOf } from '../../domain/sync/fields.ts';
import type { SyncedField, Values } from '../../domain/sync/fields.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';

export interface HeldNeeds {
  readonly vault: Vault;
  readonly validator: Validator;
}

export interface Held {
  readonly patient: Patient;
  readonly coverage: Coverage | null;
  readonly values: Values;
}

export async function heldOf(
  { vault, validator }: HeldNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly patient: string; readonly by: Principal },
): Promise<Held> {
  const row = await trx
    .selectFrom('patients')
    .select('coverage')
    .where('ref', '=', of.patient)
    .executeTakeFirstOrThrow();
  const opening = { purpose: 'import.sync', actor: systemPrincipal('imports', of.by), trx };
  const patient: unknown = await vault.open(of.clinic, of.patient, opening);
  assertPatient(validator, patient);
  const coverage: unknown = row.coverage === null ? null : await vault.open(of.clinic, row.coverage, opening);
  assertCoverage(validator, coverage);
  return { patient, coverage, values: valuesOf({ ...patient, coverage }) };
}

/** Writes these fields of `values`; everything else stays. The payer is not among them: whoever bills changes it at its source. */
export async function writeHeld(
  { vault }: HeldNeeds,
  trx: Trx,
  { patient, coverage }: Held,
  values: Values,
  fields: readonly SyncedField[],
): Promise<void> {
  const pick = (field: SyncedField, held: string | null): string | null =>
    fields.includes(field) ? (values[field] ?? held) : held;
  const gender = pick('gender', patient.gender);
  const record: Patient = {
    ...patient,
    name: {
      given: pick('given', patient.name.given) ?? patient.name.given,
      family: pick('family', patient.name.family) ?? patient.name.family,
    },
    birthDate: pick('birthDate', patient.birthDate),
    gender: genders.find((one) => one === gender) ?? patient.gender,
    contact: { phone: pick('phone', patient.contact.phone), email: pick('email', patient.contact.email) },
    address: fields.includes('address') ? (addressOf(values.address ?? null) ?? patient.address) : patient.address,
  };
  await vault.replace(patient.clinic, patient.ref, record, { trx });
  if (coverage === null || !(fields.includes('memberId') || fields.includes('groupNumber'))) return;
  const covered: Coverage = {
    ...coverage,
    memberId: pick('memberId', coverage.memberId),
    groupNumber: pick('groupNumber', coverage.groupNumber),
  };
  await vault.replace(coverage.clinic, coverage.ref, covered, { trx });
}

function assertPatient(validator: Validator, value: unknown): asserts value is Patient {
  validator.check(patientSchema, value, 'patient');
}

function assertCoverage(validator: Validator, value: unknown): asserts value is Coverage | null {
  if (value !== null) validator.check(coverageSchema, value, 'coverage');
}
