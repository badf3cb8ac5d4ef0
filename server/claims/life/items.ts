// Opens what a claim's workflow wants a person to decide, with the claim as it would go out laid before them.
import { claimKey } from '../../../domain/effect/key.ts';
import type { ClaimItemKind } from '../../../domain/work-item/kinds.ts';
import type { Trx } from '../../database/tables.ts';
import { systemPrincipal } from '../../http/principal.ts';
import type { Principal } from '../../http/principal.ts';
import type { VaultRecord } from '../../vault/vault.ts';
import { newestClaimApproval } from '../../work-items/approval.ts';
import { claimRow, openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import { letterDraft } from './letter.ts';
import type { LifeNeeds } from './needs.ts';
import { isLetter, reasonForClaim } from './reasons.ts';
import { draftAs } from './resubmission.ts';
import { statementDraft } from './statement.ts';

/** What the workflow asks for. `key` of a submission is its effect's, so that the permit finds the approval. */
export interface ClaimItemAsk {
  readonly clinic: string;
  readonly key: string;
  readonly kind: ClaimItemKind;
  readonly subject: string;
  readonly workflow: string;
  readonly dueAt: string | null;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Opens the item, or gives the one that was opened under this key. Throws `reference.unknown`. */
export function openClaimItem(
  needs: LifeNeeds,
  ask: ClaimItemAsk,
  by: Principal,
): Promise<{ workItem: string; status: string }> {
  return needs.db.transaction().execute(async (trx) => {
    const { clinic, kind, subject, context } = ask;
    const row = await claimRow(trx, clinic, subject);
    const draft = await draftFor(needs, trx, row, ask, by);
    const { frequency, attempt } = context;
    const doubt =
      kind === 'claim.uncertain' && typeof frequency === 'string' && typeof attempt === 'number'
        ? { effectKey: claimKey({ claim: subject, frequency, attempt }) }
        : {};
    const reason = reasonForClaim(kind, row, context);
    return needs.workItems.open({ ...ask, payer: row.payer, reason, draft, ...doubt }, by, trx);
  });
}

async function draftFor(
  needs: LifeNeeds,
  trx: Trx,
  row: ClaimRow,
  { clinic, kind, context }: ClaimItemAsk,
  by: Principal,
): Promise<VaultRecord> {
  const opening = { purpose: 'claim.review', actor: systemPrincipal('claims', by), trx };
  const frequency = typeof context['frequency'] === 'string' ? context['frequency'] : row.frequency;
  switch (kind) {
    case 'claim.submit':
    case 'claim.fix':
      return { ...(await draftAs(needs, row, frequency, opening)) };
    case 'claim.send':
    case 'claim.uncertain': {
      // What was approved is what is sent, and what is asked about.
      const approved = isLetter(context)
        ? await approvedLetter(trx, clinic, row.ref)
        : (await newestClaimApproval(trx, clinic, { claim: row.ref, frequency }, 'onItsWay'))?.record;
      if (approved !== undefined) return needs.vault.open(clinic, approved, opening);
      return { ...(await draftAs(needs, row, frequency, opening)) };
    }
    case 'claim.appeal':
      return letterDraft(needs, row, context, opening);
    case 'claim.patientBalance':
    case 'claim.paymentPlan':
      return statementDraft(needs, row, opening);
    default:
      return { ...(await openClaim(needs, row, opening)) };
  }
}

/** The revision of the newest appeal that a person approved; its workflow acts on it before it is settled. */
async function approvedLetter(trx: Trx, clinic: string, claim: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 'd.work_item').onRef('r.number', '=', 'd.revision'),
    )
    .select('r.record')
    .where('w.clinic', '=', clinic)
    .where('w.subject', '=', claim)
    .where('w.kind', '=', 'claim.appeal')
    .where('d.decision', '=', 'approve')
    .where('d.state', '<>', 'refused')
    .orderBy('d.at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.record;
}
