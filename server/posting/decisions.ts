// What a person's decision on a remittance brings about: posted to the claim they name, posted after all, or set aside.
import type { Selectable } from 'kysely';
import { statusRow } from '../../domain/posting/codes-schema.ts';
import { claimBalances } from '../../domain/posting/lines.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { SystemPrincipal } from '../http/principal.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItemRow } from '../work-items/items.ts';
import type { WorkItemTables } from '../work-items/tables.ts';
import { openClaims } from './candidates.ts';
import type { PostingNeeds } from './needs.ts';
import { lockLedger, postProvider } from './post.ts';
import { postClaims, settleRow, writePosting } from './post-claims.ts';
import { openHead, openSaid } from './records.ts';

type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

const atOnce = 100;

/** What those who take decisions leave to posting. */
export interface RemittanceDecisions {
  /** Refuses what could never be posted, before the decision is written down. Throws `state.conflict`. */
  assertMayPost(trx: Trx, item: WorkItemRow): Promise<void>;
  /** In the transaction that settles the decision; items of other kinds are none of its business. */
  settle(trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void>;
}

export function remittanceDecisions(needs: PostingNeeds): RemittanceDecisions {
  return {
    assertMayPost: (trx, item) => assertMayPost(needs, trx, item),
    settle: (trx, item, row) => settleItem(needs, trx, item, row),
  };
}

/**
 * The claim a person means by its reference or its number.
 * @throws GaitError `input.invalid` where there is none, `state.conflict` where several bear the number
 */
export async function claimMeant(
  { vault }: { readonly vault: Vault },
  trx: Trx,
  clinic: string,
  text: string,
): Promise<string> {
  const named = text.trim();
  const where = 'outcome.claim';
  const row = await trx
    .selectFrom('claims')
    .select('ref')
    .where('clinic', '=', clinic)
    .where('ref', '=', named)
    .executeTakeFirst();
  if (row !== undefined) return row.ref;
  const [first, second] = await vault.findAll(clinic, 'claim', { number: named }, { trx });
  if (first === undefined)
    throw new GaitError('input.invalid', 'This clinic has no claim of this number.', {
      where,
      fix: 'Import the claim file that holds it, or set the payment aside with the reason.',
    });
  if (second !== undefined)
    throw new GaitError('state.conflict', 'More than one claim bears this number.', {
      where,
      fix: 'Enter the reference shown beside the claim that is meant.',
    });
  return first;
}

async function assertMayPost(needs: PostingNeeds, trx: Trx, item: WorkItemRow): Promise<void> {
  const { clinic, subject } = item;
  const actor: SystemPrincipal = { kind: 'system', process: 'posting', behalf: null };
  const opening = { purpose: 'remittance.decide', actor, trx };
  if (item.kind === 'remittance.unmatched') {
    const [one] = await openSaid(needs, clinic, [subject], opening);
    const effect = statusRow(needs.codes, one?.said.status ?? null)?.effect;
    if (effect === 'decides' || effect === 'reverses') return;
    throw new GaitError('state.conflict', 'The status the payer gave this claim moves nothing.', {
      where: 'decision',
      fix: 'Ask the payer what it means, and set the payment aside with what it said.',
    });
  }
  if (item.context['remittances'] === 0)
    throw new GaitError('state.conflict', 'There is no remittance in this file that could be posted.', {
      where: 'decision',
      fix: 'Ask the sender for the file anew, and set this one aside.',
    });
  const refs = await claimsOf(trx, subject, 'held');
  for (let start = 0; start < refs.length; start += atOnce) {
    const some = await openSaid(needs, clinic, refs.slice(start, start + atOnce), opening);
    if (!some.every(({ said }) => claimBalances(said)))
      throw new GaitError('state.conflict', 'A claim of it does not balance in itself; its cents would be lost.', {
        where: 'decision',
        fix: 'Ask the payer for a corrected remittance, and set this one aside.',
      });
  }
}

async function claimsOf(trx: Trx, remittance: string, state: 'held'): Promise<string[]> {
  const rows = await trx
    .selectFrom('remittance_claims')
    .select('ref')
    .where('remittance', '=', remittance)
    .where('state', '=', state)
    .orderBy('position')
    .execute();
  return rows.map(({ ref }) => ref);
}

async function settleItem(needs: PostingNeeds, trx: Trx, item: WorkItemRow, row: DecisionRow): Promise<void> {
  if (item.kind !== 'remittance.unmatched' && item.kind !== 'remittance.unbalanced') return;
  await lockLedger(trx, item.clinic);
  const by: SystemPrincipal = { kind: 'system', process: 'posting', behalf: row.by_user };
  if (item.kind === 'remittance.unbalanced') await settleHeld(needs, trx, item, row, by);
  else if (row.decision === 'match') await postToNamed(needs, trx, item, row, by);
  else await settleRow(trx, item.subject, { state: 'setAside', why: ['setAside'] });
  await needs.audit.append(trx, {
    clinic: item.clinic,
    actor: row.by_user,
    action: row.decision === 'setAside' ? 'remittance.setAside' : 'remittance.postedByPerson',
    subject: item.subject,
    purpose: item.kind,
    details: { workItem: item.id },
  });
}

async function postToNamed(
  needs: PostingNeeds,
  trx: Trx,
  { clinic, subject }: WorkItemRow,
  { outcome }: DecisionRow,
  by: SystemPrincipal,
): Promise<void> {
  const opening = { purpose: 'remittance.match', actor: by, trx };
  const known = await trx
    .selectFrom('remittance_claims')
    .select(['remittance', 'state'])
    .where('ref', '=', subject)
    .executeTakeFirstOrThrow();
  const named: unknown = outcome?.['claim'];
  if (known.state !== 'unmatched' || typeof named !== 'string') return;
  const claim = (await openClaims(needs, clinic, [named], opening)).get(named);
  const [entry] = await openSaid(needs, clinic, [subject], opening);
  if (claim === undefined || entry === undefined) return;
  const remittance = await openHead(needs, clinic, known.remittance, opening);
  await writePosting(needs, trx, {
    clinic,
    remittance,
    remittanceRef: known.remittance,
    entry,
    claim,
    why: ['person'],
  });
}

async function settleHeld(
  needs: PostingNeeds,
  trx: Trx,
  { clinic, subject }: WorkItemRow,
  { decision }: DecisionRow,
  by: SystemPrincipal,
): Promise<void> {
  const state = decision === 'postAnyway' ? 'posted' : 'setAside';
  // A person says that the file is whole: it is read anew, each remittance of it judged by itself.
  if (state === 'posted')
    await trx
      .updateTable('remittance_files')
      .set({ damage_accepted: true, read_at: null, try_at: needs.now() })
      .where('record', '=', subject)
      .execute();
  const changed = await trx
    .updateTable('remittances')
    .set({ state, posted_at: state === 'posted' ? needs.now() : null })
    .where('ref', '=', subject)
    .where('state', '=', 'held')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  const refs = await claimsOf(trx, subject, 'held');
  if (state === 'setAside') {
    for (const ref of refs) await settleRow(trx, ref, { state, why: ['setAside'] });
    return;
  }
  const opening = { purpose: 'remittance.match', actor: by, trx };
  const remittance = await openHead(needs, clinic, subject, opening);
  for (let start = 0; start < refs.length; start += atOnce) {
    const entries = await openSaid(needs, clinic, refs.slice(start, start + atOnce), opening);
    await postClaims(needs, trx, { clinic, remittance, remittanceRef: subject, entries, by });
  }
  await postProvider(needs, trx, { clinic, ref: subject, remittance });
}
