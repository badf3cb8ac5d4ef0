// What staff type into an authorization number field, and which of it is a number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyNumber, realNumber } from './number.ts';

test.each(['', ' ', '\t', '\u00a0', '-', '--', '…', '/', null, undefined])('%j is no number at all', (text) => {
  expect(classifyNumber(text)).toBe('missing');
});

test.each([
  '0000',
  '0',
  '000-000',
  '1111',
  '9999999999',
  'TBD',
  'tbd',
  'T.B.D.',
  'N/A',
  'na',
  'none',
  'None needed',
  'pending',
  'Pending 5/12',
  'PEND2026',
  'TBD-1',
  'xxx',
  'XXXX-XXXX',
  'see notes',
  'auth',
  'test123',
  '1234',
  '123456789',
  '0123456789',
  '1-2-3-4',
  '００００',
])('%j is a placeholder', (text) => {
  expect(classifyNumber(text)).toBe('placeholder');
});

test.each(['A1', 'PA0045519', '2026-118822', '000123', 'AUTH 7781', '12345678901', '1123', 'B4', ' 550091 '])(
  '%j is a number',
  (text) => {
    expect(classifyNumber(text)).toBe('present');
    expect(realNumber(text)).toBe(text.trim());
  },
);

test('a placeholder is never handed on', () => {
  for (const text of ['0000', 'TBD', '', null]) expect(realNumber(text)).toBeNull();
});

test('case, spaces and signs around it change nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 12 }), (text) => {
      const kind = classifyNumber(text);
      expect(classifyNumber(`  ${text.toLowerCase()} `)).toBe(kind);
      expect(classifyNumber(text.toUpperCase())).toBe(kind);
      expect(classifyNumber(`(${text})`)).toBe(kind);
    }),
  );
});

test('one sign repeated is never a number', () => {
  fc.assert(
    fc.property(fc.constantFrom(...'0123456789XZ'), fc.integer({ min: 1, max: 20 }), (sign, times) => {
      expect(classifyNumber(sign.repeat(times))).toBe('placeholder');
    }),
  );
});
