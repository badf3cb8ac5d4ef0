// The fields of a patient that several systems keep, as plain values that can be compared whatever way each is written.
import type { Patient } from '../patient/schema.ts';

/** A person as one system tells of them. A field left out is one the system does not keep; null: it keeps it and says nothing. */
export interface Person {
  readonly name: Patient['name'];
  readonly birthDate: string | null;
  readonly gender: Patient['gender'];
  readonly contact: Patient['contact'];
  readonly address: Patient['address'];
  readonly coverage: {
    readonly payer: string;
    readonly memberId: string | null;
    readonly groupNumber: string | null;
  } | null;
}

export const syncedFields = [
  'given',
  'family',
  'birthDate',
  'gender',
  'phone',
  'email',
  'address',
  'payer',
  'memberId',
  'groupNumber',
] as const;
export type SyncedField = (typeof syncedFields)[number];

/** What a person calls each field. */
export const fieldTitles: Readonly<Record<SyncedField, string>> = {
  given: 'First name',
  family: 'Last name',
  birthDate: 'Date of birth',
  gender: 'Gender',
  phone: 'Phone',
  email: 'E-mail',
  address: 'Address',
  payer: 'Payer',
  memberId: 'Member id',
  groupNumber: 'Group number',
};

export type Values = Readonly<Partial<Record<SyncedField, string | null>>>;

/** The fields as plain values; those of a coverage are left out where the system tells of none. */
export function valuesOf({ name, birthDate, gender, contact, address, coverage }: Person): Values {
  return {
    given: name.given,
    family: name.family,
    birthDate,
    gender: gender === 'unknown' ? null : gender,
    phone: contact.phone,
    email: contact.email,
    address: address === null ? null : [address.line, address.city, address.state, address.postalCode].join('\n'),
    ...(coverage === null
      ? {}
      : { payer: coverage.payer, memberId: coverage.memberId, groupNumber: coverage.groupNumber }),
  };
}

/** The address a value stands for, its parts one to a line; null where it is none. */
export function addressOf(value: string | null): Patient['address'] {
  const [line, city, state, postalCode] = value?.split('\n') ?? [];
  if (line === undefined || city === undefined || state === undefined || postalCode === undefined) return null;
  return { line, city, state, postalCode };
}

const letters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

/** A given name without what follows the first: "Mary A." and "MARY" are one name written two ways. */
const firstGiven = (text: string): string => letters(text.trim().split(/\s+/)[0] ?? '');

const lastTen = (text: string): string => text.replace(/\D+/g, '').slice(-10);

const forms: Readonly<Record<SyncedField, (text: string) => string>> = {
  given: firstGiven,
  family: letters,
  birthDate: (text) => text,
  gender: (text) => text,
  phone: lastTen,
  email: (text) => text.trim().toLowerCase(),
  address: letters,
  payer: (text) => text,
  memberId: letters,
  groupNumber: letters,
};

/** Whether two values say the same, whatever their spelling; nothing said is the same as nothing said only. */
export function isSame(field: SyncedField, left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  return forms[field](left) === forms[field](right);
}
