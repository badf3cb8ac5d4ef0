// One import of a connection at a time, whichever server runs it; one that died frees the way soon.
import { randomUUID } from 'node:crypto';
import type { Db } from '../database/tables.ts';

const leaseSeconds = 60;
const renewSeconds = 20;

/** Does the work under the connection's lease; null where another import of it is under way. */
export async function alone<T>(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  connection: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = randomUUID();
  const until = (): Date => new Date(now().getTime() + leaseSeconds * 1000);
  const taken = await db
    .insertInto('import_leases')
    .values({ connection, holder, until: until() })
    .onConflict((conflict) =>
      conflict.column('connection').doUpdateSet({ holder, until: until() }).where('import_leases.until', '<', now()),
    )
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 0n) return null;
  const own = () =>
    db
      .updateTable('import_leases')
      .set({ until: until() })
      .where('connection', '=', connection)
      .where('holder', '=', holder);
  const renewal = setInterval(
    () =>
      void own()
        .execute()
        .catch(() => undefined),
    renewSeconds * 1000,
  );
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await db
      .deleteFrom('import_leases')
      .where('connection', '=', connection)
      .where('holder', '=', holder)
      .execute()
      .catch(() => undefined);
  }
}
