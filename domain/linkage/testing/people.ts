// People for the tests of linkage: one by hand, and many from a seed with planted doubles, twins and households.
import { addDays } from '../../calendar.ts';
import type { Person } from '../person.ts';

/** Somebody, unless said otherwise. */
export function person(ref: string, change: Partial<Person> = {}): Person {
  return {
    ref,
    name: { given: 'Rosa', family: 'Delgado' },
    birthDate: '1961-03-09',
    gender: 'female',
    contact: { phone: '(312) 555-0147', email: 'rosa.delgado@mail.example' },
    address: { line: '12 Elm Street', city: 'Riverside', state: 'IL', postalCode: '60546' },
    memberIds: ['W123456789'],
    ...change,
  };
}

/** Somebody else, who has nothing in common with `person`. */
export function stranger(ref: string, change: Partial<Person> = {}): Person {
  return {
    ref,
    name: { given: 'Tobias', family: 'Whitlock' },
    birthDate: '1984-11-23',
    gender: 'male',
    contact: { phone: '(708) 555-0199', email: 'tw@mail.example' },
    address: { line: '870 Oak Avenue', city: 'Berwyn', state: 'IL', postalCode: '60402' },
    memberIds: ['ZH7765102'],
    ...change,
  };
}

/** A generator of whole numbers below `n`, the same for the same seed (mulberry32). */
export function chance(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
  };
}

const givens =
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Charles Sarah Daniel Lisa Matthew Nancy Anthony Sandra Mark Ashley Steven Emily Andrew Kimberly Paul Margaret Joshua Donna Kenneth Michelle Kevin Carol Brian Amanda Timothy Melissa Ronald Deborah George Stephanie Jason Rebecca Edward Laura Jeffrey Helen Ryan Sharon Jacob Cynthia Nicholas Kathleen Gary Amy Eric Angela Jonathan Shirley Stephen Anna Larry Brenda Justin Pamela Scott Emma Brandon Nicole Benjamin Samantha Samuel Katherine Gregory Christine Alexander Catherine Patrick Virginia'.split(
    ' ',
  );
const roots = 'Al Bar Cal Dor El Fen Gar Hol Ing Jor Kel Lor Mar Nor Os Pel Quin Ros Sal Tor Ul Ver Wil Yor Zel'.split(
  ' ',
);
const ends =
  'berg dano field gard hart inson kowski land mann nez over quist rick son ton vich well wood yer zman'.split(' ');

export interface Planted {
  readonly people: readonly Person[];
  /** Pairs of one person, `one other`, sorted by reference. */
  readonly doubles: ReadonlySet<string>;
  /** Pairs of two people of one household. */
  readonly relatives: ReadonlySet<string>;
}

/**
 * A clinic's records: every tenth patient a second time as another system would have it, every twentieth with a relative who shares
 * phone, address and member id, every second of those a twin.
 */
export function plantedPeople(count: number, seed: number): Planted {
  const next = chance(seed);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[], other: T): T => list[next(list.length)] ?? other;
  const people: Person[] = [];
  const doubles = new Set<string>();
  const relatives = new Set<string>();
  const ref = (): string => `pat_${String(people.length).padStart(6, '0')}`;
  const digits = (n: number): string => Array.from({ length: n }, () => String(next(10))).join('');
  while (people.length < count) {
    const given = pick(givens, 'Ann');
    const family = `${pick(roots, 'Al')}${pick(ends, 'son')}`;
    const original: Person = {
      ref: ref(),
      name: { given, family },
      birthDate: addDays('1935-01-01', next(29_000)),
      gender: next(2) === 0 ? 'female' : 'male',
      contact: {
        phone: `(${pick(['312', '708', '630'], '312')}) 55${next(10)}-${digits(4)}`,
        email: next(3) === 0 ? null : `${given}.${family}${next(100)}@mail.example`.toLowerCase(),
      },
      address: {
        line: `${1 + next(3_000)} ${pick(roots, 'Al')}wood Street`,
        city: 'Riverside',
        state: 'IL',
        postalCode: `605${String(next(40)).padStart(2, '0')}`,
      },
      memberIds: next(6) === 0 ? [] : [`${pick(['W', 'ZH', 'XQ'], 'W')}${digits(9)}`],
    };
    people.push(original);
    if (next(10) === 0) {
      const copy = { ...asAnotherSystemHasIt(original, next), ref: ref() };
      people.push(copy);
      doubles.add(`${original.ref} ${copy.ref}`);
    }
    if (next(20) === 0) {
      const twin = next(2) === 0;
      const others = givens.filter((name) => name !== given && name.charAt(0) !== given.charAt(0));
      const relative: Person = {
        ...original,
        ref: ref(),
        name: { given: pick(others, 'Ann'), family },
        birthDate: twin ? original.birthDate : addDays(original.birthDate ?? '1990-01-01', 8_000 + next(3_000)),
        gender: next(2) === 0 ? 'female' : 'male',
      };
      for (const one of people.filter(
        (known) => known.name.family === family && known.contact.phone === relative.contact.phone,
      ))
        relatives.add(`${one.ref} ${relative.ref}`);
      people.push(relative);
    }
  }
  return { people, doubles, relatives };
}

const shorts: Readonly<Record<string, string>> = {
  William: 'Bill',
  Robert: 'Bob',
  Elizabeth: 'Liz',
  Margaret: 'Peggy',
  Michael: 'Mike',
  Katherine: 'Kate',
  James: 'Jim',
  Jennifer: 'Jenny',
};

/** The same person, entered by somebody else: other spelling and formats, something missing, something old. */
function asAnotherSystemHasIt(one: Person, next: (n: number) => number): Person {
  let { name, birthDate, contact, address, memberIds } = one;
  switch (next(8)) {
    case 0:
      name = { ...name, given: shorts[name.given] ?? name.given };
      break;
    case 1:
      name = { ...name, family: swapLetters(name.family, next) };
      break;
    case 2:
      name = { given: name.given.toUpperCase(), family: name.family.toUpperCase() };
      break;
    case 3:
      if (one.gender === 'female') name = { ...name, family: `${name.family}-Hartwell` };
      break;
    case 4:
      birthDate = swappedDay(birthDate);
      break;
    case 5:
      name = { given: name.family, family: name.given };
      break;
    default:
  }
  contact = {
    phone:
      next(4) === 0 ? `630-555-${String(next(10_000)).padStart(4, '0')}` : (contact.phone ?? '').replace(/\D/g, ''),
    email: next(2) === 0 ? null : contact.email,
  };
  if (next(4) === 0) address = null;
  if (next(4) === 0) memberIds = [];
  return { ...one, name, birthDate, contact, address, memberIds };
}

function swapLetters(text: string, next: (n: number) => number): string {
  const place = 1 + next(Math.max(1, text.length - 3));
  return `${text.slice(0, place)}${text.charAt(place + 1)}${text.charAt(place)}${text.slice(place + 2)}`;
}

function swappedDay(date: string | null): string | null {
  if (date === null) return null;
  const [year = '', month = '', day = ''] = date.split('-');
  return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
}
