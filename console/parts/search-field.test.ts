// A list is searched by words in any order; what is not known about an item cannot be found.
import { expect, test } from 'vitest';
import { fits } from './search-field.ts';

const shown = ['Rowan Abbott', 'Sunrise Health', 'runs out'];

test('every word has to stand somewhere, in whatever order and case', () => {
  expect(fits('sunrise ROWAN', shown)).toBe(true);
  expect(fits('row heal', shown)).toBe(true);
  expect(fits('rowan aetna', shown)).toBe(false);
});

test('an empty search shows everything, also what has no name', () => {
  expect(fits('  ', shown)).toBe(true);
  expect(fits('', [null, undefined])).toBe(true);
});

test('a missing name is not found by the word for it', () => {
  expect(fits('null', [null, 'Sunrise Health'])).toBe(false);
  expect(fits('undefined', [undefined, 'Sunrise Health'])).toBe(false);
});
