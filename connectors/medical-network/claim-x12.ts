// A claim as X12 for the endpoints that take raw 837P: for what the JSON has no place for.
import type { ClaimDraft } from '../../domain/claim/draft-schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { missingIn as missingInX12, writeProfessionalClaims } from '../../domain/x12/writers/professional-claims.ts';
import { writeInterchange } from '../../domain/x12/writer.ts';
import type { ConnectorContext } from '../connector.ts';
import { missingIn, unsupportedIn } from './claim-gaps.ts';
import type { Usage } from './claims.ts';

/** Whether the JSON of the Medical Network can say all that the claim says. */
export function fitsJson(claim: Claim): boolean {
  return unsupportedIn(claim).length === 0;
}

/** Paths of what the claim lacks in the form it would go in. */
export function lacking(claim: Claim): readonly string[] {
  return fitsJson(claim) ? missingIn(claim) : missingInX12(claim);
}

/**
 * One claim in an interchange of its own, under new numbers and between the parties the clinic's own file named.
 * @param payers Gait's payer id to the clearinghouse's
 * @throws GaitError `input.invalid` where the claim lacks what every 837P must say
 */
export async function composeClaim(
  context: ConnectorContext,
  { claim, heading }: ClaimDraft,
  { usage, payers }: { readonly usage: Usage; readonly payers: Readonly<Record<string, string>> },
): Promise<string> {
  const numbers = context.controlNumbers;
  const control = String(await numbers.next('transaction')).padStart(4, '0');
  const [interchangeControl, groupControl] = [await numbers.next('interchange'), await numbers.next('group')];
  const at = context.now().toISOString();
  const [date, time] = [at.slice(0, 10), at.slice(11, 16).replace(':', '')];
  const id = claim.payer.id === null ? null : (payers[claim.payer.id] ?? claim.payer.id);
  const set = writeProfessionalClaims(
    control,
    { ...heading.submission, purpose: '00', reference: control, createdOn: date, createdAt: time },
    [{ ...claim, payer: { ...claim.payer, id } }],
  );
  const envelope = { groupCode: 'HC', interchangeControl, groupControl, date, time, usage, acknowledge: false };
  return writeInterchange({ ...heading.parties, ...envelope }, [set]);
}
