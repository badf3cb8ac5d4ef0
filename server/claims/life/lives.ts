// Followed claims: begun once, shown as their workflow has them, and every event written once.
import type { ClaimEvent } from '../../../domain/claim/event-schema.ts';
import type { ClaimPlan } from '../../../domain/claim/plan.ts';
import type { ClaimShown } from '../../../domain/claim/shown-schema.ts';
import { GaitError } from '../../../domain/errors.ts';
import type { Trx } from '../../database/tables.ts';
import { actorOf, systemPrincipal } from '../../http/principal.ts';
import type { Principal } from '../../http/principal.ts';
import { enter, isEntered } from '../../posting/entries.ts';
import { ledgerOf } from '../../posting/ledger.ts';
import { lockLedger } from '../../posting/post.ts';
import { claimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';
import { planOf } from './plan.ts';
import { changeTold, claimChanged } from './tellings.ts';

export interface ClaimLives {
  /** Makes sure that a workflow follows the claim. Throws `reference.unknown`, `service.unavailable` where it begins later. */
  track(clinic: string, claim: string, by: Principal): Promise<'started' | 'followed'>;
  /** The claim as it is now, checked. */
  assess(clinic: string, claim: string, by: Principal): Promise<ClaimPlan>;
  /** Stores an event, with what it gives up or leaves to the patient in the books; the same id again changes nothing. */
  apply(clinic: string, claim: string, event: ClaimEvent, by: Principal): Promise<void>;
  /** What lists show of the claim from now on. */
  show(clinic: string, claim: string, shown: ClaimShown): Promise<void>;
}

export function createClaimLives(needs: LifeNeeds): ClaimLives {
  const { db, audit, now, workflows } = needs;
  return {
    async track(clinic, claim, by) {
      const { isNew, changes } = await db.transaction().execute((trx) => begin(needs, trx, { clinic, claim, by }));
      try {
        await workflows.trackClaim(clinic, claim);
      } catch {
        throw new GaitError('service.unavailable', 'Temporal is away; the claim is followed as soon as it is back.');
      }
      await changeTold(db, claim, changes);
      return isNew ? 'started' : 'followed';
    },
    assess: (clinic, claim, by) => planOf(needs, clinic, claim, by),
    apply: (clinic, claim, event, by) =>
      db.transaction().execute(async (trx) => {
        if (isEntered(event)) await lockLedger(trx, clinic);
        await claimRow(trx, clinic, claim, true);
        const { id, type, at, by: who, workItem, frequency, attempt, detail } = event;
        const inserted = await trx
          .insertInto('claim_events')
          .values({ id, claim, clinic, type, at, by_whom: who, work_item: workItem, frequency, attempt, detail })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (inserted.numInsertedOrUpdatedRows === 0n) return;
        const entered = isEntered(event) ? await enterNow(needs, trx, { clinic, claim, event, by }) : {};
        await audit.append(trx, {
          clinic,
          actor: actorOf(by),
          action: `claim.${type}`,
          subject: claim,
          // Without the detail: a payer's code may be of any form, and the event has it.
          details: { by: who, workItem, frequency, attempt, ...entered },
        });
      }),
    async show(clinic, claim, shown) {
      const { status, frequency, attempt, dueBy, denial, hold } = shown;
      await db.transaction().execute(async (trx) => {
        await claimRow(trx, clinic, claim);
        const before = await trx
          .selectFrom('claim_lives')
          .select(['state', 'since'])
          .where('claim', '=', claim)
          .forNoKeyUpdate()
          .executeTakeFirst();
        await trx
          .updateTable('claim_lives')
          .set({
            state: status,
            since: before?.state === status ? before.since : now(),
            frequency,
            attempt,
            due_by: dueBy,
            denial: denial === null ? null : JSON.stringify(denial),
            hold,
            updated_at: now(),
          })
          .where('claim', '=', claim)
          .execute();
      });
    },
  };
}

/** Enters in the books, as they are now, what a person gave up or left to the patient. */
async function enterNow(
  needs: LifeNeeds,
  trx: Trx,
  {
    by,
    ...of
  }: { readonly clinic: string; readonly claim: string; readonly event: ClaimEvent; readonly by: Principal },
): Promise<Awaited<ReturnType<typeof enter>>> {
  const opening = { purpose: 'claim.enter', actor: systemPrincipal('claims', by), trx };
  const { books } = await ledgerOf(needs, of.clinic, of.claim, opening);
  return enter(trx, { ...of, books });
}

/** Returns whether nobody had the claim followed before, and the change to be told; what was heard of it until then is told now. */
async function begin(
  { audit, now }: LifeNeeds,
  trx: Trx,
  { clinic, claim, by }: { clinic: string; claim: string; by: Principal },
): Promise<{ isNew: boolean; changes: number }> {
  await claimRow(trx, clinic, claim);
  const at = now();
  const inserted = await trx
    .insertInto('claim_lives')
    .values({
      claim,
      clinic,
      state: 'new',
      since: at,
      frequency: null,
      attempt: null,
      hold: null,
      tracked_by: actorOf(by),
      tracked_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    await claimChanged(trx, claim);
    const { changes } = await trx
      .selectFrom('claim_lives')
      .select('changes')
      .where('claim', '=', claim)
      .executeTakeFirstOrThrow();
    return { isNew: false, changes };
  }
  await trx
    .updateTable('claim_tellings')
    .set({ outcome: null, told_at: null, try_at: at })
    .where('claim', '=', claim)
    .where('outcome', '=', 'untracked')
    .execute();
  await audit.append(trx, { clinic, actor: actorOf(by), action: 'claim.tracked', subject: claim });
  return { isNew: true, changes: 1 };
}
