// Records of one person are found, and two people of one household are told apart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkageBook as book } from '../../rules/testing/data-quality.ts';
import { createLinker } from './linker.ts';
import type { Person } from './person.ts';
import { person, plantedPeople, stranger } from './testing/people.ts';

const linker = createLinker(book);
const verdict = (one: Person, other: Person): string => linker.explainPair(one, other).verdict;
const nobody = { contact: { phone: null, email: null }, address: null, memberIds: [] };
const named = (given: string, family = 'Delgado'): Partial<Person> => ({ name: { given, family } });

test('at every level of every field the probabilities add up to one', () => {
  for (const { levels, field } of book.fields)
    for (const of of ['m', 'u', 'h'] as const)
      expect(
        levels.reduce((sum, level) => sum + level[of], 0),
        `${field} ${of}`,
      ).toBeCloseTo(1, 6);
});

describe('one person, entered twice', () => {
  test.each<[string, Partial<Person>]>([
    ['in capitals', named('ROSA', 'DELGADO')],
    ['with another phone, address and no insurance', { ...nobody, contact: { phone: '6305550001', email: null } }],
    ['with letters that changed places', named('Rosa', 'Delgaod')],
    ['with letters of the first name that changed places', named('Rsoa')],
    ['with a second given name', named('Rosa Maria')],
    ['with day and month changed', { birthDate: '1961-09-03' }],
    ['with one digit of the birth date wrong', { birthDate: '1961-03-08', address: null }],
    ['married, with the name behind a hyphen', named('Rosa', 'Delgado-Hartwell')],
    ['married, under the new name', named('Rosa', 'Hartwell')],
    ['with first and last name changed', named('Delgado', 'Rosa')],
    ['with accents', named('Rosá', 'Delgádo')],
    ['with nothing but name and birth date', nobody],
  ])('%s', (_words, change) => {
    expect(verdict(person('a'), person('b', change))).toBe('same');
  });

  test('under a nickname', () => {
    const william = person('a', { ...named('William'), gender: 'male' });
    expect(verdict(william, { ...william, ref: 'b', name: { given: 'Bill', family: 'Delgado' } })).toBe('same');
    expect(verdict(william, { ...william, ref: 'b', ...nobody, name: { given: 'Will', family: 'Delgado' } })).toBe(
      'same',
    );
    expect(verdict(william, { ...william, ref: 'b', name: { given: 'William "Billy"', family: 'Delgado' } })).toBe(
      'same',
    );
  });
});

describe('two people of one household', () => {
  test.each<[string, Partial<Person>, Partial<Person>]>([
    ['twins', named('Rosa'), named('Lucia')],
    ['twins of whom one is a boy', named('Rosa'), { ...named('Marco'), gender: 'male' }],
    ['parent and child', named('Rosa'), { ...named('Lucia'), birthDate: '1990-07-14' }],
    ['a couple', named('Rosa'), { ...named('Hector'), gender: 'male', birthDate: '1959-12-02' }],
    [
      'father and son of one name',
      { ...named('Hector', 'Delgado Sr'), gender: 'male' },
      { ...named('Hector', 'Delgado Jr'), gender: 'male', birthDate: '1990-07-14' },
    ],
    [
      'father and son of one name, with the same birth date by mistake',
      { ...named('Hector', 'Delgado Sr'), gender: 'male' },
      { ...named('Hector', 'Delgado Jr'), gender: 'male' },
    ],
    [
      'father and son of one name, of whom no system tells which',
      { ...named('Hector'), gender: 'male' },
      { ...named('Hector'), gender: 'male', birthDate: '1990-07-14' },
    ],
    ['mother and daughter of one name, whose years of birth are 1961 and 1986', {}, { birthDate: '1986-03-09' }],
    ['mother and daughter of one name, whose years differ by one digit', {}, { birthDate: '1981-03-09' }],
    [
      'mother and daughter of one name, whose years are turned round',
      { birthDate: '1947-05-08' },
      { birthDate: '1974-05-08' },
    ],
    ['twins whose names resemble each other', named('Maria'), named('Marie')],
    ['sisters of whose names one may be short for the other', named('Lisa'), named('Melissa')],
    ['twins whose names sound alike', named('Caitlin'), named('Katelynn')],
  ])('%s are never called the same', (_words, one, other) => {
    expect(verdict(person('a', one), person('b', other))).not.toBe('same');
  });

  test.each<[string, Partial<Person>]>([
    ['twins', named('Lucia')],
    ['parent and child', { ...named('Lucia'), birthDate: '1990-07-14' }],
    [
      'father and son of one name, each with a phone',
      { birthDate: '1990-07-14', contact: { phone: '7085550111', email: null } },
    ],
  ])('%s take nobody’s time', (_words, change) => {
    expect(verdict(person('a'), person('b', change))).toBe('different');
  });
});

test('without a birth date a person looks, however much else agrees', () => {
  expect(verdict(person('a'), person('b', { birthDate: null }))).toBe('perhaps');
});

test('without a first name a person looks: sisters have the rest in common', () => {
  expect(verdict(person('a'), person('b', { ...named('TBD') }))).toBe('perhaps');
});

test('placeholders link nobody', () => {
  const blank = {
    contact: { phone: '000-000-0000', email: 'nobody@mail.example' },
    memberIds: ['NONE'],
    address: null,
  };
  const one = person('a', { ...blank, birthDate: '1900-01-01', ...named('TBD', 'TBD') });
  const other = stranger('b', { ...blank, birthDate: '1900-01-01' });
  expect(linker.explainPair(one, other).fields.map(({ field }) => field)).toEqual(['gender']);
  expect(linker.blockingKeys(one)).toEqual([]);
});

test('the reasons hold no value of either record', () => {
  const explained = linker.explainPair(person('a'), person('b', { birthDate: '1961-09-03' }));
  const text = JSON.stringify(explained).toLowerCase();
  for (const value of ['rosa', 'delgado', '1961', '555', 'elm', 'w1234']) expect(text).not.toContain(value);
  expect(explained.fields.map(({ words }) => words)).toContain('Date of birth: day and month have changed places');
});

describe('a new record against those known', () => {
  test('is the one it is the same as, perhaps one, or nobody', () => {
    const known = [person('p1'), stranger('p2')];
    expect(linker.matchNew(person('new', { ...nobody }), known)).toMatchObject({ verdict: 'same', ref: 'p1' });
    expect(linker.matchNew(person('new', { birthDate: null }), known)).toMatchObject({ verdict: 'perhaps', ref: 'p1' });
    expect(linker.matchNew(stranger('new', { ...named('Ulla'), birthDate: '1950-01-02' }), known)).toMatchObject({
      verdict: 'none',
      ref: null,
    });
    expect(linker.matchNew(person('new'), [])).toMatchObject({ verdict: 'none', ref: null });
  });

  test('that is the same as two known people is neither: a person says which', () => {
    const known = [person('p1', { birthDate: '1961-03-08' }), person('p2', { birthDate: '1961-04-09' })];
    expect(known.map((one) => verdict(person('new'), one))).toEqual(['same', 'same']);
    expect(linker.matchNew(person('new'), known)).toMatchObject({ verdict: 'perhaps', ambiguous: true });
  });

  test('of somebody who was entered twice is the likelier of the two records', () => {
    const known = [person('p1', { memberIds: [] }), person('p2')];
    expect(linker.matchNew(person('new'), known)).toMatchObject({ verdict: 'same', ref: 'p2', ambiguous: false });
  });

  test('is found through the blind index by whoever has a key in common, in whatever place', () => {
    const stored = linker.blockLookup(person('p1', named('Rosa', 'Hartwell-Delgado')));
    const queries = linker.blockQueries(person('new', { ...nobody, birthDate: null }));
    expect(queries.some(({ field, value }) => stored[field] === value)).toBe(true);
  });
});

test('a chain of likenesses does not make one of two people', () => {
  // The middle record knows no birth date and could be either; father and son themselves are two.
  const father = person('a', { ...named('Hector'), gender: 'male' });
  const son = person('c', { ...named('Hector'), gender: 'male', birthDate: '1990-07-14' });
  const copies = [
    person('b', { ...named('Hector'), gender: 'male' }),
    person('d', { ...named('Hector'), gender: 'male', birthDate: '1990-07-14' }),
  ];
  const { clusters } = linker.link([father, son, ...copies]);
  expect(clusters).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

describe('a clinic of a thousand records', () => {
  const planted = plantedPeople(1_000, 7);
  const linked = linker.link(planted.people);
  const found = new Set(linked.pairs.map(({ one, other }) => `${one} ${other}`));

  test('nineteen of twenty doubles are found, and nearly all that is shown to a person is one', () => {
    const right = [...planted.doubles].filter((pair) => found.has(pair)).length;
    expect(right / planted.doubles.size).toBeGreaterThanOrEqual(0.95);
    expect(right / found.size).toBeGreaterThanOrEqual(0.95);
  });

  test('no two relatives are put together', () => {
    for (const cluster of linked.clusters)
      for (const one of cluster)
        for (const other of cluster) expect(planted.relatives.has(`${one} ${other}`)).toBe(false);
    expect(planted.relatives.size).toBeGreaterThan(20);
  });
});

describe('what a clinic’s own records teach', () => {
  test('from few pairs nothing is learned', () => {
    const { people } = plantedPeople(300, 3);
    const { book: own, estimated } = linker.estimate(people);
    expect({ own, estimated }).toEqual({ own: book, estimated: false });
  });

  test('from many, how often they agree: nothing moves by more than its factor, and the pairs found are as many', () => {
    const { people, doubles } = plantedPeople(1_500, 3);
    const { book: own, estimated, expectedPairs } = linker.estimate(people);
    expect(estimated).toBe(true);
    expect(expectedPairs).toBeGreaterThan(0.9 * doubles.size);
    for (const [place, { levels }] of own.fields.entries())
      for (const [at, { m }] of levels.entries()) {
        const before = book.fields[place]?.levels[at]?.m ?? 0;
        // Levels add up to one again after the guard rail, so that the factor is kept but for that.
        expect(m / before).toBeLessThan(book.estimate.mostFactor * 1.5);
        expect(before / m).toBeLessThan(book.estimate.mostFactor * 1.5);
      }
    const found = createLinker(own)
      .link(people)
      .pairs.filter(({ one, other }) => doubles.has(`${one} ${other}`));
    expect(found.length / doubles.size).toBeGreaterThan(0.95);
  });
});

const someone = fc.record({
  given: fc.constantFrom('Rosa', 'Rosá', 'R', 'Rosalie', 'Rose', 'Maria', 'Delgado', 'Hector Jr', 'TBD', 'Rosa M'),
  family: fc.constantFrom('Delgado', 'Delgaod', 'Rosa', 'Delgado-Hartwell', 'Hartwell', 'Delgado III', "O'Brien"),
  birthDate: fc.constantFrom(null, '1961-03-09', '1961-09-03', '1991-03-09', '1961-03-08', '1900-01-01'),
  gender: fc.constantFrom('female', 'male', 'unknown'),
  phone: fc.constantFrom(null, '3125550147', '555-0147', '7085550199', '000-000-0000'),
  email: fc.constantFrom(null, 'rosa@mail.example', 'rosa@other.example'),
  address: fc.constantFrom(null, '12 Elm Street', '12 Elm St', '870 Oak Avenue'),
  postalCode: fc.constantFrom('60546', '60402', ''),
  memberIds: fc.subarray(['W123456789', 'W12345678901', 'ZH7765102', 'NONE']),
});
const people = fc.array(someone, { minLength: 2, maxLength: 12 }).map((list) =>
  list.map(
    ({ given, family, phone, email, address, postalCode, gender, ...rest }, place): Person => ({
      ...rest,
      ref: `p${String(place).padStart(2, '0')}`,
      name: { given, family },
      gender: gender === 'female' || gender === 'male' ? gender : 'unknown',
      contact: { phone, email },
      address: address === null ? null : { line: address, city: 'Riverside', state: 'IL', postalCode },
    }),
  ),
);

test('which of two records is named first makes no difference', () => {
  fc.assert(
    fc.property(people, ([one, other]) => {
      if (one === undefined || other === undefined) return;
      expect(linker.explainPair(one, other)).toEqual(linker.explainPair(other, one));
    }),
    { numRuns: 300 },
  );
});

test('in whatever order the records come, the pairs and clusters are the same, and nobody is in two clusters', () => {
  fc.assert(
    fc.property(
      people.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const linked = linker.link(list);
        expect(linker.link(shuffled)).toEqual(linked);
        const members = linked.clusters.flat();
        expect(new Set(members).size).toBe(members.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('two records that are the same have a key in common, and so are compared', () => {
  fc.assert(
    fc.property(people, ([one, other]) => {
      if (one === undefined || other === undefined || verdict(one, other) !== 'same') return;
      // Two member ids of a record are looked at, and no more.
      if ([one, other].some(({ memberIds }) => memberIds.length > 2)) return;
      const keys = new Set(linker.blockingKeys(one));
      expect(linker.blockingKeys(other).some((key) => keys.has(key))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
