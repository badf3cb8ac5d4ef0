// The parts that several transaction sets share: who is named, references, dates and the beginning. All of it may be PHI.
import type { Loop } from '../loops.ts';
import type { KeptSegment } from '../transaction-set.ts';
import { segmentOf, segmentsOf } from '../tree.ts';
import type { Period, Reading } from './reading.ts';
import { formats } from './reading.ts';

/** BHT. */
export interface Beginning {
  /** BHT01, which order of levels the sender keeps to. */
  readonly structure: string | null;
  /** BHT02: 13 request, 08 status, 01 cancellation … */
  readonly purpose: string | null;
  readonly reference: string | null;
  readonly date: string | null;
  /** `HHMM` and what follows, the sender's clock. */
  readonly time: string | null;
  /** BHT06. */
  readonly kind: string | null;
}

/** TRN: the asker's number of a question, and who gave it. */
export interface Trace {
  readonly number: string | null;
  /** TRN01: 1 of this transaction, 2 of the one it answers. */
  readonly kind: string | null;
  readonly assigner: string | null;
  readonly further: string | null;
  readonly source: string;
}

export interface Identifier {
  readonly qualifier: string | null;
  readonly value: string | null;
}

export interface Reference extends Identifier {
  readonly description: string | null;
  readonly source: string;
}

export interface QualifiedDate extends Period {
  /** DTP01: 291 plan, 472 service, 050 received, 009 processed … */
  readonly qualifier: string | null;
  readonly source: string;
}

export interface Address {
  readonly lines: readonly string[];
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
}

export interface Contact {
  /** PER01: IC information contact … */
  readonly role: string | null;
  readonly name: string | null;
  /** TE telephone, FX fax, EM e-mail, EX extension. */
  readonly numbers: readonly Identifier[];
}

/** Who is named (NM1) and what stands beside the name. */
export interface Party {
  /** NM101. */
  readonly role: string | null;
  readonly kind: 'person' | 'organization' | null;
  /** NM103 where it names no person. */
  readonly organizationName: string | null;
  readonly family: string | null;
  readonly given: string | null;
  readonly middle: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  readonly id: Identifier | null;
  readonly references: readonly Reference[];
  readonly address: Address | null;
  readonly contacts: readonly Contact[];
  /** PRV: the provider's part and what it is called by (PXC: a taxonomy code). */
  readonly specialty: (Identifier & { readonly role: string | null }) | null;
  readonly source: string;
}

/** A subscriber or dependent. */
export interface Person extends Party {
  readonly birthDate: string | null;
  /** DMG03 as it came. */
  readonly gender: string | null;
  /** INS: whether the person is the insured, the relationship (INS02: 01 spouse, 19 child, 34 other …) and the place among multiple births. */
  readonly insured: {
    readonly isInsured: string | null;
    readonly relationship: string | null;
    readonly birthSequence: string | null;
  } | null;
  readonly diagnoses: readonly Identifier[];
  readonly dates: readonly QualifiedDate[];
}

/** SV1, SVC01 or EQ02: what was done or is planned. */
export interface Procedure extends Identifier {
  readonly modifiers: readonly string[];
  readonly description: string | null;
}

export function beginningOf(reading: Reading): Beginning | null {
  const segment = reading.tree.head.find(({ id }) => id === 'BHT');
  if (segment === undefined) return null;
  return {
    structure: reading.text(segment, 1),
    purpose: reading.text(segment, 2),
    reference: reading.text(segment, 3),
    date: reading.date(segment, 4),
    time: reading.text(segment, 5),
    kind: reading.text(segment, 6),
  };
}

export function traceOf(reading: Reading, segment: KeptSegment): Trace {
  return {
    kind: reading.text(segment, 1),
    number: reading.text(segment, 2),
    assigner: reading.text(segment, 3),
    further: reading.text(segment, 4),
    source: segment.source,
  };
}

/** @param name the loop that begins with NM1 */
export function partyOf(reading: Reading, name: Loop): Party;
export function partyOf(reading: Reading, name: Loop | undefined): Party | null;
export function partyOf(reading: Reading, name: Loop | undefined): Party | null {
  const segment = name?.segments[0];
  if (name === undefined || segment === undefined) return null;
  const kind = kindOf(segment.element(2));
  if (kind !== null) reading.know(segment, 2);
  const last = reading.text(segment, 3);
  const id = { qualifier: reading.text(segment, 8), value: reading.text(segment, 9) };
  return {
    role: reading.text(segment, 1),
    kind,
    organizationName: kind === 'person' ? null : last,
    family: kind === 'person' ? last : null,
    given: reading.text(segment, 4),
    middle: reading.text(segment, 5),
    prefix: reading.text(segment, 6),
    suffix: reading.text(segment, 7),
    id: id.qualifier === null && id.value === null ? null : id,
    references: referencesOf(reading, name),
    address: addressOf(reading, name),
    contacts: segmentsOf(name, 'PER').map((contact) => contactOf(reading, contact)),
    specialty: specialtyOf(reading, segmentOf(name, 'PRV')),
    source: segment.source,
  };
}

/** @param level the loop of the HL, where a 276 and a 277 have DMG */
export function personOf(reading: Reading, level: Loop, name: Loop | undefined): Person | null {
  const party = partyOf(reading, name);
  if (name === undefined || party === null) return null;
  const demographics = segmentOf(level, 'DMG') ?? segmentOf(name, 'DMG');
  return {
    ...party,
    birthDate: birthDateOf(reading, demographics),
    gender: reading.text(demographics, 3),
    insured: insuredOf(reading, segmentOf(name, 'INS')),
    diagnoses: segmentsOf(name, 'HI').flatMap((segment) => diagnosesOf(reading, segment)),
    dates: datesOf(reading, name),
  };
}

export function referencesOf(reading: Reading, loop: Loop): Reference[] {
  return segmentsOf(loop, 'REF').map((segment) => ({
    qualifier: reading.text(segment, 1),
    value: reading.text(segment, 2),
    description: reading.text(segment, 3),
    source: segment.source,
  }));
}

/** The value of the first reference of a kind. */
export function referenceIn(references: readonly Reference[], ...qualifiers: readonly string[]): string | null {
  return references.find(({ qualifier }) => qualifier !== null && qualifiers.includes(qualifier))?.value ?? null;
}

export function datesOf(reading: Reading, loop: Loop): QualifiedDate[] {
  return segmentsOf(loop, 'DTP').map((segment) => ({
    qualifier: reading.text(segment, 1),
    ...reading.period(segment, 2, 3),
    source: segment.source,
  }));
}

/** The first date of a kind. */
export function dateIn(dates: readonly QualifiedDate[], ...qualifiers: readonly string[]): QualifiedDate | null {
  return dates.find(({ qualifier }) => qualifier !== null && qualifiers.includes(qualifier)) ?? null;
}

/** C003, a composite medical procedure; null where the element is empty. */
export function procedureOf(reading: Reading, segment: KeptSegment, element: number): Procedure | null {
  if (segment.element(element) === '') return null;
  const [qualifier = '', value = '', ...more] = reading.components(segment, element, 7);
  return {
    qualifier: filled(qualifier),
    value: filled(value),
    modifiers: more.slice(0, 4).filter((modifier) => modifier !== ''),
    description: filled(more[4] ?? ''),
  };
}

export function filled(text: string): string | null {
  return text === '' ? null : text;
}

/** NM102. */
function kindOf(type: string): Party['kind'] {
  return type === '1' ? 'person' : type === '2' ? 'organization' : null;
}

function addressOf(reading: Reading, name: Loop): Address | null {
  const [street, place] = [segmentOf(name, 'N3'), segmentOf(name, 'N4')];
  if (street === undefined && place === undefined) return null;
  return {
    lines: [reading.text(street, 1), reading.text(street, 2)].filter((line) => line !== null),
    city: reading.text(place, 1),
    state: reading.text(place, 2),
    postalCode: reading.text(place, 3),
    country: reading.text(place, 4),
  };
}

function contactOf(reading: Reading, segment: KeptSegment): Contact {
  const numbers = [3, 5, 7].map((element) => ({
    qualifier: reading.text(segment, element),
    value: reading.text(segment, element + 1),
  }));
  return {
    role: reading.text(segment, 1),
    name: reading.text(segment, 2),
    numbers: numbers.filter(({ qualifier, value }) => (qualifier ?? value) !== null),
  };
}

function specialtyOf(reading: Reading, segment: KeptSegment | undefined): Party['specialty'] {
  if (segment === undefined) return null;
  return {
    role: reading.text(segment, 1),
    qualifier: reading.text(segment, 2),
    value: reading.text(segment, 3),
  };
}

function birthDateOf(reading: Reading, segment: KeptSegment | undefined): string | null {
  if (segment === undefined) return null;
  const date = reading.date(segment, 2);
  if (date !== null) reading.know(segment, ...formats(segment, 1));
  return date;
}

function insuredOf(reading: Reading, segment: KeptSegment | undefined): Person['insured'] {
  if (segment === undefined) return null;
  return {
    isInsured: reading.text(segment, 1),
    relationship: reading.text(segment, 2),
    birthSequence: reading.text(segment, 17),
  };
}

/** HI: each of its elements a diagnosis with its qualifier. */
export function diagnosesOf(reading: Reading, segment: KeptSegment): Identifier[] {
  return Array.from({ length: segment.elements }, (_, index) => index + 1)
    .filter((element) => segment.element(element) !== '')
    .map((element) => {
      const [qualifier = '', value = ''] = reading.components(segment, element, 2);
      return { qualifier: filled(qualifier), value: filled(value) };
    });
}
