// Who a claim names, in the Medical Network's words.
import type {
  ClaimAddress,
  ClaimContact,
  ClaimPatient,
  ClaimProvider,
  ClaimSubscriber,
} from '../../domain/claim/party-schema.ts';
import type { Claim } from '../../domain/claim/schema.ts';
import { wireDate } from './dates.ts';
import type { WireAddress, WireContact, WireDependent, WireInsured, WireProvider } from './claim-wire.ts';

type Known<Entries> = { readonly [Name in keyof Entries]?: string };

/** The entries that say something. */
export function known<Entries extends Readonly<Record<string, string | null | undefined>>>(
  entries: Entries,
): Known<Entries> {
  const said: { [Name in keyof Entries]?: string } = {};
  for (const name in entries) {
    const value: string | null | undefined = entries[name];
    if (value !== null && value !== undefined && value !== '') said[name] = value;
  }
  return said;
}

export function genderCode(gender: string): 'F' | 'M' | 'U' {
  return gender === 'female' ? 'F' : gender === 'male' ? 'M' : 'U';
}

export function wireAddress({ line, line2, city, state, postalCode, country }: ClaimAddress): WireAddress {
  return known({ address1: line, address2: line2, city, state, postalCode, countryCode: country });
}

export function wireContact(contact: ClaimContact, name: string): WireContact {
  const { phone, extension, fax, email } = contact;
  return {
    name: contact.name ?? name,
    ...known({ phoneNumber: phone, phoneExtension: extension, faxNumber: fax, email }),
  };
}

function names(party: Pick<ClaimProvider, 'kind' | 'name' | 'given' | 'middle' | 'suffix'>) {
  const { kind, name, given, middle, suffix } = party;
  return kind === 'organization'
    ? known({ organizationName: name })
    : known({ lastName: name, firstName: given, middleName: middle, suffix });
}

/** Only a billing provider is asked for its address and contact. */
export function wireProvider(provider: ClaimProvider, providerType: WireProvider['providerType']): WireProvider {
  const { npi, taxId, taxonomy, address, contact } = provider;
  const billing = providerType === 'BillingProvider';
  return {
    providerType,
    ...known({
      npi,
      employerId: taxId?.kind === 'EI' ? taxId.value : null,
      ssn: taxId?.kind === 'SY' ? taxId.value : null,
      taxonomyCode: taxonomy,
    }),
    ...names(provider),
    ...(billing && address !== null ? { address: wireAddress(address) } : {}),
    ...(billing && contact !== null ? { contactInformation: wireContact(contact, provider.name ?? '') } : {}),
  };
}

export function wireSubscriber(claim: Claim, subscriber: ClaimSubscriber): WireInsured {
  const { memberId, birthDate, gender, address, groupNumber, groupName } = subscriber;
  return {
    paymentResponsibilityLevelCode: claim.responsibility ?? '',
    gender: genderCode(gender),
    ...names(subscriber),
    ...known({
      memberId,
      dateOfBirth: birthDate === null ? null : wireDate(birthDate),
      insuranceTypeCode: claim.insuranceType,
      groupNumber,
      subscriberGroupName: groupName,
    }),
    ...(address === null ? {} : { address: wireAddress(address) }),
  };
}

export function wireDependent(patient: ClaimPatient): WireDependent {
  const { relationship, name, given, middle, suffix, birthDate, gender, address } = patient;
  return {
    relationshipToSubscriberCode: relationship ?? '',
    lastName: name ?? '',
    firstName: given ?? '',
    gender: genderCode(gender),
    dateOfBirth: birthDate === null ? '' : wireDate(birthDate),
    ...known({ middleName: middle, suffix }),
    ...(address === null ? {} : { address: wireAddress(address) }),
  };
}
