// Functional limitation reporting was asked of Medicare claims from 2013-07-01 to 2018-12-31; its codes were deleted with 2020.
import { expect, test } from 'vitest';
import type { Claim } from '../../claim/schema.ts';
import { chartOf, claimOf, found, intervention, visit } from '../testing/charted.ts';

const rule = 'functional.reporting';
const on = (date: string, code = '97110'): Claim => claimOf([{ code, units: 1, on: date }]);
const names = (claim: Claim, rest: Omit<Parameters<typeof found>[1], 'claim'> = {}) =>
  found(rule, { claim, ...rest }).map((one) => one.split(':')[0]);

test('a Medicare claim of 2018 without a G-code is asked about, one of 2026 is not', () => {
  expect(names(on('2018-06-04'))).toEqual(['episode asks -']);
  expect(names(on('2026-05-04'))).toEqual([]);
});

test.each([
  ['2013-06-30', []],
  ['2013-07-01', ['episode asks -']],
  ['2018-12-31', ['episode asks -']],
  ['2019-01-01', []],
])('asked for by the day of service: %s', (date, expected) => {
  expect(names(on(date))).toEqual(expected);
});

test('an evaluation of 2018 must report; of 2019 it need not', () => {
  expect(names(on('2018-06-04', '97161'))).toEqual(['missing blocks -']);
  expect(names(on('2019-01-02', '97161'))).toEqual([]);
});

test('reported with a severity modifier it is complete, without one it is not', () => {
  const reported = (modifiers: readonly string[]) =>
    claimOf([
      { code: '97161', units: 1, on: '2018-06-04' },
      { code: 'G8978', units: 1, on: '2018-06-04', modifiers },
      { code: 'G8979', units: 1, on: '2018-06-04', modifiers: ['GP', 'CI'] },
    ]);
  expect(names(reported(['GP', 'CK']))).toEqual([]);
  expect(found(rule, { claim: reported(['GP']) })).toEqual([
    'severity blocks 1: G8978 on 4 Jun 2018 has no severity modifier (CH to CN).',
  ]);
});

test('a code documented earlier in the episode is enough between two reports', () => {
  const visits = [
    visit('2018-06-01', { interventions: [intervention('97161', 40), intervention('G8978', null)] }),
    visit('2018-06-04'),
  ];
  expect(names(on('2018-06-04'), { chart: chartOf({ visits }) })).toEqual([]);
  expect(names(on('2018-06-04'), { chart: chartOf({ visits: visits.slice(1) }) })).toEqual(['episode asks -']);
});

test('codes of it are flagged once they are deleted, and accepted in 2019', () => {
  const reported = (date: string) => claimOf([{ code: 'G8978', units: 1, on: date, modifiers: ['GP', 'CK'] }]);
  expect(names(reported('2019-06-04'))).toEqual([]);
  expect(names(reported('2026-05-04'))).toEqual(['ended blocks 0']);
});

test('a payer may still ask by its profile, and then its codes are not flagged', () => {
  const profile = { functionalReporting: { required: true, source: 'Test manual' } };
  expect(names(on('2026-05-04'), { profile })).toEqual(['payer warns -']);
  const claim = claimOf([{ code: 'G8978', units: 1, on: '2026-05-04', modifiers: ['GP', 'CK'] }]);
  expect(names(claim, { profile })).toEqual([]);
});

test('commercial payers were never asked', () => {
  expect(names(claimOf([{ code: '97161', units: 1, on: '2018-06-04' }], { filingCode: 'CI' }))).toEqual([]);
});
