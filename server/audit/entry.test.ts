// The guard of the audit chain: what names a person does not get in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newReference } from '../vault/reference.ts';
import type { AuditEntry, Structure } from './entry.ts';
import { guardEntry, isStructureText } from './entry.ts';

const entry = { clinic: newReference('cl'), actor: newReference('usr'), action: 'record.opened' };
const withDetails = (details: { readonly [key: string]: Structure }): (() => void) => {
  const made: AuditEntry = { ...entry, details };
  return () => guardEntry(made);
};

describe('refused', () => {
  test.each([
    'Maria',
    'Maria Lopez',
    'Lopez, Maria',
    'maria lopez',
    'a@example.org',
    '555-0142',
    '(312) 555-0142',
    '3125550142',
    '000-12-3456',
    '123456789',
    'W123456789',
    'MRN-0012345',
    'shoulder pain, worse at night',
    'Jürgen',
    '',
    ' ',
    'a\nb',
    'a'.repeat(500),
  ])('the text %j', (text) => {
    expect(withDetails({ outcome: text })).toThrow('An audit entry was refused');
    expect(() => guardEntry({ ...entry, subject: text })).toThrow('An audit entry was refused');
  });

  test.each(['name', 'birthDate', 'memberId', 'ssn', 'phone', 'email', 'diagnosis', 'clinicalText', 'Patient name'])(
    'a detail called %s, whatever it holds',
    (name) => {
      expect(withDetails({ [name]: 1 })).toThrow('An audit entry was refused');
      expect(withDetails({ inner: { [name]: 1 } })).toThrow('An audit entry was refused');
    },
  );

  test('what is no finite number, and what is nested without end', () => {
    expect(withDetails({ count: Number.NaN })).toThrow();
    expect(withDetails({ a: { b: { c: { d: { e: 1 } } } } })).toThrow();
  });

  test('a refused value is not in the message', () => {
    expect(withDetails({ outcome: 'Maria Lopez' })).not.toThrow('Maria');
  });
});

describe('let in', () => {
  test.each([
    'approved',
    'partlyApproved',
    'authorization.submit',
    'work-item.decided',
    '2026-05-12',
    '2026-05-12T07:30:00Z',
    '97110',
    'A3',
    'v1.2.0',
    newReference('auth'),
    `authorization.submit/${newReference('auth')}/2/renewal/1`,
    `authorization/${newReference('cl')}/${newReference('auth')}`,
    'prior-authorization@1.0.0',
    'system:effects',
    'f'.repeat(64),
  ])('the text %s', (text) => {
    expect(withDetails({ outcome: text })).not.toThrow();
  });

  test('numbers, lists of references, null and yes or no', () => {
    expect(
      withDetails({ count: 12, records: [newReference('rec'), newReference('rec')], until: null, live: true }),
    ).not.toThrow();
  });
});

test('no text with a space, a capitalised word or six digits in a row is ever structure', () => {
  const words = fc.stringMatching(/^[A-Z][a-z]{1,20}$/);
  fc.assert(fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (names) => !isStructureText(names.join(' '))));
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{0,5}\d{6,12}$/), (text) => !isStructureText(text)));
});
