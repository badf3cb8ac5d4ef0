// Whose record a row is about: each system numbers patients in its own way, so a number tells something only where it comes from.
import type { Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import type { Vault } from '../vault/vault.ts';
import { sourceOf } from './origin.ts';
import type { Origin } from './origin.ts';
import { knownSource } from './sources.ts';

interface Needs {
  readonly keyring: Keyring;
  readonly vault: Vault;
}

/** Patients by the number the rows of one piece name them by; null: nobody knows such a patient. */
export type PatientsByNumber = Map<string, string | null>;

/**
 * The patient whom a system calls by this number: whom it brought or was linked to, or, where its numbers are the clinic's, whoever
 * bears the number. Null: nobody.
 */
export async function patientNumbered(
  { keyring, vault }: Needs,
  trx: Trx,
  from: Origin,
  recordNumber: string,
): Promise<string | null> {
  const known = await knownSource(keyring, trx, sourceOf(from, 'patient', [recordNumber]), null);
  if (known !== null) return known.ref;
  return from.numbers === 'clinic' ? vault.find(from.clinic, 'patient', { recordNumber }, { trx }) : null;
}

/** `patientNumbered`, asked once for each number. */
export async function patientAmong(
  needs: Needs,
  trx: Trx,
  from: Origin,
  recordNumber: string,
  patients: PatientsByNumber,
): Promise<string | null> {
  const cached = patients.get(recordNumber);
  if (cached !== undefined) return cached;
  const found = await patientNumbered(needs, trx, from, recordNumber);
  patients.set(recordNumber, found);
  return found;
}
