// The people and organizations of a FHIR Claim in the form a professional claim names them.

import type { ClaimAddress, ClaimPayer, ClaimProvider } from '../claim/party-schema.ts';
import type { Element } from './element.ts';

/** Identifier systems of the United States, from the US Core implementation guide. */
const npiSystem = 'http://hl7.org/fhir/sid/us-npi';
const einSystem = 'urn:oid:2.16.840.1.113883.4.4';
const taxonomySystem = 'http://nucc.org/provider-taxonomy';

/** The first coding of a concept, of one of these systems if any are named: its code; the words beside it are not ours to repeat. */
export function codeOf(concept: Element | null, systems: readonly string[] = []): string | null {
  for (const coding of concept?.children('coding') ?? []) {
    const system = coding.string('system');
    if (systems.length === 0 || (system !== null && systems.includes(system))) return coding.string('code');
  }
  return null;
}

export function addressOf(from: Element | null): ClaimAddress | null {
  const [address] = from?.children('address') ?? [];
  if (address === undefined) return null;
  const [line = null, line2 = null] = address.strings('line');
  return {
    line,
    line2,
    city: address.string('city'),
    state: address.string('state'),
    postalCode: address.string('postalCode'),
    country: address.string('country'),
  };
}

/** Family name, given names and suffix of the first name. */
export function nameOf(from: Element | null) {
  const [name] = from?.children('name') ?? [];
  const [given = null, ...middle] = name?.strings('given') ?? [];
  const [suffix = null] = name?.strings('suffix') ?? [];
  return { name: name?.string('family') ?? null, given, middle: middle.length === 0 ? null : middle.join(' '), suffix };
}

function identifierOf(from: Element | null, system: string): string | null {
  return (
    from
      ?.children('identifier')
      .find((one) => one.string('system') === system)
      ?.string('value') ?? null
  );
}

/** An Organization, Practitioner or Location; the reference's own words where the file does not hold the resource. */
export function providerOf(resource: Element | null, reference: Element | null): ClaimProvider | null {
  if (resource === null && reference === null) return null;
  const isPerson = resource?.path === 'Practitioner';
  const taxId = identifierOf(resource, einSystem);
  const person = nameOf(resource);
  const organization = resource?.string('name') ?? reference?.string('display') ?? null;
  return {
    kind: isPerson ? 'person' : 'organization',
    ...(isPerson ? person : { name: organization, given: null, middle: null, suffix: null }),
    npi: identifierOf(resource, npiSystem) ?? npiOf(reference),
    taxId: taxId === null ? null : { kind: 'EI', value: taxId },
    taxonomy:
      resource?.children('qualification').map((one) => codeOf(one.child('code'), [taxonomySystem]))[0] ??
      resource?.children('type').map((one) => codeOf(one, [taxonomySystem]))[0] ??
      null,
    address: addressOf(resource),
    contact: null,
    secondaryIds: [],
  };
}

function npiOf(reference: Element | null): string | null {
  const identifier = reference?.child('identifier') ?? null;
  return identifier?.string('system') === npiSystem ? identifier.string('value') : null;
}

export function payerOf(resource: Element | null, reference: Element | null): ClaimPayer {
  const [identifier] = resource?.children('identifier') ?? [];
  const own = identifier ?? reference?.child('identifier') ?? null;
  own?.string('system');
  const id = own?.string('value') ?? null;
  return {
    name: resource?.string('name') ?? reference?.string('display') ?? null,
    idQualifier: id === null ? null : 'PI',
    id,
    address: addressOf(resource),
    secondaryIds: [],
  };
}
