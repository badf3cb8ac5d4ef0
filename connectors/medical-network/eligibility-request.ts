// A question about coverage in the Medical Network's words (eligibility v3), which Optum and Stedi both take.
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { controlNumberOf } from './control-number.ts';
import { wireDate } from './dates.ts';

/** What no payer answers without, as paths into the request. */
export interface Incomplete {
  readonly missing: readonly string[];
}

export function isIncomplete(body: object): body is Incomplete {
  return 'missing' in body;
}

interface WirePerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth?: string;
  readonly gender?: 'F' | 'M';
}

export interface WireEligibilityRequest {
  readonly controlNumber: string;
  readonly submitterTransactionIdentifier: string;
  readonly tradingPartnerServiceId: string;
  readonly provider: { readonly organizationName: string; readonly npi?: string; readonly taxId?: string };
  readonly subscriber: WirePerson & { readonly memberId?: string; readonly groupNumber?: string };
  readonly dependents?: readonly (WirePerson & { readonly individualRelationshipCode: '01' | '19' | '34' })[];
  readonly encounter: { readonly dateOfService: string; readonly serviceTypeCodes: readonly string[] };
}

/** INS02 of the 270 (005010X279A1): spouse, child, other adult. */
const relationships = { spouse: '01', child: '19', other: '34' } as const;

export interface Person {
  readonly name: { readonly given: string; readonly family: string };
  readonly birthDate: string | null;
  readonly gender: string;
}

export function wirePerson({ name, birthDate, gender }: Person): WirePerson {
  return {
    firstName: name.given,
    lastName: name.family,
    ...(birthDate === null ? {} : { dateOfBirth: wireDate(birthDate) }),
    ...(gender === 'female' ? { gender: 'F' as const } : gender === 'male' ? { gender: 'M' as const } : {}),
  };
}

/** Paths of what a payer needs to find the patient: the provider's number, and a member id or a birth date. */
export function missingIn(request: EligibilityRequest): string[] {
  const { provider, subscriber, dependent } = request;
  return [
    ...(provider.npi === null && provider.taxId === null ? ['provider.npi'] : []),
    ...(subscriber.memberId === null && subscriber.birthDate === null ? ['subscriber.memberId'] : []),
    ...(dependent !== null && dependent.birthDate === null ? ['dependent.birthDate'] : []),
  ];
}

/** The body of an eligibility call. `payers` maps our payer ids to the vendor's. */
export function toEligibilityRequest(
  request: EligibilityRequest,
  payers: Readonly<Record<string, string>>,
): WireEligibilityRequest | Incomplete {
  const missing = missingIn(request);
  if (missing.length > 0) return { missing };
  const { provider, subscriber, dependent } = request;
  return {
    controlNumber: controlNumberOf(request.trace),
    submitterTransactionIdentifier: request.trace,
    tradingPartnerServiceId: payers[request.payer.id] ?? request.payer.id,
    provider: {
      organizationName: provider.organizationName,
      ...(provider.npi === null ? {} : { npi: provider.npi }),
      ...(provider.npi === null && provider.taxId !== null ? { taxId: provider.taxId } : {}),
    },
    subscriber: {
      ...wirePerson(subscriber),
      ...(subscriber.memberId === null ? {} : { memberId: subscriber.memberId }),
      ...(subscriber.groupNumber === null ? {} : { groupNumber: subscriber.groupNumber }),
    },
    ...(dependent === null
      ? {}
      : {
          dependents: [{ ...wirePerson(dependent), individualRelationshipCode: relationships[dependent.relationship] }],
        }),
    encounter: { dateOfService: wireDate(request.serviceDate), serviceTypeCodes: request.serviceTypes },
  };
}
