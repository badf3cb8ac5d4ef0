import { expect, test } from 'vitest';
import { quantityInWords } from './words.ts';

test('a payer that counts in units is not said to have approved an unknown number of visits', () => {
  expect(quantityInWords({ visits: null, units: 48 })).toBe('48 units');
  expect(quantityInWords({ visits: 12, units: 48 })).toBe('12 visits, 48 units');
  expect(quantityInWords({ visits: 1, units: null })).toBe('1 visit');
  expect(quantityInWords({ visits: null, units: null })).toBe('visits unknown');
});
