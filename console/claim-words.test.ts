// Amounts and states of claims as a biller reads them.
import { expect, test } from 'vitest';
import { amountInWords, claimStateInWords, serviceInWords, sumInWords, standingInWords } from './claim-words.ts';

test('an amount nobody knows is said to be unknown, in a sum too; known amounts stand to the cent', () => {
  expect(amountInWords(18_050)).toBe('$180.50');
  expect(amountInWords(0)).toBe('$0.00');
  expect(amountInWords(null)).toBe('unknown');
  expect(sumInWords([18_050, null, 1_950])).toBe('$200.00 and 1 unknown');
  expect(sumInWords([null, null])).toBe('unknown');
  expect(sumInWords([])).toBe('$0');
});

test('a claim no workflow follows says so; what was overridden is told beside what stands', () => {
  expect(claimStateInWords(null)).toBe('not followed');
  expect(claimStateInWords('patientBalance')).toBe('patient owes');
  expect(standingInWords({ blocks: 2, warns: 0, asks: 1, overridden: 1 })).toBe(
    '2 must be fixed · 1 to answer · 1 overridden',
  );
  expect(standingInWords({ blocks: 0, warns: 0, asks: 0, overridden: 0 })).toBe('clean');
});

test('a service line is told by code, modifiers and units', () => {
  expect(serviceInWords({ code: '97110', modifiers: ['GP', 'KX'], units: 2 })).toBe('97110 GP KX, 2 units');
  expect(serviceInWords({ code: null, modifiers: [], units: null })).toBe('no procedure, units unknown');
});
