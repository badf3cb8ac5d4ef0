// How far the reading of a connection has come, so that the next import goes on from there.
import type { RecordKind } from '../../connectors/pt-records/rows.ts';
import type { Db } from '../database/tables.ts';

interface Reading {
  readonly clinic: string;
  readonly connection: string;
  /** Absent: all kinds. */
  readonly kinds?: readonly RecordKind[];
}

const nameOf = ({ kinds }: Reading): string => (kinds === undefined ? '*' : [...kinds].sort().join(','));

/** Null: nothing was read yet. */
export async function placeOf(db: Db, reading: Reading): Promise<string | null> {
  const row = await db
    .selectFrom('import_places')
    .select('place')
    .where('clinic', '=', reading.clinic)
    .where('connection', '=', reading.connection)
    .where('kinds', '=', nameOf(reading))
    .executeTakeFirst();
  return row?.place ?? null;
}

/** To be written once everything before it is stored. */
export async function keepPlace(db: Db, reading: Reading, place: string | null, at: Date): Promise<void> {
  const { clinic, connection } = reading;
  await db
    .insertInto('import_places')
    .values({ clinic, connection, kinds: nameOf(reading), place, at })
    .onConflict((conflict) => conflict.columns(['clinic', 'connection', 'kinds']).doUpdateSet({ place, at }))
    .execute();
}
