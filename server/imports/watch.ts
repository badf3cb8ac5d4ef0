// Reads connections without anybody asking, as long as a published flow hears of records: drop folders, messages, polled systems.
import type { Logger } from 'pino';
import { ptSystemOf } from '../../connectors/pt-systems.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Imports } from './import.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly log: Logger;
  readonly imports: Imports;
}

const usualSeconds = 60;
const longestSeconds = 3_600;
const atOnce = 20;

/** One round: what is due is read. A system that cannot be read is asked at ever longer intervals. */
export async function watchConnections(needs: Needs, signal: AbortSignal): Promise<void> {
  const { db, now } = needs;
  await startWatching(needs);
  const due = await db
    .selectFrom('import_watches as w')
    .innerJoin('connections as c', 'c.id', 'w.connection')
    .select(['w.connection', 'w.clinic', 'w.due_at', 'w.failures'])
    .where('w.due_at', '<=', now())
    .where('c.removed_at', 'is', null)
    .orderBy('w.due_at')
    .limit(atOnce)
    .execute();
  for (const row of due) {
    if (signal.aborted) return;
    await readOne(needs, row);
  }
}

/** The connections that listening flows want to hear of, and no others. */
async function startWatching({ db, now }: Needs): Promise<void> {
  const rows = await db
    .selectFrom('record_listeners as l')
    .innerJoin('connections as c', 'c.clinic', 'l.clinic')
    .select(['c.id', 'c.clinic', 'c.system'])
    .distinct()
    .where('l.removed_at', 'is', null)
    .where('c.removed_at', 'is', null)
    .where((where) => where.or([where('l.connection', 'is', null), where('l.connection', '=', where.ref('c.id'))]))
    .execute();
  const wanted = rows.filter(({ system }) => ptSystemOf(system) !== undefined);
  const ids = wanted.map(({ id }) => id);
  const stale = db.deleteFrom('import_watches');
  await (ids.length === 0 ? stale : stale.where('connection', 'not in', ids)).execute();
  if (wanted.length === 0) return;
  await db
    .insertInto('import_watches')
    .values(wanted.map(({ id, clinic }) => ({ connection: id, clinic, due_at: now(), failures: 0 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function readOne(
  { db, now, log, imports }: Needs,
  row: { readonly connection: string; readonly clinic: string; readonly due_at: Date; readonly failures: number },
): Promise<void> {
  const { connection, clinic, failures } = row;
  const pause = Math.min(longestSeconds, usualSeconds * 2 ** Math.min(failures, 10));
  const next = (change: { due_at: Date; failures: number }) =>
    db.updateTable('import_watches').set(change).where('connection', '=', connection);
  // Whoever sets the next time reads now; another server that saw the same row does not.
  const taken = await next({ due_at: new Date(now().getTime() + pause * 1000), failures: failures + 1 })
    .where('due_at', '=', row.due_at)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  try {
    const { structure } = await imports.run({ clinic, connection, by: systemPrincipal('watch') });
    const again = structure.more ? 0 : usualSeconds;
    await next({ due_at: new Date(now().getTime() + again * 1000), failures: 0 }).execute();
  } catch (error) {
    log.warn({ code: error instanceof Error ? error.name : 'unknown', connection }, 'a connection could not be read');
  }
}

/** Something was pushed: the connection is read at the next round. */
export async function readSoon(
  db: Db,
  { clinic, connection }: { clinic: string; connection: string },
  at: Date,
): Promise<void> {
  await db
    .insertInto('import_watches')
    .values({ connection, clinic, due_at: at, failures: 0 })
    .onConflict((conflict) => conflict.column('connection').doUpdateSet({ due_at: at }))
    .execute();
}
