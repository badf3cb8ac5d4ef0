// A question about coverage for Stedi's typed eligibility check (2026-06-01).
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { missingIn } from '../medical-network/eligibility-request.ts';
import type { Incomplete, Person } from '../medical-network/eligibility-request.ts';

const relations = { spouse: 'SPOUSE', child: 'CHILD', other: 'OTHER_ADULT' } as const;

interface TypedPerson {
  readonly name: { readonly person: { readonly firstName: string; readonly lastName: string } };
  readonly dateOfBirth?: string;
  readonly gender?: 'FEMALE' | 'MALE';
}

/** Dates are `YYYY-MM-DD`. */
export interface TypedRequest {
  readonly payerId: string;
  readonly provider: { readonly name: { readonly organization: string }; readonly npi?: string; readonly tin?: string };
  readonly subscriber: TypedPerson & {
    readonly memberId?: string;
    readonly additionalInformation?: { readonly groupNumber: string };
  };
  readonly dependent?: TypedPerson & { readonly relationToSubscriber: 'SPOUSE' | 'CHILD' | 'OTHER_ADULT' };
  readonly encounter: {
    readonly services: readonly { readonly system: 'STC'; readonly value: string }[];
    readonly dates: { readonly service: { readonly start: string } };
  };
}

function typedPerson({ name, birthDate, gender }: Person): TypedPerson {
  return {
    name: { person: { firstName: name.given, lastName: name.family } },
    ...(birthDate === null ? {} : { dateOfBirth: birthDate }),
    ...(gender === 'female' ? { gender: 'FEMALE' as const } : gender === 'male' ? { gender: 'MALE' as const } : {}),
  };
}

export function toTypedRequest(
  request: EligibilityRequest,
  payers: Readonly<Record<string, string>>,
): TypedRequest | Incomplete {
  const missing = missingIn(request);
  if (missing.length > 0) return { missing };
  const { provider, subscriber, dependent, payer } = request;
  return {
    payerId: payers[payer.id] ?? payer.id,
    provider: {
      name: { organization: provider.organizationName },
      ...(provider.npi === null ? {} : { npi: provider.npi }),
      ...(provider.npi === null && provider.taxId !== null ? { tin: provider.taxId } : {}),
    },
    subscriber: {
      ...typedPerson(subscriber),
      ...(subscriber.memberId === null ? {} : { memberId: subscriber.memberId }),
      ...(subscriber.groupNumber === null ? {} : { additionalInformation: { groupNumber: subscriber.groupNumber } }),
    },
    ...(dependent === null
      ? {}
      : { dependent: { ...typedPerson(dependent), relationToSubscriber: relations[dependent.relationship] } }),
    encounter: {
      services: request.serviceTypes.map((value) => ({ system: 'STC', value })),
      dates: { service: { start: request.serviceDate } },
    },
  };
}
