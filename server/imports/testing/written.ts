// Everything that an import could write a second time.
import type { Db } from '../../database/tables.ts';

/** How many rows a clinic has of each kind, and the version of each of its records in the vault. */
export async function writtenOf(db: Db, clinic: string): Promise<unknown> {
  const count = async (table: 'patients' | 'appointments' | 'work_items' | 'record_changes' | 'patient_records') =>
    (await db.selectFrom(table).select('clinic').where('clinic', '=', clinic).execute()).length;
  const versions = await db
    .selectFrom('vault_records')
    .select(['ref', 'version'])
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .execute();
  return {
    patients: await count('patients'),
    appointments: await count('appointments'),
    items: await count('work_items'),
    changes: await count('record_changes'),
    records: await count('patient_records'),
    versions,
  };
}
