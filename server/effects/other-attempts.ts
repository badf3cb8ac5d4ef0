// What became of the other attempts of a request: one the payer has stands for all later ones, one in doubt stops them.
import { atInstant } from '../../domain/effect/permit.ts';
import type { EffectOutcome } from '../../domain/effect/permit.ts';
import type { Trx } from '../database/tables.ts';
import type { EffectPlan } from './operation.ts';
import { identityOf, permitOf } from './store.ts';
import type { EffectIdentity } from './store.ts';

/** `sent`: what the newest attempt that the payer still has came to. `inDoubt`: attempts of which nobody knows. */
export interface OtherAttempts {
  readonly sent: EffectOutcome | null;
  readonly underWay: boolean;
  readonly inDoubt: readonly EffectIdentity[];
}

export async function otherAttempts(
  trx: Trx,
  { identity: of, isOver }: Pick<EffectPlan, 'identity' | 'isOver'>,
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
    if (sent === null && row.outcome !== null && !(await isOver(trx, row))) sent = row.outcome;
  }
  const states = rows.map((row) => ({ row, state: atInstant(permitOf(row), now).state }));
  return {
    sent,
    underWay: states.some(({ state }) => state === 'granted' || state === 'sending'),
    inDoubt: states.flatMap(({ row, state }) => (state === 'uncertain' || state === 'held' ? [identityOf(row)] : [])),
  };
}
