// A claim in doubt whose arrival was acknowledged meanwhile did arrive: nobody need be asked.
import { sql } from 'kysely';
import { settle } from '../../domain/effect/permit.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { identityOf, lockKey, permitOf, writePermit } from './store.ts';

interface Acknowledged {
  readonly clinic: string;
  readonly key: string;
}

/** How many are settled in one round. */
const perRound = 200;

/** Settles the doubt about each sending that was acknowledged since. Returns how many. */
export async function settleAcknowledged(needs: {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}): Promise<number> {
  const { db, audit, now } = needs;
  let settledNow = 0;
  for (const { clinic, key } of await acknowledged(db)) {
    settledNow += await db.transaction().execute(async (trx) => {
      const row = await lockKey(trx, clinic, key);
      const outcome = { outcome: 'accepted', structure: {}, refs: [] } as const;
      const settled = settle(row === null ? null : permitOf(row), { kind: 'found', outcome }, now().toISOString());
      if (row === null || !settled.ok) return 0;
      await writePermit(trx, identityOf(row), settled.permit, now());
      await audit.append(trx, {
        clinic,
        actor: 'system:effects',
        action: 'effect.found',
        subject: key,
        purpose: row.operation,
        details: { connection: row.connection, attempt: settled.permit.attempt, by: 'acknowledgment' },
      });
      return 1;
    });
  }
  return settledNow;
}

/**
 * Sendings in doubt with an acknowledgment of their own. A 277CA names the claim and not which sending of it, and is taken for
 * the last one: while an earlier sending that arrived was not acknowledged yet, it may be meant, and the doubt stays.
 */
async function acknowledged(db: Db | Trx): Promise<readonly Acknowledged[]> {
  const { rows } = await sql<Acknowledged>`
    select e.clinic, e.key from effects e
    where e.state in ('uncertain', 'held') and e.sent_at is not null and e.key like 'claim.submit/%'
      and exists (
        select 1 from claim_tellings t
        where t.claim = e.subject and t.at >= e.sent_at
          and t.body->>'what' = 'acknowledgment' and t.body->>'key' = e.key)
      and not exists (
        select 1 from effects earlier
        where earlier.clinic = e.clinic and earlier.subject = e.subject and earlier.key <> e.key
          and earlier.key like 'claim.submit/%' and earlier.state = 'done' and earlier.sent_at < e.sent_at
          and not exists (
            select 1 from claim_tellings t
            where t.claim = e.subject and t.body->>'what' = 'acknowledgment' and t.body->>'key' = earlier.key))
    limit ${perRound}`.execute(db);
  return rows;
}
