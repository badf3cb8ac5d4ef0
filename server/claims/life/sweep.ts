// Tells the workflows of claims what was heard of them, oldest first; while Temporal is away it waits and is not lost.
import type { Logger } from 'pino';
import { GaitError } from '../../../domain/errors.ts';
import type { Telling } from './heard.ts';
import { tellingsOf } from './heard.ts';
import { changeTold } from './tellings.ts';
import type { LifeNeeds } from './needs.ts';

interface Needs extends LifeNeeds {
  readonly log: Logger;
}

const atOnce = 100;
const firstPauseSeconds = 5;
const longestPauseSeconds = 3600;

/** One round: claims that are to be started or looked at again, then what was heard. Returns how much was told. */
export async function tellClaims(needs: Needs): Promise<number> {
  return (await startTracked(needs)) + (await tellWaiting(needs));
}

async function startTracked({ db, workflows }: Needs): Promise<number> {
  const rows = await db
    .selectFrom('claim_lives')
    .select(['claim', 'clinic', 'changes'])
    .whereRef('changes_told', '<', 'changes')
    .orderBy('updated_at')
    .limit(atOnce)
    .execute();
  for (const { claim, clinic, changes } of rows) {
    await workflows.trackClaim(clinic, claim);
    await changeTold(db, claim, changes);
  }
  return rows.length;
}

async function tellWaiting(needs: Needs): Promise<number> {
  const { db, now, log } = needs;
  await closeUntracked(needs);
  const rows = await db
    .selectFrom('claim_tellings as t')
    .select(['t.id', 't.clinic', 't.claim', 't.body', 't.tries'])
    .where('t.told_at', 'is', null)
    .where('t.try_at', '<=', now())
    // One claim hears things in their order: what could not be told yet keeps what came after it.
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('claim_tellings as e')
            .select('e.id')
            .whereRef('e.claim', '=', 't.claim')
            .whereRef('e.seq', '<', 't.seq')
            .where('e.told_at', 'is', null)
            .where('e.try_at', '>', now()),
        ),
      ),
    )
    .orderBy('t.seq')
    .limit(atOnce)
    .execute();
  let told = 0;
  const kept = new Set<string>();
  for (const row of rows) {
    const { id, tries, claim } = row;
    if (kept.has(claim)) continue;
    try {
      for (const telling of await tellingsOf(needs, row)) await tell(needs, row.clinic, telling);
      await db.updateTable('claim_tellings').set({ outcome: 'told', told_at: now() }).where('id', '=', id).execute();
      told += 1;
    } catch (error) {
      kept.add(claim);
      const pause = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(tries, 20));
      const again = { tries: tries + 1, try_at: new Date(now().getTime() + pause * 1000) };
      await db.updateTable('claim_tellings').set(again).where('id', '=', id).execute();
      // Temporal is away, for the others too.
      if (!(error instanceof GaitError)) throw error;
      log.warn({ code: error.code, telling: id, tries }, 'a claim could not be told what was heard of it');
    }
  }
  return told;
}

/** Nobody has these claims followed; whoever begins to is told then. */
async function closeUntracked({ db, now }: Needs): Promise<void> {
  await db
    .updateTable('claim_tellings')
    .set({ outcome: 'untracked', told_at: now() })
    .where('told_at', 'is', null)
    .where('claim', 'not in', (select) => select.selectFrom('claim_lives').select('claim'))
    .execute();
}

async function tell({ db, workflows }: Needs, clinic: string, { claim, heard }: Telling): Promise<void> {
  const life = await db.selectFrom('claim_lives').select('claim').where('claim', '=', claim).executeTakeFirst();
  if (life !== undefined) await workflows.tellClaim(clinic, claim, heard);
}
