// Finds a connection by its id or by the name the clinic gave it, as flows and nodes name it.
import { GaitError } from '../../domain/errors.ts';
import type { Db } from '../database/tables.ts';

/** The id. Throws `connection.unknown`. */
export async function connectionNamed(db: Db, clinic: string, idOrName: string): Promise<string> {
  const row = await db
    .selectFrom('connections')
    .select('id')
    .where('clinic', '=', clinic)
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('id', '=', idOrName), where('name', '=', idOrName)]))
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('connection.unknown', 'This clinic has no such connection.', { where: 'connection' });
  return row.id;
}
