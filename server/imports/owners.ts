// Whose word holds for a field of a patient: the connection the clinic named, else the one that brought the patient.
import type { SyncedField } from '../../domain/sync/fields.ts';
import type { Db } from '../database/tables.ts';

/** The owner of each field as the id of a connection; a name that no connection bears any more falls back. */
export async function fieldOwners(db: Db, clinic: string, patient: string): Promise<(field: SyncedField) => string> {
  const { settings } = await db
    .selectFrom('clinics')
    .select('settings')
    .where('id', '=', clinic)
    .executeTakeFirstOrThrow();
  const { connection } = await db
    .selectFrom('patients')
    .select('connection')
    .where('ref', '=', patient)
    .executeTakeFirstOrThrow();
  const named = settings.owners ?? {};
  const names = Object.values(named).filter((name) => name !== undefined);
  const rows =
    names.length === 0
      ? []
      : await db
          .selectFrom('connections')
          .select(['id', 'name'])
          .where('clinic', '=', clinic)
          .where('name', 'in', names)
          .where('removed_at', 'is', null)
          .execute();
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return (field) => ids.get(named[field] ?? '') ?? connection ?? '';
}
