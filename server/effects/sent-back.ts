// Whether a claim that was sent is no longer with the payer, so that sending it anew is no repetition.
import type { Trx } from '../database/tables.ts';
import type { EffectRow } from './store.ts';

/** Decisions by which a person says that the payer keeps nothing of what was sent, or decides about a corrected one. */
const sentAnew = [
  ['claim.followUp', 'notOnFile'],
  ['claim.denied', 'correct'],
] as const;

/** Sent back before anybody decided about it, not on the payer's file, or denied and to be corrected. */
export async function isSentBackSince(
  trx: Trx,
  claim: string,
  earlier: Pick<EffectRow, 'sent_at' | 'created_at'>,
): Promise<boolean> {
  const since = earlier.sent_at ?? earlier.created_at;
  const told = await trx
    .selectFrom('claim_statuses')
    .select('record as id')
    .where('claim', '=', claim)
    .where('sent_back', '=', true)
    .where('at', '>=', since)
    // The file it went in was rejected (TA1, 999), of which no status tells.
    .unionAll(
      trx
        .selectFrom('claim_events')
        .select('id')
        .where('claim', '=', claim)
        .where('type', '=', 'sentBack')
        .where('at', '>=', since),
    )
    .limit(1)
    .executeTakeFirst();
  if (told !== undefined) return true;
  const decided = await trx
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .select('d.id')
    .where('w.subject', '=', claim)
    .where('d.state', '=', 'accepted')
    .where('d.at', '>=', since)
    .where((where) =>
      where.or(
        sentAnew.map(([kind, decision]) => where.and([where('w.kind', '=', kind), where('d.decision', '=', decision)])),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return decided !== undefined;
}
