// What the services of one review say together, and how an approved count stands to what was asked.
import { expect, test } from 'vitest';
import { agreedAction, countsMeant, isLessThanAsked } from './review-actions.ts';

test('services that say the same say it together; certified and refused ones are certified in part', () => {
  expect(agreedAction(['A3', 'A3'])).toBe('A3');
  expect(agreedAction(['A1', 'A3'])).toBe('A2');
  expect(agreedAction(['A6', null, 'A3'])).toBe('A2');
});

test('services that say nothing, or pend beside a certified one, decide nothing together', () => {
  expect(agreedAction([])).toBeNull();
  expect(agreedAction([null])).toBeNull();
  expect(agreedAction(['A1', 'A4'])).toBeNull();
  expect(agreedAction(['A3', 'A4'])).toBeNull();
});

test('only a certification in total means what was asked where it names no count', () => {
  const asked = { visits: 12, units: null };
  const nothing = { visits: null, units: null };
  expect(countsMeant('A1', nothing, asked)).toEqual(asked);
  expect(countsMeant('A2', nothing, asked)).toEqual(nothing);
  expect(countsMeant('A1', { visits: 8, units: null }, asked)).toEqual({ visits: 8, units: null });
});

test('fewer is only what is known to be fewer', () => {
  expect(isLessThanAsked({ visits: 8, units: null }, { visits: 12, units: null })).toBe(true);
  expect(isLessThanAsked({ visits: 12, units: 24 }, { visits: 12, units: 30 })).toBe(true);
  expect(isLessThanAsked({ visits: null, units: null }, { visits: 12, units: 30 })).toBe(false);
  expect(isLessThanAsked({ visits: 8, units: 24 }, { visits: null, units: null })).toBe(false);
});
