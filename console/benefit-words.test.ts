// What a summary says in words: unknown is never a number, and a payer's 0 is never unknown.
import { expect, test } from 'vitest';
import { asOfInWords, valueInWords } from './benefit-words.ts';

const today = '2026-06-01';
const words = {
  serviceTypes: { AD: 'occupational therapy' },
  contacts: {},
  periods: { '35': 'per week' },
  mayShareLimit: [],
};

test('nothing left is $0 and 0 visits; what nobody said is unknown', () => {
  expect(valueInWords('deductibleLeftCents', 0, words, today)).toBe('$0');
  expect(valueInWords('visitsLeft', 0, words, today)).toBe('0');
  expect(valueInWords('coinsurance', 0, words, today)).toBe('0%');
  expect(valueInWords('deductibleLeftCents', null, words, today)).toBe('unknown');
  expect(valueInWords('visitsLeft', undefined, words, today)).toBe('unknown');
});

test('amounts, shares, limits and years are said as a biller says them', () => {
  expect(valueInWords('copayCents', 125_050, words, today)).toBe('$1,250.50');
  expect(valueInWords('coinsurance', 0.125, words, today)).toBe('12.5%');
  expect(valueInWords('visitsAllowed', 'unlimited', words, today)).toBe('no limit');
  expect(valueInWords('benefitYear', 'calendarYear', words, today)).toBe('calendar year');
  expect(valueInWords('authorizationRequired', false, words, today)).toBe('not required');
  expect(valueInWords('begins', '2026-01-01', words, today)).toBe('Thu 1 Jan');
});

test('a pool names its services, an unknown code stands as it came, an empty pool is an answer', () => {
  expect(valueInWords('pooledWith', ['AD', 'ZZ'], words, today)).toBe('occupational therapy, service type ZZ');
  expect(valueInWords('pooledWith', [], words, today)).toBe('nothing else');
  expect(valueInWords('visitFrequency', { quantity: 2, count: 1, period: '35' }, words, today)).toBe('2 per week');
});

test('a payer’s clock without a zone is not taken for the clinic’s', () => {
  const now = new Date('2026-06-01T17:00:00Z');
  expect(asOfInWords('2026-06-01T17:00:00Z', now, 'America/Chicago')).toContain('today 12:00');
  expect(asOfInWords('2026-06-01T12:00', now, 'America/Chicago')).toMatch(/^Mon 1 Jun 12:00\sPM by the payer’s clock$/);
  expect(asOfInWords(null, now, 'America/Chicago')).toBe('not stated');
});
