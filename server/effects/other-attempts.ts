// What became of the other attempts of a request: one the payer has stands for all later ones, one in doubt stops them.
import { atInstant } from '../../domain/effect/permit.ts';
import type { EffectOutcome } from '../../domain/effect/permit.ts';
import { voidKey } from '../../domain/effect/key.ts';
import type { Trx } from '../database/tables.ts';
import { identityOf, permitOf } from './store.ts';
import type { EffectIdentity, EffectRow } from './store.ts';

/** `sent`: what the newest attempt that the payer still has came to. `inDoubt`: attempts of which nobody knows. */
export interface OtherAttempts {
  readonly sent: EffectOutcome | null;
  readonly underWay: boolean;
  readonly inDoubt: readonly EffectIdentity[];
}

/** Answers with which a payer is done with a request: whoever asks again asks anew. */
const final: readonly string[] = ['denied', 'cancelled'];

export async function otherAttempts(
  trx: Trx,
  of: EffectIdentity,
  authorization: string,
  now: string,
): Promise<OtherAttempts> {
  const rows = await trx
    .selectFrom('effects')
    .selectAll()
    .where('clinic', '=', of.clinic)
    .where('request_of', '=', of.requestOf)
    .where('key', '<>', of.key)
    .where('state', '<>', 'notSent')
    .orderBy('created_at', 'desc')
    .execute();
  let sent: EffectOutcome | null = null;
  for (const row of rows) {
    if (sent === null && row.outcome !== null && !(await isOver(trx, row, authorization))) sent = row.outcome;
  }
  const states = rows.map((row) => ({ row, state: atInstant(permitOf(row), now).state }));
  return {
    sent,
    underWay: states.some(({ state }) => state === 'granted' || state === 'sending'),
    inDoubt: states.flatMap(({ row, state }) => (state === 'uncertain' || state === 'held' ? [identityOf(row)] : [])),
  };
}

/** Whether the payer is done with what this attempt sent, or it was taken back. */
async function isOver(trx: Trx, row: EffectRow, authorization: string): Promise<boolean> {
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
