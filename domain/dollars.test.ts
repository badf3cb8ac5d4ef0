import { expect, test } from 'vitest';
import { dollars } from './dollars.ts';

test.each([
  [0, '$0.00'],
  [5, '$0.05'],
  [19_100, '$191.00'],
  [123_456_789, '$1,234,567.89'],
  [-100_050, '-$1,000.50'],
])('%i cents are %s', (cents, words) => {
  expect(dollars(cents)).toBe(words);
});
