// What is meant by sending a claim: the revision a named person approved, under the key of claim, frequency and attempt.
import type { Claim } from '../../domain/claim/schema.ts';
import { claimKey } from '../../domain/effect/key.ts';
import { claimNamed, draftIn } from '../claims/records.ts';
import type { ClaimRow } from '../claims/records.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import { isOnItsWay, newestClaimApproval } from '../work-items/approval.ts';
import type { EffectAsk, EffectPlan } from './operation.ts';
import { isSentBackSince } from './sent-back.ts';

interface Needs {
  readonly validator: Validator;
}

/** @param lacking paths of what the claim lacks in the form it would go in */
export async function planClaim(
  { validator }: Needs,
  trx: Trx,
  clinic: string,
  ask: EffectAsk,
  lacking: (claim: Claim) => readonly string[],
): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const { row, frequency } = await claimNamed(trx, clinic, ask.subject);
  const claim = row.ref;
  const item = await newestItem(trx, row, frequency);
  const approval = await newestClaimApproval(trx, clinic, { claim, frequency });
  // Asked about again since, or changed since: what was approved before no longer counts.
  const isCurrent = approval !== null && approval.workItem === item?.id && approval.version === row.version;
  const current = isCurrent ? approval : null;
  const attempt = typeof item?.attempt === 'number' ? item.attempt : 1;
  const key = claimKey({ claim, frequency, attempt });
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: ask.subject,
      requestOf: key.slice(0, key.lastIndexOf('/')),
      workItem: item?.id ?? null,
      approval: current?.hash ?? null,
      request: current?.record ?? '',
    },
    about: claim,
    period: null,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: false,
      approval: {
        given: current === null && approval !== null ? 'superseded' : (ask.approval ?? null),
        approved: approval?.hash ?? null,
        onItsWay: item !== null && (await isOnItsWay(trx, item.id, ask.approval)),
      },
    },
    missing: (record) => {
      const draft = draftIn(validator, record);
      return [...draft.heading.unread.map((place) => `unread: ${place}`), ...lacking(draft.claim)];
    },
    isOver: (within, earlier) => isSentBackSince(within, claim, earlier),
  };
}

async function newestItem(
  trx: Trx,
  { clinic, ref }: ClaimRow,
  frequency: string,
): Promise<{ id: string; attempt: unknown } | null> {
  const row = await trx
    .selectFrom('work_items')
    .select(['id', 'context'])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'claim.submit')
    .where('subject', '=', ref)
    .where((where) => where(where.ref('context', '->>').key('frequency'), '=', frequency))
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, attempt: row.context['attempt'] };
}
