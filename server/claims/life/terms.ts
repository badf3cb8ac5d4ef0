// The terms that hold between the clinic and a claim's payer, and the day until which the payer takes the claim.
import { addDays } from '../../../domain/calendar.ts';
import type { Claim } from '../../../domain/claim/schema.ts';
import { resolveClaimTerms } from '../../../domain/claim/terms.ts';
import type { ClaimTerms } from '../../../domain/claim/terms.ts';
import { profileOn } from '../../../domain/scrub/profile-schema.ts';
import type { Db } from '../../database/tables.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';

type Needs = Pick<LifeNeeds, 'policies' | 'scrubRules' | 'claimRules'>;

/** The clinic's word and the payer rules come before what the claim says of its payer (SBR09). */
export async function termsOf(needs: Needs, db: Db, row: ClaimRow, claim: Claim, on: string): Promise<ClaimTerms> {
  const { policies, claimRules, scrubRules } = needs;
  const told = await policies.lineOfBusiness(db, row.clinic, row.payer, on);
  const filed = scrubRules.reference.filingCodes.find(({ code }) => code === claim.filingCode)?.lineOfBusiness;
  const lineOfBusiness = told === 'unknown' ? (filed ?? 'unknown') : told;
  const contract = await policies.claimTerms(db, row.clinic, row.payer);
  return resolveClaimTerms(claimRules.terms, { lineOfBusiness, on, contract });
}

/** The last day the contract allows, counted from the first day of service; null: nobody told Gait. */
export function fileByOf({ scrubRules }: Pick<Needs, 'scrubRules'>, row: ClaimRow): string | null {
  const { service_from: from, payer } = row;
  if (from === null) return null;
  const days = profileOn(scrubRules.payers, payer, from).contract?.timelyFilingDays;
  return days === undefined ? null : addDays(from, days);
}
