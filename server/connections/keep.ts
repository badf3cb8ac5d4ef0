// Keeps sign-ins at vendors alive that nobody uses, and says once that a person has to sign in again.
import type { Logger } from 'pino';
import { signInOf } from '../../connectors/sign-ins.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Vendor } from '../operations/vendor.ts';

interface Needs {
  readonly db: Db;
  readonly now: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly vendor: Vendor;
}

/** A sign-in is looked after so often, and so soon again where the vendor could not be asked. */
const everyMinutes = 10;
const againMinutes = 1;

interface Due {
  readonly connection: string;
  readonly clinic: string;
  readonly system: string;
  readonly version: number;
  readonly keep_at: Date;
}

/** One round: every sign-in whose turn it is, also of connections in shadow mode, which read all the same. */
export async function keepSignIns(needs: Needs, signal: AbortSignal): Promise<void> {
  const due = await needs.db
    .selectFrom('connection_grants as g')
    .innerJoin('connections as c', 'c.id', 'g.connection')
    .select(['g.connection', 'g.clinic', 'c.system', 'g.version', 'g.keep_at'])
    .where('g.record', 'is not', null)
    .where('g.lapsed_at', 'is', null)
    .where('g.keep_at', '<=', needs.now())
    .where('c.removed_at', 'is', null)
    .orderBy('g.keep_at')
    .execute();
  for (const one of due) {
    if (signal.aborted) return;
    try {
      await keepOne(needs, one);
    } catch (error) {
      const code = error instanceof Error ? error.name : 'unknown';
      needs.log.warn({ code, connection: one.connection }, 'a sign-in could not be kept');
    }
  }
}

async function keepOne({ db, now, log, audit, vendor }: Needs, due: Due): Promise<void> {
  const { connection, clinic, system, version } = due;
  const keep = signInOf(system)?.keep;
  if (keep === undefined) return;
  const minutes = (count: number): Date => new Date(now().getTime() + count * 60_000);
  const next = (keep_at: Date) =>
    db.updateTable('connection_grants').set({ keep_at }).where('connection', '=', connection);
  // Whoever sets the next time asks now; another server that saw the same row does not.
  const taken = await next(minutes(againMinutes)).where('keep_at', '=', due.keep_at).executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  const by = systemPrincipal('signIns');
  const timeoutSeconds = keep.requestTimeoutSeconds;
  const context = await vendor.open({ clinic, connection, system, purpose: keep.name, by, timeoutSeconds });
  const outcome = await keep.run(context, {});
  if (outcome.kind === 'done') {
    await next(minutes(everyMinutes)).execute();
    return;
  }
  log.warn({ code: outcome.code, connection }, 'a sign-in could not be kept');
  if (outcome.kind !== 'rejected') return;
  await db.transaction().execute(async (trx) => {
    // A person may have signed in again meanwhile: that sign-in has not lapsed.
    const lapsed = await trx
      .updateTable('connection_grants')
      .set({ lapsed_at: now() })
      .where('connection', '=', connection)
      .where('version', '=', version)
      .executeTakeFirst();
    if (lapsed.numUpdatedRows > 0n)
      await audit.append(trx, { clinic, actor: actorOf(by), action: 'connection.signInLapsed', subject: connection });
  });
}
