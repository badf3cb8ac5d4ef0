// An eligibility question in the words of Availity's Coverages 1.0.0: a form whose dates are calendar dates, the patient named as such.
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import type { AvailityConfig } from './config.ts';

/** X12 individual relationship codes as Availity takes them: 18 the subscriber, 01 spouse, 19 child, G8 other. */
const relationships = { spouse: '01', child: '19', other: 'G8' } as const;

const genderCodes: Readonly<Record<EligibilityRequest['subscriber']['gender'], string | null>> = {
  female: 'F',
  male: 'M',
  other: 'U',
  unknown: null,
};

/** The form; what is not known is left out, and which of it a payer cannot do without the payer says (configurations tell in advance). */
export function toCoverageForm(request: EligibilityRequest, config: AvailityConfig): URLSearchParams {
  const { payer, provider, subscriber, dependent } = request;
  const patient = dependent ?? subscriber;
  const fields: readonly (readonly [string, string | null])[] = [
    ['payerId', config.payers[payer.id] ?? payer.id],
    ['providerLastName', provider.organizationName],
    ['providerNpi', provider.npi],
    ['providerTaxId', provider.taxId],
    ['asOfDate', request.serviceDate],
    ['toDate', request.serviceDate],
    ['memberId', subscriber.memberId],
    ['groupNumber', subscriber.groupNumber],
    ['patientLastName', patient.name.family],
    ['patientFirstName', patient.name.given],
    ['patientBirthDate', patient.birthDate],
    ['patientGender', genderCodes[patient.gender]],
    ['subscriberRelationship', dependent === null ? '18' : relationships[dependent.relationship]],
    ...request.serviceTypes.map((code) => [config.serviceTypeParameter, code] as const),
  ];
  const form = new URLSearchParams();
  for (const [name, value] of fields) if (value !== null && value !== '') form.append(name, value);
  return form;
}
