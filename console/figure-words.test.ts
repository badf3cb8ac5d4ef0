import { expect, test } from 'vitest';
import { bandInWords, changeInWords, countInWords, knownInWords, shareInWords, spentInWords } from './figure-words.ts';

test('what nobody knows is unknown, never nothing', () => {
  expect([countInWords(null), shareInWords(null), spentInWords(null)]).toEqual(['unknown', 'unknown', 'unknown']);
  expect([countInWords(0), shareInWords(0), spentInWords(1)]).toEqual(['0', '0%', '1 day']);
  expect(knownInWords({ known: null, unknownFor: 2 }, '–')).toBe('unknown for 2');
  expect(knownInWords({ known: null, unknownFor: 0 }, '–')).toBe('–');
  expect(knownInWords({ known: 1_250, unknownFor: 2 }, '–')).toBe('$12.50, unknown for 2');
});

test('ages are named by their days', () => {
  expect(bandInWords({ fromDays: 31, toDays: 60 })).toBe('31–60');
  expect(bandInWords({ fromDays: 121, toDays: null })).toBe('over 120');
  expect(bandInWords({ fromDays: null, toDays: null })).toBe('day unknown');
  expect([changeInWords(-2_000), changeInWords(500)]).toEqual(['−$20.00', '+$5.00']);
});
