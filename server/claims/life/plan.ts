// What the server knows of a claim when its workflow asks: how it was checked, what holds for its payer, what went before.
import { claimSenders } from '../../../connectors/claim-senders.ts';
import { x12FilesOperations } from '../../../connectors/x12-files/operations.ts';
import { frequencies } from '../../../domain/claim/event-schema.ts';
import type { Frequency } from '../../../domain/claim/event-schema.ts';
import type { ClaimPlan } from '../../../domain/claim/plan.ts';
import type { Db, Trx } from '../../database/tables.ts';
import { isSentBackSince } from '../../effects/sent-back.ts';
import { systemPrincipal } from '../../http/principal.ts';
import type { Principal } from '../../http/principal.ts';
import { scrubClaims } from '../../scrub/scrub.ts';
import { claimRow, openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import { blocksOf } from './blocks.ts';
import { isCoverageInDoubt } from './coverage.ts';
import type { LifeNeeds } from './needs.ts';
import { isPayerNumberKnown } from './payer-number.ts';
import { fileByOf, termsOf } from './terms.ts';

/** Systems through which claims leave. */
const sendingSystems = [...claimSenders.map(({ json }) => json.system), x12FilesOperations['x12Files.send'].system];

/** Has the claim checked where its last check is out of date, then says how it stands. Throws `reference.unknown`. */
export async function planOf(needs: LifeNeeds, clinic: string, claim: string, by: Principal): Promise<ClaimPlan> {
  const { db, policies, now } = needs;
  const { date } = await policies.today(db, clinic, now());
  if (await isUnchecked(db, await claimRow(db, clinic, claim))) await scrubClaims(needs, clinic, [claim], by);
  return db.transaction().execute(async (trx) => {
    const row = await claimRow(trx, clinic, claim);
    const actor = systemPrincipal('claims', by);
    const { claim: content } = await openClaim(needs, row, { purpose: 'claim.assess', actor, trx });
    const attempts = await attemptsOf(trx, row);
    return {
      claim,
      clinic,
      payer: row.payer,
      route: await routeOf(trx, clinic),
      version: row.version,
      frequency: frequencyOf(row),
      blocks: await blocksOf(trx, row),
      payerNumberKnown: content.originalClaimNumber !== null || (await isPayerNumberKnown(trx, claim)),
      attempts,
      sentBefore: await sentBefore(trx, row, attempts),
      hold: (await isCoverageInDoubt(needs, trx, row, content)) ? 'coverage.changed' : null,
      fileBy: fileByOf(needs, row),
      terms: await termsOf(needs, trx, row, content, date),
    };
  });
}

/** What the claim asks to be; one that does not say is an original. */
export function frequencyOf({ frequency }: Pick<ClaimRow, 'frequency'>): Frequency {
  return frequencies.find((one) => one === frequency) ?? '1';
}

/** Never checked, not in this version, or a chart came in since that its check may not have seen. */
async function isUnchecked(db: Db, { clinic, ref, version }: ClaimRow): Promise<boolean> {
  const scrub = await db
    .selectFrom('claim_scrubs')
    .select(['version', 'at'])
    .where('claim', '=', ref)
    .executeTakeFirst();
  if (scrub === undefined || scrub.version !== version) return true;
  const newer = await db
    .selectFrom('scrub_charts')
    .select('record')
    .where('clinic', '=', clinic)
    .where('changed_at', '>', scrub.at)
    .limit(1)
    .executeTakeFirst();
  return newer !== undefined;
}

async function routeOf(db: Db, clinic: string): Promise<ClaimPlan['route']> {
  const row = await db
    .selectFrom('connections')
    .select('id')
    .where('clinic', '=', clinic)
    .where('system', 'in', sendingSystems)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 'staffSend' : 'electronic';
}

async function attemptsOf(db: Db, { clinic, ref }: ClaimRow): Promise<ClaimPlan['attempts']> {
  const rows = await db
    .selectFrom('work_items')
    .select('context')
    .where('clinic', '=', clinic)
    .where('kind', '=', 'claim.submit')
    .where('subject', '=', ref)
    .execute();
  const attempts: Partial<Record<Frequency, number>> = {};
  for (const { context } of rows) {
    const frequency = frequencyOf({ frequency: String(context['frequency']) });
    const attempt = context['attempt'];
    if (typeof attempt === 'number') attempts[frequency] = Math.max(attempts[frequency] ?? 0, attempt);
  }
  return attempts;
}

/** By Gait, or by whatever the clinic billed with before: who was told of the claim by a payer has sent it. */
async function sentBefore(trx: Trx, row: ClaimRow, attempts: ClaimPlan['attempts']): Promise<ClaimPlan['sentBefore']> {
  const { ref, clinic } = row;
  const effect = await trx
    .selectFrom('effects')
    .select(['key', 'sent_at', 'created_at'])
    .where('clinic', '=', clinic)
    .where('state', '=', 'done')
    .where('key', 'like', `claim.submit/${ref}/%`)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (effect !== undefined) {
    if (await isSentBackSince(trx, ref, effect)) return null;
    const [, , frequency = '', attempt = ''] = effect.key.split('/');
    const at = (effect.sent_at ?? effect.created_at).toISOString();
    return { frequency: frequencyOf({ frequency }), attempt: Number(attempt), at };
  }
  const told = await trx
    .selectFrom('claim_statuses')
    .select(['at', 'sent_back'])
    .where('claim', '=', ref)
    .unionAll(
      trx
        .selectFrom('remittance_claims')
        .select((row) => [row.ref('posted_at').$notNull().as('at'), row.lit(false).as('sent_back')])
        .where('claim', '=', ref)
        .where('state', '=', 'posted'),
    )
    .execute();
  const inOrder = told.sort((one, other) => one.at.getTime() - other.at.getTime());
  const first = inOrder[0];
  if (first === undefined || inOrder.at(-1)?.sent_back === true) return null;
  const frequency = frequencyOf(row);
  return { frequency, attempt: attempts[frequency] ?? 1, at: first.at.toISOString() };
}
