// Whom an 837P names, as segments. What the guide has no place for in a role (a clinician's address) is not written.
import type {
  ClaimAddress,
  ClaimContact,
  ClaimIdentifier,
  ClaimPatient,
  ClaimPayer,
  ClaimProvider,
  ClaimSubscriber,
} from '../../claim/party-schema.ts';
import { GaitError } from '../../errors.ts';
import type { WrittenSegment } from '../writer.ts';
import { day, genderCode, text } from './elements.ts';

interface Name {
  readonly kind: 'organization' | 'person';
  readonly name: string | null;
  readonly given: string | null;
  readonly middle: string | null;
  readonly suffix: string | null;
}

/** NM1; the qualifier is left out where there is no id. */
export function named(role: string, name: Name, qualifier: string, id: string | null): WrittenSegment {
  const kind = name.kind === 'person' ? '1' : '2';
  const parts = [name.name, name.given, name.middle, null, name.suffix].map(text);
  return ['NM1', role, kind, ...parts, id === null ? '' : qualifier, text(id)];
}

/** What the guide has a place for where a provider has this role. */
export interface Role {
  /** NM101. */
  readonly code: string;
  readonly address: boolean;
  readonly contact: boolean;
  /** PRV01 of the PRV behind the name. */
  readonly taxonomy: string | null;
  readonly taxId: boolean;
}

export const roles = {
  billing: { code: '85', address: true, contact: true, taxonomy: null, taxId: true },
  referring: { code: 'DN', address: false, contact: false, taxonomy: null, taxId: false },
  primaryCare: { code: 'P3', address: false, contact: false, taxonomy: null, taxId: false },
  rendering: { code: '82', address: false, contact: false, taxonomy: 'PE', taxId: false },
  facility: { code: '77', address: true, contact: true, taxonomy: null, taxId: false },
  supervising: { code: 'DQ', address: false, contact: false, taxonomy: null, taxId: false },
  ordering: { code: 'DK', address: true, contact: true, taxonomy: null, taxId: false },
} as const satisfies Record<string, Role>;

/** @param identifiers those to be written here, where not all of them are */
export function provider(
  role: Role,
  one: ClaimProvider | null,
  identifiers: readonly ClaimIdentifier[] = one?.secondaryIds ?? [],
): WrittenSegment[] {
  if (one === null) return [];
  const { taxId, taxonomy } = one;
  const tax = role.taxId && taxId !== null ? [{ qualifier: taxId.kind, value: taxId.value }] : [];
  return [
    named(role.code, one, 'XX', one.npi),
    ...(role.taxonomy === null || taxonomy === null ? [] : [specialty(role.taxonomy, taxonomy)]),
    ...(role.address ? address(one.address) : []),
    ...references([...tax, ...identifiers]),
    ...(role.contact ? contact(one.contact) : []),
  ];
}

export function specialty(role: string, taxonomy: string): WrittenSegment {
  return ['PRV', role, 'PXC', taxonomy];
}

export function payer(one: ClaimPayer): WrittenSegment[] {
  const { name, idQualifier, id } = one;
  return [['NM1', 'PR', '2', text(name), '', '', '', '', text(idQualifier), text(id)], ...address(one.address)];
}

export function subscriberName(one: ClaimSubscriber): WrittenSegment[] {
  return [named('IL', one, 'MI', one.memberId), ...address(one.address)];
}

export function patientName(one: ClaimPatient): WrittenSegment[] {
  return [named('QC', { kind: 'person', ...one }, '', null), ...address(one.address), ...demographics(one)];
}

/** DMG; left out where nothing is known. */
export function demographics({ birthDate, gender }: Pick<ClaimSubscriber, 'birthDate' | 'gender'>): WrittenSegment[] {
  if (birthDate !== null) return [['DMG', 'D8', day(birthDate), genderCode(gender)]];
  return gender === 'unknown' ? [] : [['DMG', '', '', genderCode(gender)]];
}

export function address(one: ClaimAddress | null): WrittenSegment[] {
  if (one === null) return [];
  const { line, line2, city, state, postalCode, country } = one;
  const street: WrittenSegment[] = line === null && line2 === null ? [] : [['N3', text(line), text(line2)]];
  return [...street, ['N4', text(city), text(state), text(postalCode), text(country)]];
}

export function references(identifiers: readonly ClaimIdentifier[]): WrittenSegment[] {
  return identifiers.map(({ qualifier, value }) => ['REF', qualifier, value]);
}

/** One reference; none where there is no value. */
export function reference(qualifier: string, value: string | null): WrittenSegment[] {
  return value === null ? [] : [['REF', qualifier, value]];
}

/** @throws GaitError `input.invalid` where there are more numbers than PER has places */
export function contact(one: ClaimContact | null): WrittenSegment[] {
  if (one === null) return [];
  const numbers = [
    ['TE', one.phone],
    ['EX', one.extension],
    ['FX', one.fax],
    ['EM', one.email],
  ].filter(([, value]) => value !== null);
  if (numbers.length > 3)
    throw new GaitError('input.invalid', 'A contact has telephone, extension, fax and e-mail.', {
      where: 'contact',
      fix: 'Leave one out: X12 has room for three.',
    });
  return [['PER', 'IC', text(one.name), ...numbers.flat().map((part) => part ?? '')]];
}
