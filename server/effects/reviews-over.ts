// When a payer is done with a request for authorization, so that whoever asks again asks anew.
import { voidKey } from '../../domain/effect/key.ts';
import type { Trx } from '../database/tables.ts';
import type { EffectRow } from './store.ts';

/** Answers with which a payer is done with a request. */
const final: readonly string[] = ['denied', 'cancelled'];

/** Whether the payer is done with what this attempt sent, or it was taken back. */
export async function isReviewOver(trx: Trx, row: EffectRow, authorization: string): Promise<boolean> {
  if (row.outcome !== null && final.includes(row.outcome.outcome)) return true;
  const withdrawn = await trx
    .selectFrom('effects')
    .select('key')
    .where('clinic', '=', row.clinic)
    .where('key', '=', voidKey(row.key))
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (withdrawn !== undefined) return true;
  const answered = await trx
    .selectFrom('authorization_events')
    .select('detail')
    .where('clinic', '=', row.clinic)
    .where('authorization_ref', '=', authorization)
    .where('event', '=', 'answered')
    .where('at', '>=', row.sent_at ?? row.created_at)
    .execute();
  return answered.some(({ detail }) => {
    const { period, kind, answer } = detail;
    const status: unknown = typeof answer === 'object' && answer !== null && 'status' in answer ? answer.status : null;
    const about = row.request_of.endsWith(`/${String(period)}/${String(kind)}`);
    return about && typeof status === 'string' && final.includes(status);
  });
}
