// What a FHIR Patient and its Coverages say of a patient of the clinic, and what they leave open.
import { expect, test } from 'vitest';
import { bundled, patient, readAll, saidAbsent } from './testing/reading.ts';

const one = (changes: object = {}, ...others: readonly object[]) => readAll(bundled(patient(changes), ...others));
const columns = (json: object, fhir: object = {}) =>
  readAll(json, fhir).problems.map(({ column, reason, rejected }) => [column, reason, rejected]);

test('the official name in force, the first given name, the ways the patient prefers, the home', () => {
  const { rows, problems } = one({
    name: [
      { use: 'maiden', family: 'OLD', given: ['ADELA'] },
      { use: 'official', family: 'ASHGROVE', given: ['ADELA', 'M'] },
    ],
    telecom: [
      { system: 'phone', value: '(303) 555-0100', use: 'old' },
      { system: 'phone', value: '(303) 555-0101', use: 'work' },
      { system: 'phone', value: '(303) 555-0102', use: 'home', rank: 1 },
      { system: 'email', value: 'a@example.org' },
    ],
    address: [
      { use: 'billing', line: ['1 A'], city: 'B', state: 'CO', postalCode: '00001' },
      { use: 'home', line: ['2 C', 'Apt 3'], city: 'D', state: 'CO', postalCode: '00002' },
    ],
  });
  expect(problems).toEqual([]);
  expect(rows.patients).toMatchObject([
    {
      recordNumber: 'R-1',
      name: { given: 'ADELA', family: 'ASHGROVE' },
      birthDate: '1970-05-09',
      gender: 'female',
      contact: { phone: '(303) 555-0102', email: 'a@example.org' },
      address: { line: '2 C, Apt 3', city: 'D', state: 'CO', postalCode: '00002' },
      coverage: null,
      referringProvider: null,
      diagnoses: [],
      planOfCare: null,
      authorizationRequired: null,
    },
  ]);
});

test.each([
  ['a year', { birthDate: '1970' }, 'only a part of a date'],
  ['a month', { birthDate: '1970-05' }, 'only a part of a date'],
  ['no day that exists', { birthDate: '1970-02-30' }, 'not a date'],
  ['nothing', { birthDate: undefined }, 'empty'],
  ['that it is unknown', { birthDate: undefined, _birthDate: saidAbsent }, 'said to be absent'],
])('a birth date that tells %s is unknown, and the patient is taken', (_name, changes, reason) => {
  const { rows, problems } = one(changes);
  expect(rows.patients[0]?.birthDate).toBeNull();
  expect(problems).toEqual([{ row: 1, column: 'Patient.birthDate', reason, rejected: false }]);
});

test('without a record number or a name nobody can be told apart: left out, with the place', () => {
  expect(columns(bundled(patient({ identifier: [] })))).toContainEqual(['Patient.identifier', 'empty', true]);
  expect(columns(bundled(patient({ name: [{ text: 'Adela Ashgrove' }] })))).toEqual([
    ['Patient.name[0]', 'not in the form expected', true],
  ]);
  expect(one({ name: [{ text: 'Ashgrove, Adela M' }] }).rows.patients[0]?.name).toEqual({
    given: 'Adela',
    family: 'Ashgrove',
  });
});

test('the record number is the identifier the settings name, or the id', () => {
  const many = patient({
    identifier: [
      { system: 'urn:ssn', value: '0' },
      { system: 'urn:own', value: 'X-OLD', use: 'old' },
      { system: 'urn:own', value: 'X-9' },
    ],
  });
  const number = (fhir: object) => readAll(many, fhir).rows.patients[0]?.recordNumber;
  expect(number({ recordNumberSystem: 'urn:own' })).toBe('X-9');
  expect(number({ recordNumber: 'id' })).toBe('p1');
  expect(number({})).toBeUndefined();
});

test('a record merged into another is gone into it, one out of use is gone', () => {
  const merged = patient({ id: 'p2', identifier: [{ type: { coding: [{ code: 'MR' }] }, value: 'R-2' }], link: [{ type: 'replaced-by', other: { reference: 'Patient/p1' } }] }); // prettier-ignore
  const { gone, rows } = one({}, merged);
  expect(gone).toEqual([{ of: 'patient', id: 'R-2', mergedInto: 'R-1' }]);
  expect(rows.patients.map(({ recordNumber }) => recordNumber)).toEqual(['R-1']);
  expect(one({ active: false }).gone).toEqual([{ of: 'patient', id: 'R-1', mergedInto: null }]);
});

function coverage(changes: object): object {
  return {
    resourceType: 'Coverage',
    id: 'c1',
    status: 'active',
    beneficiary: { reference: 'Patient/p1' },
    payor: [{ display: 'Harbor Health' }],
    subscriberId: 'HBR1',
    ...changes,
  };
}

const covered = (fhir: object, ...coverages: readonly object[]) =>
  readAll(bundled(patient(), ...coverages), fhir, { 'HARBOR health': 'harbor-health' });

test('a coverage with its payer, its numbers and its place in the order', () => {
  const { rows, problems } = covered(
    {},
    coverage({
      order: 1,
      relationship: { coding: [{ code: 'child' }] },
      period: { start: '2026-01-01', end: '2026-12-31T23:30:00-07:00' },
      class: [
        { type: { coding: [{ code: 'group' }] }, value: 'G7' },
        { type: { coding: [{ code: 'plan' }] }, value: 'P9', name: 'Choice PPO' },
      ],
    }),
  );
  expect(problems).toEqual([]);
  expect(rows.patients[0]?.coverage).toEqual({
    payerId: 'harbor-health',
    payerName: 'Harbor Health',
    memberId: 'HBR1',
    groupNumber: 'G7',
    planName: 'Choice PPO',
    relationship: 'child',
    order: 'primary',
    from: '2026-01-01',
    to: '2026-12-31',
  });
});

test.each([
  [
    'contained',
    { payor: [{ reference: '#o' }], contained: [{ resourceType: 'Organization', id: 'o', name: 'Harbor Health' }] },
  ],
  ['relative', { payor: [{ reference: 'Organization/o1' }] }],
  ['of a version', { payor: [{ reference: 'Organization/o1/_history/3' }] }],
  ['absolute', { payor: [{ reference: 'https://ehr.example/fhir/Organization/o1' }] }],
])('a payer by a reference that is %s', (_name, changes) => {
  const organization = { resourceType: 'Organization', id: 'o1', name: 'Harbor Health' };
  const { rows } = covered({}, coverage(changes), organization);
  expect(rows.patients[0]?.coverage).toMatchObject({ payerName: 'Harbor Health', payerId: 'harbor-health' });
});

test('the same id at another endpoint is somebody else', () => {
  const organization = { resourceType: 'Organization', id: 'o1', name: 'Harbor Health' };
  const { rows, problems } = covered(
    {},
    coverage({ payor: [{ reference: 'https://other.example/fhir/Organization/o1' }] }),
    organization,
  );
  expect(rows.patients[0]?.coverage).toBeNull();
  expect(problems).toEqual([{ row: 1, column: 'Coverage.payor[0]', reason: 'reference not found', rejected: false }]);
});

test('resources of a bundle refer to each other by urn:uuid', () => {
  const named = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: 'urn:uuid:1', resource: patient({ id: undefined }) },
      { fullUrl: 'urn:uuid:2', resource: coverage({ beneficiary: { reference: 'urn:uuid:1' } }) },
    ],
  };
  expect(readAll(named).rows.patients[0]?.coverage?.memberId).toBe('HBR1');
});

test('of several coverages the order says who pays first; the one in force stands before the one that is over', () => {
  const { rows, problems } = covered(
    {},
    coverage({ id: 'c2', order: 2, subscriberId: 'SECOND' }),
    coverage({ id: 'c0', order: 1, subscriberId: 'OVER', period: { start: '2024-01-01', end: '2025-12-31' } }),
    coverage({ id: 'c1', order: 1, subscriberId: 'NOW', period: { start: '2026-01-01' } }),
    coverage({ id: 'c3', order: 1, subscriberId: 'GONE', status: 'cancelled' }),
  );
  expect(rows.patients.map(({ coverage: found }) => [found?.order, found?.memberId])).toEqual([
    ['primary', 'NOW'],
    ['secondary', 'SECOND'],
  ]);
  expect(problems.map(({ column, reason }) => [column, reason])).toEqual([
    ['Coverage.status', 'withdrawn'],
    ['Coverage', 'older than another'],
  ]);
});

test('one coverage alone is the primary; several without an order are left to a person, or taken as listed', () => {
  const two = [coverage({ subscriberId: 'A' }), coverage({ id: 'c2', subscriberId: 'B' })];
  expect(covered({}, coverage({})).rows.patients[0]?.coverage?.order).toBe('primary');
  const open = covered({}, ...two);
  expect(open.rows.patients.map(({ coverage: found }) => found)).toEqual([null]);
  expect(open.problems.map(({ column, reason }) => [column, reason])).toEqual([
    ['Coverage.order', 'empty'],
    ['Coverage.order', 'empty'],
  ]);
  const listed = covered({ coverageWithoutOrder: 'asListed' }, ...two);
  expect(listed.rows.patients.map(({ coverage: found }) => [found?.order, found?.memberId])).toEqual([
    ['primary', 'A'],
    ['secondary', 'B'],
  ]);
});

test('a payer nobody listed keeps its name and has no id; the connection’s own list goes before the clinic’s', () => {
  const unlisted = covered({}, coverage({ payor: [{ display: 'Nowhere Mutual' }] }));
  expect(unlisted.rows.patients[0]?.coverage).toMatchObject({ payerName: 'Nowhere Mutual', payerId: null });
  expect(unlisted.problems).toEqual([
    { row: 1, column: 'Coverage.payor[0]', reason: 'unknown payer', rejected: false },
  ]);
  const own = covered(
    { payers: { 'nowhere mutual': 'nowhere' } },
    coverage({ payor: [{ display: 'Nowhere Mutual' }] }),
  );
  expect(own.rows.patients[0]?.coverage?.payerId).toBe('nowhere');
});
