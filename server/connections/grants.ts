// Keeps what a person's sign-in at a vendor left: the tokens in the vault, changed by one at a time over all servers.
import { sql } from 'kysely';
import type { Grant, GrantStore } from '../../connectors/grants.ts';
import { textAt } from '../../connectors/json.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import type { SignInFacts } from './connections.ts';

export interface GrantNeeds {
  readonly db: Db;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly now: () => Date;
}

const recordKind = 'connectionGrant';
const keepMinutes = 10;

/** The grant as it was read, and which of its versions that was; version 0: there is none. */
interface Seen {
  readonly version: number;
  readonly grant: Grant | null;
}

/** The grants of one connection. `by` is who signs in, or at whose cause a vendor is asked. */
export function grantStore(
  needs: GrantNeeds,
  of: { readonly clinic: string; readonly connection: string; readonly by: Principal },
): GrantStore {
  const { db, vault, audit, now } = needs;
  const { clinic, connection, by } = of;

  const look = async (): Promise<Seen> => {
    const row = await db
      .selectFrom('connection_grants')
      .select(['record', 'version'])
      .where('connection', '=', connection)
      .executeTakeFirst();
    if (row === undefined || row.record === null) return { version: row?.version ?? 0, grant: null };
    const value = await vault.open(clinic, row.record, {
      purpose: 'connection.grant',
      actor: systemPrincipal('connections', by),
      action: 'connection.opened',
    });
    return { version: row.version, grant: grantOf(value) };
  };

  const keep = async (trx: Trx, record: string | null, before: Grant | null, grant: Grant): Promise<void> => {
    const at = now();
    const value = { ...grant };
    const ref = record ?? (await vault.put(clinic, recordKind, value, { trx }));
    if (record !== null) await vault.replace(clinic, record, value, { trx });
    await trx
      .updateTable('connection_grants')
      .set((row) => ({
        record: ref,
        version: row('version', '+', 1),
        signed_in_at: grant.signedInAt,
        lasts_until: grant.refreshExpiresAt,
        lapsed_at: null,
        keep_at: new Date(at.getTime() + keepMinutes * 60_000),
        updated_at: at,
      }))
      .where('connection', '=', connection)
      .execute();
    if (before?.signedInAt !== grant.signedInAt)
      await audit.append(trx, { clinic, actor: actorOf(by), action: 'connection.signedIn', subject: connection });
  };

  /** Null: somebody changed the grant since it was seen, so that nothing was asked. */
  const changeSeen = ({ version, grant }: Seen, change: Parameters<GrantStore['replace']>[0]) =>
    db.transaction().execute(async (trx): Promise<{ readonly grant: Grant | null } | null> => {
      // The lock outlasts one call to the vendor, and so does the patience of those who wait for it.
      await sql`set local idle_in_transaction_session_timeout = '120s'`.execute(trx);
      await sql`set local lock_timeout = '25s'`.execute(trx);
      const at = now();
      await trx
        .insertInto('connection_grants')
        .values({ connection, clinic, keep_at: at, updated_at: at })
        .onConflict((conflict) => conflict.column('connection').doNothing())
        .execute();
      const row = await trx
        .selectFrom('connection_grants')
        .select(['record', 'version'])
        .where('connection', '=', connection)
        .forNoKeyUpdate()
        .executeTakeFirstOrThrow();
      if (row.version !== version) return null;
      const next = await change(grant);
      if (next === null) return { grant };
      await keep(trx, row.record, grant, next);
      return { grant: next };
    });

  return {
    read: async () => (await look()).grant,
    async replace(change) {
      // Looked at before the lock is held: opening the vault writes into the clinic's chain, which nobody may hold while a vendor is asked.
      for (;;) {
        const changed = await changeSeen(await look(), change);
        if (changed !== null) return changed.grant;
      }
    },
  };
}

/** Forgets the tokens of a connection that is removed. */
export async function forgetGrant(
  trx: Trx,
  vault: Vault,
  { clinic, connection }: { readonly clinic: string; readonly connection: string },
): Promise<void> {
  const row = await trx
    .deleteFrom('connection_grants')
    .where('connection', '=', connection)
    .returning('record')
    .executeTakeFirst();
  if (row !== undefined && row.record !== null) await vault.replace(clinic, row.record, {}, { trx });
  await trx.deleteFrom('connection_sign_ins').where('connection', '=', connection).execute();
}

/** What a person may be told of a sign-in. */
export function signInFacts(
  row: {
    readonly signed_in_at: Date | null;
    readonly lasts_until: Date | null;
    readonly lapsed_at: Date | null;
  },
  now: Date,
): SignInFacts {
  const isOver = row.lapsed_at !== null || (row.lasts_until !== null && row.lasts_until <= now);
  return {
    signedInAt: row.signed_in_at?.toISOString() ?? null,
    lastsUntil: row.lasts_until?.toISOString() ?? null,
    lapsed: isOver,
  };
}

function grantOf(value: unknown): Grant | null {
  const accessToken = textAt(value, 'accessToken');
  const accessExpiresAt = textAt(value, 'accessExpiresAt');
  const refreshToken = textAt(value, 'refreshToken');
  const signedInAt = textAt(value, 'signedInAt');
  if (accessToken === null || accessExpiresAt === null || refreshToken === null || signedInAt === null) return null;
  return {
    accessToken,
    accessExpiresAt,
    refreshToken,
    signedInAt,
    refreshExpiresAt: textAt(value, 'refreshExpiresAt'),
  };
}
