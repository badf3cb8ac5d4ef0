// Holds and pauses: after a restore nobody knows what was sent since the backup, and an administrator may stop a connection.
import { settle } from '../../domain/effect/permit.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { identityOf, lockKey, permitOf, writePermit } from './store.ts';

interface HoldNeeds {
  readonly db: Db;
  readonly audit: Audit;
  readonly now: () => Date;
}

/**
 * Holds every effect of a clinic that is not done, and every effect it has not heard of yet, until an inquiry or a named
 * person says what became of it. Called after a restore from backup. Returns the number of stored effects now held.
 */
export function holdAll(needs: HoldNeeds, clinic: string, by: Principal): Promise<number> {
  return needs.db.transaction().execute(async (trx) => {
    const since = needs.now();
    await trx
      .insertInto('clinic_holds')
      .values({ clinic, since })
      .onConflict((conflict) => conflict.column('clinic').doUpdateSet({ since }))
      .execute();
    const open = await trx
      .selectFrom('effects')
      .select('key')
      .where('clinic', '=', clinic)
      .where('state', '<>', 'done')
      .orderBy('key')
      .execute();
    for (const { key } of open) {
      const row = await lockKey(trx, clinic, key);
      if (row === null) continue;
      const event = { kind: 'held', inquireAfterSeconds: row.inquire_after_seconds } as const;
      const settled = settle(permitOf(row), event, since.toISOString());
      if (settled.ok) await writePermit(trx, identityOf(row), settled.permit, since);
    }
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'effect.heldAll',
      subject: clinic,
      details: { effects: open.length },
    });
    return open.length;
  });
}

/** Ends the hold for effects nobody has asked for yet; those that are held stay so until they are settled one by one. */
export function endHold(needs: HoldNeeds, clinic: string, by: Principal): Promise<void> {
  return needs.db.transaction().execute(async (trx) => {
    await trx.deleteFrom('clinic_holds').where('clinic', '=', clinic).execute();
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'effect.holdEnded', subject: clinic });
  });
}

/** Stops, or lets go on, what a connection would send. Reading goes on. */
export function pauseConnection(
  needs: HoldNeeds,
  clinic: string,
  connection: string,
  paused: boolean,
  by: Principal,
): Promise<void> {
  return needs.db.transaction().execute(async (trx) => {
    if (paused) {
      await trx
        .insertInto('connection_pauses')
        .values({ connection, clinic, by_user: actorOf(by), since: needs.now() })
        .onConflict((conflict) => conflict.column('connection').doNothing())
        .execute();
    } else {
      await trx
        .deleteFrom('connection_pauses')
        .where('connection', '=', connection)
        .where('clinic', '=', clinic)
        .execute();
    }
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: paused ? 'connection.paused' : 'connection.resumed',
      subject: connection,
    });
  });
}
