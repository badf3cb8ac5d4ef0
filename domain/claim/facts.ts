// What follows from a claim alone: its days, what makes it this claim, and the question to a payer how it stands.
import { canonicalJson } from '../canonical-json.ts';
import type { Claim } from './schema.ts';
import type { AnsweredClaim, ClaimStatusRequest } from './status.ts';

/** The first and the last day of service; null where no line tells any. */
export function serviceDays({ lines }: Claim): { readonly from: string; readonly to: string } | null {
  const days = lines
    .flatMap(({ from, to }) => [from, to])
    .filter((day) => day !== null)
    .sort();
  const [from] = days;
  return from === undefined ? null : { from, to: days.at(-1) ?? from };
}

/**
 * What makes a claim this one: clinic, number, payer and its place in line, frequency, the claim it replaces, days. Charges and codes
 * are not part of it: corrected before it was sent it is the same claim. Null where it has no number of ours. It is PHI.
 */
export function claimIdentity(claim: Claim): string | null {
  const { patientControlNumber, billingProvider, payer, responsibility, frequency, originalClaimNumber } = claim;
  if (patientControlNumber === null) return null;
  const clinic = billingProvider.npi ?? billingProvider.taxId?.value ?? null;
  const days = serviceDays(claim);
  return canonicalJson([clinic, patientControlNumber, payer.id, responsibility, frequency, originalClaimNumber, days]);
}

/**
 * The question how a claim stands. `trace` is our number of the question; `from` and `to` are empty where no line has a day.
 * @param payerClaimNumber the payer's own number of the claim, where an earlier answer told it
 */
export function statusRequestOf(
  claim: Claim,
  { trace, payerClaimNumber = null }: { readonly trace: string; readonly payerClaimNumber?: string | null },
): ClaimStatusRequest {
  const { billingProvider, subscriber, patient, payer, patientControlNumber, chargeCents } = claim;
  const { from, to } = serviceDays(claim) ?? { from: '', to: '' };
  return {
    trace,
    payer: { id: payer.id ?? '', name: payer.name ?? '' },
    provider: {
      organizationName: billingProvider.name ?? '',
      npi: billingProvider.npi,
      taxId: billingProvider.taxId?.value ?? null,
    },
    subscriber: {
      given: subscriber.given ?? '',
      family: subscriber.name ?? '',
      memberId: subscriber.memberId,
      birthDate: subscriber.birthDate,
      gender: subscriber.gender,
    },
    dependent:
      patient === null
        ? null
        : {
            given: patient.given ?? '',
            family: patient.name ?? '',
            birthDate: patient.birthDate,
            gender: patient.gender,
          },
    claim: { patientControlNumber, payerClaimNumber, chargeCents, from, to },
  };
}

/** Acknowledgment categories by which a claim is sent back before anybody decides on it (X12 code list 507: A3, A6, A7, A8). */
const sentBackCategories: readonly string[] = ['A3', 'A6', 'A7', 'A8'];

/** Whether the claim never came into adjudication: corrected, it is sent as an original again. */
export function isSentBack({ statuses }: Pick<AnsweredClaim, 'statuses'>): boolean {
  return statuses.some(({ category }) => sentBackCategories.includes(category));
}

/** A status that says nothing of a claim: D0 nothing found, E the payer's system could not look (X12 code list 507). */
export function saysNothing(category: string): boolean {
  return category === 'D0' || category.startsWith('E');
}
