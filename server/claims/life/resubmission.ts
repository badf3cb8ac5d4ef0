// A claim as it is sent again: as a replacement or a void of what the payer decided, naming the payer's own number of it (REF*F8).
import type { ClaimDraft } from '../../../domain/claim/draft-schema.ts';
import type { Trx } from '../../database/tables.ts';
import type { SystemPrincipal } from '../../http/principal.ts';
import { openSaid } from '../../posting/records.ts';
import { openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';

/** Always within the transaction that lays it before a person. */
export interface ClaimOpening {
  readonly purpose: string;
  readonly actor: SystemPrincipal;
  readonly trx: Trx;
}

/** The claim as it is, or with another frequency and the number it replaces; null as number: nobody told it. */
export async function draftAs(
  needs: LifeNeeds,
  row: ClaimRow,
  frequency: string,
  opening: ClaimOpening,
): Promise<ClaimDraft> {
  const draft = await openClaim(needs, row, opening);
  if (frequency === row.frequency || frequency === '1') return draft;
  const { claim } = draft;
  const originalClaimNumber = (await payerNumberOf(needs, row, opening)) ?? claim.originalClaimNumber;
  return { ...draft, claim: { ...claim, frequency, originalClaimNumber } };
}

/** The payer's own number of the claim, as it told it last; null: it never did. */
export async function payerNumberOf(
  needs: LifeNeeds,
  { clinic, ref }: ClaimRow,
  opening: ClaimOpening,
): Promise<string | null> {
  const { trx } = opening;
  const posted = await trx
    .selectFrom('remittance_claims')
    .select('ref')
    .where('claim', '=', ref)
    .where('state', '=', 'posted')
    .where('payer_number_known', '=', true)
    .orderBy('posting_order', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (posted !== undefined) {
    const [one] = await openSaid(needs, clinic, [posted.ref], opening);
    return one?.said.payerClaimNumber ?? null;
  }
  const told = await trx
    .selectFrom('claim_statuses')
    .select('record')
    .where('claim', '=', ref)
    .where('payer_number_known', '=', true)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (told === undefined) return null;
  const { claim } = await needs.vault.open(clinic, told.record, opening);
  const number: unknown =
    typeof claim === 'object' && claim !== null && 'payerClaimNumber' in claim ? claim.payerClaimNumber : null;
  return typeof number === 'string' ? number : null;
}
