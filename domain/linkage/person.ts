// A person as records name one, and the parts of it that are compared: plain letters, digits only, nothing for placeholders.
import type { Patient } from '../patient/schema.ts';
import type { LinkageBook } from './book-schema.ts';
import {
  isPlaceholderBirthDate,
  isPlaceholderEmail,
  isPlaceholderNumber,
  isPlaceholderPhone,
  isPlaceholderWord,
} from './placeholders.ts';
import { soundOf } from './similarity.ts';

/** Who is compared. `ref` is whatever the caller knows the record by; `memberIds` those of all payers. */
export interface Person extends Pick<Patient, 'name' | 'birthDate' | 'gender' | 'contact' | 'address'> {
  readonly ref: string;
  readonly memberIds: readonly string[];
}

/** A person made ready once, to be compared with many. Empty where nothing is known. */
export interface Prepared {
  readonly ref: string;
  /** The first given name, and all of them written as one. */
  readonly given: string;
  readonly givenWhole: string;
  readonly givenParts: readonly string[];
  /** Names the person is called by, from quotes or brackets. */
  readonly called: readonly string[];
  readonly middle: string;
  readonly family: string;
  readonly familyParts: readonly string[];
  readonly suffix: string;
  readonly givenSound: string;
  readonly familySound: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly email: string;
  readonly street: string;
  readonly postalCode: string;
  readonly memberIds: readonly string[];
  readonly gender: string;
}

const suffixes: Readonly<Record<string, string>> = {
  jr: 'jr',
  junior: 'jr',
  sr: 'sr',
  senior: 'sr',
  ii: 'ii',
  '2nd': 'ii',
  iii: 'iii',
  '3rd': 'iii',
  iv: 'iv',
  '4th': 'iv',
};
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'md', 'rev']);
const streetWords: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  av: 'ave',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  boulevard: 'blvd',
  court: 'ct',
  place: 'pl',
  circle: 'cir',
  highway: 'hwy',
  parkway: 'pkwy',
  terrace: 'ter',
  apartment: 'apt',
  unit: 'apt',
  suite: 'ste',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
};

/** Makes a person ready: case, marks, titles and punctuation do not tell people apart. */
export function prepare(person: Person, book: LinkageBook): Prepared {
  const known = (text: string): string => (isPlaceholderWord(text, book.placeholders) ? '' : text);
  const given = namesIn(known(person.name.given));
  const family = namesIn(known(person.name.family));
  const [first = '', second = ''] = given.parts;
  const { phone, email } = person.contact;
  const { birthDate, address } = person;
  const familyWhole = family.parts.join('');
  return {
    ref: person.ref,
    given: first,
    givenWhole: given.parts.join(''),
    givenParts: given.parts,
    called: given.called,
    middle: second.charAt(0),
    family: familyWhole,
    familyParts: family.parts.filter((part) => part.length > 2),
    suffix: family.suffix === '' ? given.suffix : family.suffix,
    givenSound: soundOf(first),
    familySound: soundOf(familyWhole),
    birthDate: birthDate === null || isPlaceholderBirthDate(birthDate, book.placeholders) ? '' : birthDate,
    phone: phone === null || isPlaceholderPhone(phone) ? '' : digitsOf(phone),
    email: email === null || isPlaceholderEmail(email, book.placeholders) ? '' : email.trim().toLowerCase(),
    street: address === null ? '' : streetOf(known(address.line)),
    postalCode: address === null ? '' : address.postalCode.replace(/\D/g, '').slice(0, 5),
    memberIds: [...new Set(person.memberIds.filter((id) => !isPlaceholderNumber(id, book.placeholders)).map(plainId))]
      .filter((id) => id.length > 3)
      .sort(),
    gender: person.gender === 'female' || person.gender === 'male' ? person.gender : '',
  };
}

/** A member id without blanks, hyphens and case. */
export function plainId(id: string): string {
  return id.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function digitsOf(phone: string): string {
  // What stands behind an "x" or "ext" is an extension.
  const digits = phone.replace(/(x|ext).*$/i, '').replace(/\D/g, '');
  return digits.length >= 7 ? digits.slice(-10) : '';
}

function namesIn(text: string): { parts: string[]; suffix: string; called: string[] } {
  const called = [...text.matchAll(/["“(]\s*([^"”()]+?)\s*["”)]/g)].map(([, name = '']) => plainName(name));
  const words = text
    .replace(/["“(][^"”()]*["”)]/g, ' ')
    .split(/[\s,\-–]+/)
    .map(plainName)
    .filter((word) => word !== '' && !titles.has(word));
  const suffix = words.map((word) => suffixes[word] ?? '').find((one) => one !== '') ?? '';
  const parts = words.filter((word, place) => place === 0 || suffixes[word] === undefined);
  return { parts, suffix, called: called.filter((name) => name !== '') };
}

/** Small letters without marks: é is e, O'Brien is obrien. */
function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function streetOf(line: string): string {
  return line
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => streetWords[word] ?? word)
    .join(' ');
}
