// A claim as it is sent again: as a replacement or a void of what the payer decided, naming the payer's own number of it (REF*F8).
import type { ClaimDraft } from '../../../domain/claim/draft-schema.ts';
import { openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';
import { payerNumberOf } from './payer-number.ts';
import type { ClaimOpening } from './payer-number.ts';

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
