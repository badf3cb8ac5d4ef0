// What an audit finds in a clinic's records, and that it never says what stands there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkageBook, requirements } from '../../rules/testing/data-quality.ts';
import { createLinker } from '../linkage/linker.ts';
import type { Person } from '../linkage/person.ts';
import { person, plantedPeople, stranger } from '../linkage/testing/people.ts';
import { auditData } from './audit.ts';
import { findingsCsv } from './export.ts';
import { finding } from './findings.ts';
import type { AuditRecord } from './record.ts';

const needs = {
  linker: createLinker(linkageBook),
  placeholders: linkageBook.placeholders,
  requirements,
  today: '2026-11-20',
};

function record(of: Person, change: Partial<AuditRecord> = {}): AuditRecord {
  return {
    ref: of.ref,
    patient: of.ref,
    system: 'conn_a',
    person: of,
    coverage: { payer: '00882', payerName: 'Sunrise', memberId: of.memberIds[0] ?? null },
    referringProvider: { name: 'Dr. Adams', npi: '1234567893' },
    diagnoses: ['M54.50'],
    planOfCareFrom: '2026-10-01',
    notKept: [],
    ...change,
  };
}

const whole = stranger('whole');
const found = (...records: AuditRecord[]): string[] =>
  auditData(records, needs).findings.map(({ code, field, system, subject }) =>
    [code, field ?? '-', system, subject ?? '-'].join(' '),
  );

describe('one record', () => {
  test('that is whole yields nothing', () => {
    expect(found(record(whole))).toEqual([]);
  });

  test.each<[string, Partial<Person>]>([
    ['missing.value birthDate', { birthDate: null }],
    ['placeholder.value birthDate', { birthDate: '1900-01-01' }],
    ['future.value birthDate', { birthDate: '2061-03-09' }],
    ['malformed.value birthDate', { birthDate: '1861-03-09' }],
    ['placeholder.value given', { name: { given: 'TBD', family: 'Whitlock' } }],
    ['malformed.value family', { name: { given: 'Tobias', family: 'Whit99lock' } }],
    ['placeholder.value phone', { contact: { phone: '000-000-0000', email: 'tw@mail.example' } }],
    ['malformed.value phone', { contact: { phone: '55-12', email: 'tw@mail.example' } }],
    ['malformed.value email', { contact: { phone: '(708) 555-0199', email: 'tw(at)mail' } }],
    ['placeholder.value email', { contact: { phone: '(708) 555-0199', email: 'nobody@mail.example' } }],
    ['malformed.value postalCode', { address: { line: '1 Oak', city: 'B', state: 'IL', postalCode: '6040' } }],
    ['missing.value gender', { gender: 'unknown' }],
  ])('%s', (words, change) => {
    expect(found(record({ ...whole, ...change }), record(person('other')))).toEqual([`${words} conn_a whole`]);
  });

  test.each<[string, Partial<AuditRecord>]>([
    ['malformed.value memberId', { coverage: { payer: '1', payerName: 'Sunrise', memberId: 'ZH 776' } }],
    ['placeholder.value memberId', { coverage: { payer: '1', payerName: 'Sunrise', memberId: 'none' } }],
    ['malformed.value referringNpi', { referringProvider: { name: 'Dr. Adams', npi: '1234567892' } }],
    ['missing.value planOfCare', { planOfCareFrom: null }],
    ['malformed.value diagnoses', { diagnoses: ['back pain'] }],
  ])('%s', (words, change) => {
    const all = found(record(whole, change), record(person('other')));
    expect(all).toContain(`${words} conn_a whole`);
  });
});

test('what a system tells of nobody is one finding, and its share is unknown, not zero', () => {
  const people = plantedPeople(20, 5).people.map((one) => record({ ...one, contact: { phone: null, email: null } }));
  const { findings, figures } = auditData(people, needs);
  expect(findings.filter(({ field }) => field === 'phone')).toEqual([
    finding({ code: 'missing.everywhere', severity: 'warning', system: 'conn_a', field: 'phone' }),
  ]);
  const [system] = figures.systems;
  expect(system?.fields.find(({ field }) => field === 'phone')).toEqual({ field: 'phone', known: 0, share: null });
  expect(system?.fields.find(({ field }) => field === 'family')?.share).toBe(1);
});

test('what a system does not keep is neither missing nor complete', () => {
  const scheduled = record({ ...whole, ref: 'b' }, { notKept: ['memberId', 'payer'], coverage: null });
  const { findings, figures } = auditData([scheduled], needs);
  expect(findings).toEqual([]);
  expect(figures.systems[0]?.fields.find(({ field }) => field === 'payer')?.share).toBeNull();
});

test('a record that is written otherwise than the others of its system is named, the usual way is not', () => {
  const phone = (place: number): string => (place === 0 ? '7085550100' : `(708) 555-02${10 + place}`);
  const people = plantedPeople(9, 11).people.slice(0, 8);
  const records = people.map((one, place) =>
    record({ ...one, contact: { phone: phone(place), email: 'a@b.example' } }),
  );
  const own = auditData(records, needs).findings.filter(
    ({ code, field }) => code === 'format.value' && field === 'phone',
  );
  expect(own.map(({ subject }) => subject)).toEqual([records[0]?.ref]);
});

test('records put together that tell two birth dates and two payers contradict each other; two spellings do not', () => {
  const one = record(whole);
  const other = record(
    { ...whole, ref: 'copy', birthDate: '1984-11-24', name: { given: 'TOBIAS', family: 'WHITLOCK' } },
    { patient: 'whole', system: 'conn_b', coverage: { payer: '9', payerName: 'Keystone', memberId: 'zh-7765102' } },
  );
  expect(found(one, other)).toEqual([
    'contradiction.value birthDate conn_b copy',
    'contradiction.value payer conn_b copy',
  ]);
});

test('two systems that tell one record contradict each other, and what holds is what is linked', () => {
  const other = { ...person('p1'), birthDate: '1961-03-19' };
  const records = [record(person('p1')), record(other, { system: 'conn_b' })];
  const { findings } = auditData(records, { ...needs, held: new Map([['p1', person('p1')]]) });
  expect(findings).toEqual([
    finding({
      code: 'contradiction.value',
      severity: 'error',
      system: 'conn_b',
      field: 'birthDate',
      subject: 'p1',
      other: 'p1',
    }),
  ]);
});

describe('doubles', () => {
  const [a, b, c] = [person('a'), person('b', { memberIds: [] }), person('c', { address: null })];

  test('three records of one person are two questions', () => {
    const { proposals, findings } = auditData([record(a), record(b), record(c)], needs);
    expect(proposals.length).toBe(2);
    expect(findings.filter(({ code }) => code === 'duplicate.same').length).toBe(2);
  });

  test('what a person put together is not asked again', () => {
    const { proposals } = auditData([record(a), record(b, { patient: 'a' }), record(c, { patient: 'a' })], needs);
    expect(proposals).toEqual([]);
  });

  test('what a person kept apart is not asked again', () => {
    const { proposals, findings } = auditData([record(a), record(c)], { ...needs, areApart: () => true });
    expect(proposals).toEqual([]);
    expect(findings.filter(({ code }) => code.startsWith('duplicate'))).toEqual([]);
  });

  test('a record that two systems tell is one record', () => {
    expect(auditData([record(a), record(a, { system: 'conn_b' })], needs).proposals).toEqual([]);
  });
});

test('no finding and no figure holds a value, and the table is safe to open', () => {
  const { people } = plantedPeople(200, 13);
  const { findings, figures } = auditData(
    people.map((one) => record(one)),
    needs,
  );
  const csv = findingsCsv(findings, () => '=HYPERLINK("http://evil.example")');
  const text = (JSON.stringify({ findings, figures }) + csv).toLowerCase();
  for (const { name, birthDate, contact } of people)
    for (const value of [name.family, birthDate ?? '-'.repeat(9), contact.phone ?? '-'.repeat(9)])
      expect(text).not.toContain(`"${value.toLowerCase()}"`);
  for (const line of csv.split('\r\n').slice(1, -1)) expect(line).toContain(`"'=HYPERLINK(""http`);
});

test('the order of the records does not matter', () => {
  const records = plantedPeople(60, 17).people.map((one) => record(one));
  fc.assert(
    fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
      expect(auditData(shuffled, needs)).toEqual(auditData(records, needs));
    }),
    { numRuns: 10 },
  );
});
