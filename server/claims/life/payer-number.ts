// The payer's own number of a claim: whether it is known, and what it is, as the payer told it last.
import type { Db, Trx } from '../../database/tables.ts';
import type { SystemPrincipal } from '../../http/principal.ts';
import { openSaid } from '../../posting/records.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';

/** Always within the transaction that lays it before a person. */
export interface ClaimOpening {
  readonly purpose: string;
  readonly actor: SystemPrincipal;
  readonly trx: Trx;
}

/** In a status, an acknowledgment or a remittance. */
export async function isPayerNumberKnown(db: Db, ref: string): Promise<boolean> {
  const row = await db
    .selectFrom('claim_statuses')
    .select('record')
    .where('claim', '=', ref)
    .where('payer_number_known', '=', true)
    .unionAll(
      db
        .selectFrom('remittance_claims')
        .select('ref as record')
        .where('claim', '=', ref)
        .where('state', '=', 'posted')
        .where('payer_number_known', '=', true),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
