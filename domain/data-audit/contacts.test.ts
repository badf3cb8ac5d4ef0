// Whom nobody can reach, and that a single failure or a number that was corrected says nothing.
import { describe, expect, test } from 'vitest';
import { linkageBook, requirements } from '../../rules/testing/data-quality.ts';
import type { Person } from '../linkage/person.ts';
import { person } from '../linkage/testing/people.ts';
import { contactFindings, failingAddresses } from './contacts.ts';
import type { Arrival, ContactFacts } from './contacts.ts';
import type { AuditRecord } from './record.ts';

const needs = { placeholders: linkageBook.placeholders, requirements, today: '2026-11-20' };
const nobody: Person['contact'] = { phone: null, email: null };

function record(ref: string, contact: Person['contact'], change: Partial<AuditRecord> = {}): AuditRecord {
  return {
    ref,
    patient: ref,
    system: 'conn_a',
    person: { ...person(ref), contact },
    coverage: null,
    referringProvider: null,
    diagnoses: [],
    planOfCareFrom: null,
    notKept: [],
    ...change,
  };
}

const reached = record('p2', { phone: '(708) 555-0199', email: null });
const found = (records: readonly AuditRecord[], contacts?: ReadonlyMap<string, ContactFacts>): string[] =>
  contactFindings(records, { ...needs, ...(contacts === undefined ? {} : { contacts }) }).map(
    ({ code, field, system, subject }) => [code, field ?? '-', system, subject].join(' '),
  );

describe('nobody can be reached', () => {
  test.each([
    ['without number and address', nobody],
    ['with a placeholder and an impossible address', { phone: '000-000-0000', email: 'tw(at)mail' }],
  ])('%s', (_words, contact) => {
    expect(found([record('p1', contact), reached])).toEqual(['contact.none - conn_a p1']);
  });

  test('but by the number that another system has', () => {
    const other = record('p1', { phone: '(708) 555-0142', email: null }, { system: 'conn_b' });
    expect(found([record('p1', nobody), other, reached])).toEqual([]);
  });

  test('is not said where the system tells of no numbers at all', () => {
    expect(found([record('p1', nobody), record('p2', nobody)])).toEqual([]);
  });
});

test('what fails is told of the record that has the number, what the patient wants once for all of them', () => {
  const other = record('copy', { phone: '(708) 555-0142', email: null }, { patient: 'p1', system: 'conn_b' });
  const facts = new Map([['copy', { failing: ['phone', 'email'] as const, wantsNone: true }]]);
  expect(found([record('p1', nobody), other, reached], facts)).toEqual([
    'contact.failing phone conn_b p1',
    'contact.wantsNone - conn_a p1',
  ]);
});

describe('an address fails', () => {
  const phone = (day: number, arrived: boolean): Arrival => ({
    address: 'phone',
    arrived,
    at: `2026-11-0${day}T15:00:00Z`,
  });

  test('when the last two messages in a row did not arrive, in whatever order they are told', () => {
    expect(failingAddresses([phone(3, false), phone(1, true), phone(2, false)], 2)).toEqual(['phone']);
  });

  test('not after one, not when a later one arrived, not for what went elsewhere', () => {
    const mail: Arrival = { address: 'email', arrived: false, at: '2026-11-09T15:00:00Z' };
    expect(failingAddresses([phone(1, false), mail], 2)).toEqual([]);
    expect(failingAddresses([phone(1, false), phone(2, false), phone(3, true)], 2)).toEqual([]);
  });
});
