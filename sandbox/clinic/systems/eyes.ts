// How each system sees the same clinic: what it keeps, how it numbers, and how it spells names, telephones and payers.
import type { Random } from '../../random.ts';
import type { ClinicPatient } from '../model.ts';
import type { SystemKind, SystemName, SystemPatient } from './model.ts';
import { systemKinds } from './model.ts';
import { nicknameOf, upperCase, withSlip } from './spelling.ts';

type PersonName = ClinicPatient['name'];

interface Eyes {
  readonly keeps: readonly SystemKind[];
  /** Its own number of the nth patient it was told of; those of two systems may be equal and mean two people. */
  readonly recordNumber: (place: number) => string;
  readonly firstVisit: number;
  readonly name: (name: PersonName, random: Random) => PersonName;
  /** From ten digits. */
  readonly phone: (digits: string) => string;
  readonly payerName: (name: string) => string;
  /** Of a hundred people so many are known to it. */
  readonly knows: number;
}

const asIs = <Value>(value: Value): Value => value;
const parts = (digits: string): readonly [string, string, string] => [
  digits.slice(0, 3),
  digits.slice(3, 6),
  digits.slice(6),
];
const joined = (separator: string) => (digits: string) => parts(digits).join(separator);

/** Front desks put down what somebody is called, here and there. */
const asCalled = (name: PersonName, random: Random): PersonName => ({
  ...name,
  given: random.chance(25) ? (nicknameOf(name.given) ?? name.given) : name.given,
});

const initials = 'ABCDEJKLMRST';

export const eyesOf: Readonly<Record<SystemName, Eyes>> = {
  webpt: {
    keeps: ['patients', 'authorizations', 'appointments'],
    recordNumber: (place) => `PT${10_001 + place}`,
    firstVisit: 80_000,
    name: asIs,
    phone: (digits) => `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
    payerName: asIs,
    knows: 96,
  },
  clinicient: {
    keeps: systemKinds,
    recordNumber: (place) => String(2_004_000 + place * 3),
    firstVisit: 5_100_000,
    name: upperCase,
    phone: joined('-'),
    payerName: (name) => name.toUpperCase(),
    knows: 90,
  },
  raintree: {
    keeps: systemKinds,
    recordNumber: (place) => String(10_001 + place),
    firstVisit: 300_000,
    // "Last, First M" in one column: the initial is read as part of the given name.
    name: ({ given, family }, random) => ({
      given: random.chance(40) ? `${given} ${random.pick([...initials])}` : given,
      family,
    }),
    phone: asIs,
    payerName: (name) => name.replace(/\bHealth\b/, 'Hlth').replace(/\bMutual\b/, 'Mut'),
    knows: 92,
  },
  prompt: {
    keeps: systemKinds,
    recordNumber: (place) => `P-${(0x4000 + place * 7).toString(16).toUpperCase()}`,
    firstVisit: 10_000,
    name: asCalled,
    phone: (digits) => `+1${digits}`,
    payerName: asIs,
    knows: 88,
  },
  breezyNotes: {
    keeps: ['patients', 'notes', 'charges', 'outcomes'],
    recordNumber: (place) => String(10_001 + place),
    firstVisit: 1,
    name: ({ given, family }, random) => ({
      given: random.chance(4) ? withSlip(given, random) : given,
      family: family.replaceAll('-', ' '),
    }),
    phone: joined('.'),
    payerName: asIs,
    knows: 85,
  },
  therabill: {
    keeps: ['patients', 'charges'],
    recordNumber: (place) => String(4_400_100 + place),
    firstVisit: 1,
    name: ({ given, family }) => ({ given, family: family.split('-')[0] ?? family }),
    phone: (digits) => `(${digits.slice(0, 3)})${digits.slice(3, 6)}-${digits.slice(6)}`,
    payerName: asIs,
    knows: 93,
  },
  jane: {
    keeps: ['patients', 'appointments'],
    recordNumber: (place) => String(501 + place),
    firstVisit: 70_000,
    name: asCalled,
    phone: (digits) => `1-${joined('-')(digits)}`,
    payerName: asIs,
    knows: 85,
  },
};

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** The patient as the system has them under its number. */
export function seenBy(
  system: SystemName,
  recordNumber: string,
  { name, contact, coverage, further, ...patient }: ClinicPatient,
  random: Random,
): SystemPatient {
  const eyes = eyesOf[system];
  const coverageSeen = (one: ClinicPatient['coverage']): ClinicPatient['coverage'] => ({
    ...one,
    payerName: eyes.payerName(one.payerName),
  });
  const isLoud = system === 'clinicient';
  const knowsPayers = system !== 'breezyNotes';
  const { address } = patient;
  return {
    ...patient,
    recordNumber,
    name: eyes.name(name, random),
    contact: {
      phone: contact.phone === null ? null : eyes.phone(digitsOf(contact.phone)),
      // A documentation system has no use for an address to write to.
      email: system === 'breezyNotes' ? null : contact.email,
    },
    address: isLoud && address !== null ? { ...address, line: address.line.toUpperCase() } : address,
    coverage: knowsPayers ? coverageSeen(coverage) : null,
    further: knowsPayers ? further.map(coverageSeen) : [],
    authorizationRequired: knowsPayers ? patient.authorizationRequired : null,
  };
}
