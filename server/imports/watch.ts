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
/** Another import holds the connection: what was pushed waits so long. */
const busySeconds = 5;
const atOnce = 20;

/** One round: what is due is read. A system that cannot be read is asked at ever longer intervals. */
export async function watchConnections(needs: Needs, signal: AbortSignal): Promise<void> {
  const { db, now } = needs;
  await startWatching(needs);
  const due = await db
    .selectFrom('import_watches as w')
    .innerJoin('connections as c', 'c.id', 'w.connection')
    .select(['w.connection', 'w.clinic', 'w.due_at', 'w.failures', 'w.pushed_at'])
    .where((where) => where.or([where('w.due_at', '<=', now()), where('w.pushed_at', '<=', now())]))
    .where('c.removed_at', 'is', null)
    .orderBy((order) => order.fn('least', ['w.due_at', 'w.pushed_at']))
    .limit(atOnce)
    .execute();
  for (const row of due) {
    if (signal.aborted) return;
    await readOne(needs, row, signal);
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

interface Due {
  readonly connection: string;
  readonly clinic: string;
  readonly due_at: Date;
  readonly failures: number;
  readonly pushed_at: Date | null;
}

async function readOne({ db, now, log, imports }: Needs, row: Due, signal: AbortSignal): Promise<void> {
  const { connection, clinic, failures } = row;
  const after = (seconds: number): Date => new Date(now().getTime() + seconds * 1000);
  const pause = Math.min(longestSeconds, usualSeconds * 2 ** Math.min(failures, 10));
  const onlyPushed = row.due_at > now();
  // What is pushed while it is read is read in the next round: only what was seen is set back.
  const taken = {
    due_at: onlyPushed ? row.due_at : after(pause),
    pushed_at: row.pushed_at === null ? null : after(pause),
  };
  const next = (change: { due_at?: Date; failures?: number; pushed_at?: Date | null }) =>
    db.updateTable('import_watches').set(change).where('connection', '=', connection);
  // Whoever sets the next time reads now; another server that saw the same row does not.
  const isTaken = await next({ ...taken, failures: failures + 1 })
    .where('due_at', '=', row.due_at)
    .where('pushed_at', 'is not distinct from', row.pushed_at)
    .where('failures', '=', failures)
    .executeTakeFirst();
  if (isTaken.numUpdatedRows === 0n) return;
  try {
    const { structure } = await imports.run({ clinic, connection, by: systemPrincipal('watch'), onlyPushed, signal });
    const isDone = !structure.isBusy && !structure.more;
    const again = structure.isBusy ? busySeconds : structure.more ? 0 : null;
    await next({ failures: 0 }).execute();
    if (!onlyPushed)
      await next({ due_at: after(again ?? usualSeconds) })
        .where('due_at', '=', taken.due_at)
        .execute();
    if (taken.pushed_at === null) return;
    await next({ pushed_at: isDone ? null : after(again ?? 0) })
      .where('pushed_at', '=', taken.pushed_at)
      .execute();
  } catch (error) {
    log.warn({ code: error instanceof Error ? error.name : 'unknown', connection }, 'a connection could not be read');
  }
}

/** Something was pushed: it is read at the next round. */
export async function readSoon(
  db: Db,
  { clinic, connection }: { clinic: string; connection: string },
  at: Date,
): Promise<void> {
  await db
    .insertInto('import_watches')
    .values({ connection, clinic, due_at: at, failures: 0, pushed_at: at })
    .onConflict((conflict) => conflict.column('connection').doUpdateSet({ pushed_at: at }))
    .execute();
}
