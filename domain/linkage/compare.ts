// At which level two people's records agree, field by field; a field that one of them does not tell is left out.
import type { LinkageBook, LinkageField } from './book-schema.ts';
import type { NicknameTest } from './nicknames.ts';
import type { Prepared } from './person.ts';
import { areAlike, beginAlike, differsByOne, isSlip } from './similarity.ts';

/** The level of each field that both records tell. */
export type Agreement = Readonly<Partial<Record<LinkageField, string>>>;

interface Needs {
  readonly book: LinkageBook;
  readonly isNickname: NicknameTest;
}

/** So many letters in common at the beginning make one name a possible short form of the other. */
const shortFormLetters = 4;
/** Years between a parent and a child, at the least. */
const youngestParent = 14;

type Comparator = (one: Prepared, other: Prepared, needs: Needs) => string | null;

const comparators: Readonly<Record<LinkageField, Comparator>> = {
  given: givenLevel,
  family: familyLevel,
  middle: ({ middle: one }, { middle: other }) =>
    one === '' || other === '' ? null : one === other ? 'agrees' : 'differs',
  suffix: ({ suffix: one }, { suffix: other }) => {
    if (one === '' && other === '') return null;
    if (one === '' || other === '') return 'oneOnly';
    return one === other ? 'equal' : 'different';
  },
  birthDate: birthDateLevel,
  phone: phoneLevel,
  email: emailLevel,
  address: addressLevel,
  memberId: memberIdLevel,
  gender: ({ gender: one }, { gender: other }) =>
    one === '' || other === '' ? null : one === other ? 'equal' : 'different',
};

/** Compares two people; the same whichever is named first. */
export function compare(one: Prepared, other: Prepared, needs: Needs): Agreement {
  const levels: Partial<Record<LinkageField, string>> = {};
  for (const { field } of needs.book.fields) {
    const level = comparators[field](one, other, needs);
    if (level !== null) levels[field] = level;
  }
  return levels;
}

function areSwapped(one: Prepared, other: Prepared): boolean {
  return (
    one.given !== one.family &&
    one.givenWhole === other.family &&
    one.family === other.givenWhole &&
    one.family !== '' &&
    other.family !== ''
  );
}

function givenLevel(one: Prepared, other: Prepared, { book, isNickname }: Needs): string | null {
  if (one.given === '' || other.given === '') return null;
  if (one.given === other.given || one.givenWhole === other.givenWhole) return 'equal';
  if (areSwapped(one, other)) return 'swapped';
  const names = [one.given, ...one.called];
  const others = [other.given, ...other.called];
  // Maria and Marie are two names, whatever a list says; Will is short for William.
  const alike = areAlike(one.given, other.given, book.similarName);
  const isShort = one.given.startsWith(other.given) || other.given.startsWith(one.given);
  const called = names.flatMap((name) => others.map((same) => (name === same ? 'nickname' : isNickname(name, same))));
  if ((!alike || isShort) && called.includes('nickname')) return 'nickname';
  if (one.given.length === 1 || other.given.length === 1)
    return one.given.charAt(0) === other.given.charAt(0) ? 'initial' : 'different';
  if (one.givenParts.some((part) => part.length > 1 && other.givenParts.includes(part))) return 'part';
  if (isSlip(one.given, other.given)) return 'slip';
  // Greta and Gretchen, Cressy and Cressida: no list knows all short forms.
  if (alike || beginAlike(one.given, other.given, shortFormLetters)) return 'similar';
  if (called.includes('related')) return 'related';
  return one.givenSound === other.givenSound && one.givenSound.length > 1 ? 'soundsAlike' : 'different';
}

function familyLevel(one: Prepared, other: Prepared, { book }: Needs): string | null {
  if (one.family === '' || other.family === '' || areSwapped(one, other)) return null;
  if (one.family === other.family) return 'equal';
  if (one.familyParts.some((part) => other.familyParts.includes(part))) return 'part';
  if (areAlike(one.family, other.family, book.similarName)) return 'similar';
  return one.familySound === other.familySound && one.familySound.length > 1 ? 'soundsAlike' : 'different';
}

function birthDateLevel({ birthDate: one }: Prepared, { birthDate: other }: Prepared): string | null {
  if (one === '' || other === '') return null;
  if (one === other) return 'equal';
  const [year = '', month = '', day = ''] = one.split('-');
  const [otherYear = '', otherMonth = '', otherDay = ''] = other.split('-');
  if (year === otherYear && month === otherDay && day === otherMonth) return 'dayAndMonthSwapped';
  const isApart = Math.abs(Number(year) - Number(otherYear)) >= youngestParent;
  // 1947 and 1974 may be a slip of the pen; in one home they are a mother and a daughter of one name.
  if (differsByOne(one.replaceAll('-', ''), other.replaceAll('-', '')))
    return isApart ? 'aGenerationApart' : 'oneDigitOff';
  if (month === otherMonth && day === otherDay && !isApart) return 'otherYear';
  return year === otherYear && month === otherMonth ? 'otherDay' : 'different';
}

function phoneLevel({ phone: one }: Prepared, { phone: other }: Prepared): string | null {
  if (one === '' || other === '') return null;
  const digits = Math.min(one.length, other.length) < 10 ? 7 : 10;
  const [short, otherShort] = [one.slice(-digits), other.slice(-digits)];
  if (short === otherShort) return 'equal';
  return differsByOne(short, otherShort) ? 'oneDigitOff' : 'different';
}

function emailLevel({ email: one }: Prepared, { email: other }: Prepared): string | null {
  if (one === '' || other === '') return null;
  if (one === other) return 'equal';
  const [name, otherName] = [one.split('@', 1)[0], other.split('@', 1)[0]];
  return name === otherName ? 'sameName' : 'different';
}

function addressLevel(one: Prepared, other: Prepared, { book }: Needs): string | null {
  if (one.street === '' || other.street === '') {
    if (one.postalCode === '' || other.postalCode === '') return null;
    return one.postalCode === other.postalCode ? 'samePostalCode' : 'different';
  }
  const near = one.postalCode === '' || other.postalCode === '' || one.postalCode === other.postalCode;
  if (one.street === other.street && near) return 'equal';
  const sameHouse = one.street.split(' ', 1)[0] === other.street.split(' ', 1)[0];
  if (near && sameHouse && areAlike(one.street, other.street, book.similarStreet)) return 'similar';
  return one.postalCode !== '' && one.postalCode === other.postalCode ? 'samePostalCode' : 'different';
}

/** The best of all pairs: a patient is insured twice, and one record may tell only one of them. */
function memberIdLevel({ memberIds: ones }: Prepared, { memberIds: others }: Prepared): string | null {
  if (ones.length === 0 || others.length === 0) return null;
  if (ones.some((id) => others.includes(id))) return 'equal';
  const stem = (id: string): string => (id.length > 6 ? id.slice(0, -2) : id);
  const stems = new Set(others.map(stem));
  // W123456789 and W12345678901: the number of the dependent stands behind it, or in its last two places.
  const isRelated = (id: string): boolean =>
    stems.has(stem(id)) || others.some((other) => stem(other) === id || stem(id) === other);
  return ones.some(isRelated) ? 'sameButTheEnd' : 'different';
}
