// A claim status question in the words of Availity's Claim Statuses 1.0.0: a form with dotted names, sent as a search by POST.
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { AvailityConfig } from './config.ts';

type Gender = ClaimStatusRequest['subscriber']['gender'];

function genderCode(gender: Gender): string | null {
  if (gender === 'female') return 'F';
  if (gender === 'male') return 'M';
  return gender === 'other' ? 'U' : null;
}

/** Dollars and cents with both places, as money stands on a claim form. */
function dollars(cents: number): string {
  return `${Math.trunc(cents / 100)}.${String(Math.abs(cents % 100)).padStart(2, '0')}`;
}

/**
 * The form; what is not known is left out. A patient who is not the subscriber is sent as "other" (G8): the question does not say how they
 * are related. The submitter is the provider that bills.
 */
export function toClaimStatusForm(request: ClaimStatusRequest, config: AvailityConfig): URLSearchParams {
  const { payer, provider, subscriber, dependent, claim } = request;
  const patient = dependent ?? subscriber;
  const fields: readonly (readonly [string, string | null])[] = [
    ['payer.id', config.payers[payer.id] ?? payer.id],
    ['submitter.lastName', provider.organizationName],
    ['submitter.id', config.submitterId === '' ? null : config.submitterId],
    ['providers.lastName', provider.organizationName],
    ['providers.npi', provider.npi],
    ['providers.taxId', provider.taxId],
    ['subscriber.memberId', subscriber.memberId],
    ['subscriber.lastName', subscriber.family],
    ['subscriber.firstName', subscriber.given],
    ['patient.lastName', patient.family],
    ['patient.firstName', patient.given],
    ['patient.birthDate', patient.birthDate],
    ['patient.genderCode', genderCode(patient.gender)],
    ['patient.subscriberRelationshipCode', dependent === null ? '18' : 'G8'],
    ['patient.accountNumber', claim.patientControlNumber],
    ['claimNumber', claim.payerClaimNumber],
    ['claimAmount', claim.chargeCents === null ? null : dollars(claim.chargeCents)],
    ['fromDate', claim.from],
    ['toDate', claim.to],
  ];
  const form = new URLSearchParams();
  for (const [name, value] of fields) if (value !== null && value !== '') form.append(name, value);
  return form;
}
