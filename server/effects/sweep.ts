// Writes down what leases that ran out mean, so that lists and counts tell the truth without anybody asking.
import { atInstant } from '../../domain/effect/permit.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { identityOf, lockKey, permitOf, writePermit } from './store.ts';

/** Settles every granted or sending effect whose lease has run out. Returns how many. */
export async function sweepLeases(needs: {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}): Promise<number> {
  const { db, audit, now } = needs;
  const expired = await db
    .selectFrom('effects')
    .select(['clinic', 'key'])
    .where('state', 'in', ['granted', 'sending'])
    .where('lease_until', '<=', now())
    .limit(200)
    .execute();
  let swept = 0;
  for (const { clinic, key } of expired) {
    swept += await db.transaction().execute(async (trx) => {
      const row = await lockKey(trx, clinic, key);
      if (row === null) return 0;
      const before = permitOf(row);
      const after = atInstant(before, now().toISOString());
      if (after.state === before.state) return 0;
      await writePermit(trx, identityOf(row), after, now());
      await audit.append(trx, {
        clinic,
        actor: 'system:effects',
        action: `effect.${after.state}`,
        subject: key,
        purpose: row.operation,
        details: { connection: row.connection, attempt: after.attempt, lease: 'expired' },
      });
      return 1;
    });
  }
  return swept;
}
