// Whether a patient is the clinic's.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';

/** Throws `reference.unknown` for a patient the clinic does not have. */
export async function assertPatient(db: Db, clinic: string, patient: string): Promise<void> {
  const row = await db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', patient)
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such patient.', { where: 'patient' });
}
