// Whom an 837P names: the clinic, clinicians, payers, the insured and the patient. What has no field of a Claim stays unread.
import type {
  ClaimAddress,
  ClaimContact,
  ClaimIdentifier,
  ClaimPatient,
  ClaimPayer,
  ClaimProvider,
  ClaimSubscriber,
} from '../../claim/party-schema.ts';
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { segmentOf, segmentsOf } from '../tree.ts';
import type { Reading } from './reading.ts';

interface Name {
  readonly kind: 'organization' | 'person';
  readonly name: string | null;
  readonly given: string | null;
  readonly middle: string | null;
  readonly suffix: string | null;
}

/** NM101 to NM107; a name whose kind is not told (NM102) is a person's where it has a given name. */
export function nameOf(reading: Reading, segment: KeptSegment | undefined): Name {
  const kind = segment?.element(2) ?? '';
  if (segment !== undefined) {
    known(reading, segment, 2, '1', '2');
    reading.know(segment, 1);
    if (kind === '') reading.fault('element.missing', 'NM102, person or organization, is missing.', segment);
    else if (kind !== '1' && kind !== '2')
      reading.fault('element.invalid', 'NM102 is neither 1 (person) nor 2 (organization).', segment);
  }
  const given = reading.text(segment, 4);
  return {
    kind: kind === '1' || (kind !== '2' && given !== null) ? 'person' : 'organization',
    name: reading.text(segment, 3),
    given,
    middle: reading.text(segment, 5),
    suffix: reading.text(segment, 7),
  };
}

/** Says that an element is known where it holds one of these codes, which the loop or the field tells by itself. */
export function known(
  reading: Reading,
  segment: KeptSegment | undefined,
  element: number,
  ...codes: readonly string[]
): void {
  if (segment !== undefined && codes.includes(segment.element(element))) reading.know(segment, element);
}

/** NM109, where NM108 says that it is such a number. */
export function idOf(
  reading: Reading,
  segment: KeptSegment | undefined,
  ...qualifiers: readonly string[]
): string | null {
  if (segment === undefined || !qualifiers.includes(segment.element(8))) return null;
  reading.know(segment, 8);
  return reading.text(segment, 9);
}

/** @param taxonomy the PRV that belongs to the provider, where it stands in another loop */
export function providerOf(reading: Reading, loop: Loop | undefined, taxonomy?: KeptSegment): ClaimProvider {
  const segment = loop?.segments[0];
  const numbers = loop === undefined ? [] : segmentsOf(loop, 'REF');
  const tax = numbers.find((one) => isTaxKind(one.element(1)) && referenceIn(one) !== null);
  const secondaryIds = numbers.filter((one) => one !== tax).map((one) => identifierOf(reading, one));
  return {
    ...nameOf(reading, segment),
    npi: idOf(reading, segment, 'XX'),
    taxId: taxIdOf(reading, segment, tax),
    taxonomy: taxonomyOf(reading, taxonomy ?? (loop === undefined ? undefined : segmentOf(loop, 'PRV'))),
    address: addressOf(reading, loop),
    contact: contactOf(reading, loop),
    secondaryIds: secondaryIds.filter((one) => one !== null),
  };
}

export function payerOf(
  reading: Reading,
  loop: Loop | undefined,
  secondaryIds: readonly ClaimIdentifier[],
): ClaimPayer {
  const segment = loop?.segments[0];
  if (segment !== undefined) reading.know(segment, 1);
  known(reading, segment, 2, '2');
  return {
    name: reading.text(segment, 3),
    idQualifier: reading.text(segment, 8),
    id: reading.text(segment, 9),
    address: addressOf(reading, loop),
    secondaryIds: [...secondaryIds],
  };
}

/** @param insured the SBR; @param demographics the loop that holds DMG */
export function subscriberOf(
  reading: Reading,
  loop: Loop | undefined,
  insured: KeptSegment | undefined,
  demographics = loop,
): ClaimSubscriber {
  const segment = loop?.segments[0];
  const ssn = loop === undefined ? undefined : segmentOf(loop, 'REF', ['SY']);
  return {
    ...nameOf(reading, segment),
    memberId: idOf(reading, segment, 'MI'),
    ssn: ssn === undefined ? null : (identifierOf(reading, ssn)?.value ?? null),
    ...demographicsOf(reading, demographics),
    address: addressOf(reading, loop),
    groupNumber: reading.text(insured, 3),
    groupName: reading.text(insured, 4),
  };
}

/** @param relation the PAT of the patient's level */
export function patientOf(reading: Reading, loop: Loop | undefined, relation: KeptSegment | undefined): ClaimPatient {
  const { kind: _, ...name } = nameOf(reading, loop?.segments[0]);
  return {
    relationship: reading.text(relation, 1),
    ...name,
    ...demographicsOf(reading, loop),
    address: addressOf(reading, loop),
  };
}

export function addressOf(reading: Reading, loop: Loop | undefined): ClaimAddress | null {
  if (loop === undefined) return null;
  const [street, place] = [segmentOf(loop, 'N3'), segmentOf(loop, 'N4')];
  if (street === undefined && place === undefined) return null;
  return {
    line: reading.text(street, 1),
    line2: reading.text(street, 2),
    city: reading.text(place, 1),
    state: reading.text(place, 2),
    postalCode: reading.text(place, 3),
    country: reading.text(place, 4),
  };
}

/** The first contact; another stays unread. */
export function contactOf(reading: Reading, loop: Loop | undefined): ClaimContact | null {
  const segment = loop === undefined ? undefined : segmentOf(loop, 'PER');
  if (segment === undefined) return null;
  known(reading, segment, 1, 'IC');
  const number = (qualifier: string) => {
    const at = [3, 5, 7].find((element) => segment.element(element) === qualifier);
    if (at === undefined) return null;
    reading.know(segment, at);
    return reading.text(segment, at + 1);
  };
  return {
    name: reading.text(segment, 2),
    phone: number('TE'),
    extension: number('EX'),
    fax: number('FX'),
    email: number('EM'),
  };
}

/** A REF as an identifier; null, and unread, where it has no value or is about something more (REF03, REF04). */
export function identifierOf(reading: Reading, segment: KeptSegment): ClaimIdentifier | null {
  const found = referenceIn(segment);
  if (found !== null) reading.know(segment, 1, 2);
  return found;
}

function referenceIn(segment: KeptSegment): ClaimIdentifier | null {
  const [qualifier, value] = [segment.element(1), segment.element(2)];
  const isPlain = segment.element(3) === '' && segment.element(4) === '';
  return isPlain && value !== '' && /^[0-9A-Z]{1,3}$/.test(qualifier) ? { qualifier, value } : null;
}

function isTaxKind(qualifier: string): qualifier is 'EI' | 'SY' {
  return qualifier === 'EI' || qualifier === 'SY';
}

/** From REF, or from NM1 where an older file has the tax number in the place of the NPI (24, 34). */
function taxIdOf(
  reading: Reading,
  name: KeptSegment | undefined,
  reference: KeptSegment | undefined,
): ClaimProvider['taxId'] {
  const kind = reference?.element(1) ?? '';
  if (reference !== undefined && isTaxKind(kind)) {
    const found = identifierOf(reading, reference);
    return found === null ? null : { kind, value: found.value };
  }
  const inName = idOf(reading, name, '24', '34');
  if (inName === null) return null;
  return { kind: name?.element(8) === '24' ? 'EI' : 'SY', value: inName };
}

function taxonomyOf(reading: Reading, segment: KeptSegment | undefined): string | null {
  if (segment === undefined || segment.element(2) !== 'PXC') return null;
  known(reading, segment, 1, 'BI', 'PE', 'RF');
  reading.know(segment, 2);
  return reading.text(segment, 3);
}

function demographicsOf(reading: Reading, loop: Loop | undefined): Pick<ClaimSubscriber, 'birthDate' | 'gender'> {
  const segment = loop === undefined ? undefined : segmentOf(loop, 'DMG');
  if (segment === undefined) return { birthDate: null, gender: 'unknown' };
  const birthDate = reading.date(segment, 2);
  if (birthDate !== null) known(reading, segment, 1, 'D8');
  const code = segment.element(3);
  known(reading, segment, 3, 'F', 'M', 'U');
  return { birthDate, gender: code === 'F' ? 'female' : code === 'M' ? 'male' : 'unknown' };
}
