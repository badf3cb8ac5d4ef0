// Authorizations: a real number on the claim, in force on the day, with a visit left.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../calendar.ts';
import type { Claim } from '../../claim/schema.ts';
import { chartOf, claimOf, day, found, unchecked, visit } from '../testing/charted.ts';

const commercial = { id: null, lineOfBusiness: 'commercial' } as const;
const approved = { number: 'PA-77 120', from: '2026-04-01', to: '2026-06-30', visitsApproved: 12, visitsUsed: 3 };
const withNumber = (priorAuthorizationNumber: string | null, on = day): Claim =>
  claimOf([{ code: '97110', units: 2, on }], { filingCode: 'CI', priorAuthorizationNumber });
const chart = chartOf({ payer: commercial, authorizations: [approved], visits: [visit(day)] });

test.each(['0000', 'TBD', 'N/A', 'pending 5/12'])('%s in the place of the number is no number', (text) => {
  expect(found('authorization.placeholder', { claim: withNumber(text) })).toEqual([
    'blocks -: What stands in the place of the authorization number is no number, only something to fill the field.',
  ]);
});

test('a real number is none of that; nor is an empty field', () => {
  expect(found('authorization.placeholder', { claim: withNumber('PA77120') })).toEqual([]);
  expect(found('authorization.placeholder', { claim: withNumber(null) })).toEqual([]);
});

test('a missing number blocks where the payer wants one or the chart has one for the day', () => {
  const required = { authorizations: { required: 'yes', source: 'Test manual' } } as const;
  const not = { authorizations: { required: 'no', source: 'Test manual' } } as const;
  const none = chartOf({ payer: commercial, authorizations: [] });
  expect(found('authorization.present', { claim: withNumber(null), profile: required })).toHaveLength(1);
  expect(found('authorization.present', { claim: withNumber('PA77120'), profile: required })).toEqual([]);
  expect(found('authorization.present', { claim: withNumber(null), chart })).toHaveLength(1);
  expect(found('authorization.present', { claim: withNumber(null), chart, profile: not })).toEqual([]);
  expect(found('authorization.present', { claim: withNumber(null), chart: none })).toEqual([]);
  expect(unchecked('authorization.present', { claim: withNumber(null), chart: none })).toEqual(['required required']);
});

test('original Medicare gives no authorizations for therapy', () => {
  const claim = claimOf([{ code: '97110', units: 2 }]);
  expect(found('authorization.present', { claim, chart: chartOf({ authorizations: [] }) })).toEqual([]);
  expect(unchecked('authorization.present', { claim, chart: chartOf({ authorizations: [] }) })).toEqual([]);
});

test('the first and the last day of an authorization are within it, the days around it are not', () => {
  const current = (on: string) =>
    found('authorization.current', { claim: withNumber('PA77120', on), chart, asOf: '2026-07-20' });
  expect(current('2026-04-01')).toEqual([]);
  expect(current('2026-06-30')).toEqual([]);
  expect(current('2026-03-31')).toHaveLength(1);
  expect(current('2026-07-01')).toEqual([
    'outside blocks -: The authorization on the claim runs from 1 Apr 2026 to 30 Jun 2026; 1 Jul 2026 lies outside.',
  ]);
});

test('a number that the chart does not have is looked at by a person', () => {
  expect(found('authorization.current', { claim: withNumber('PA99'), chart })).toHaveLength(1);
  expect(unchecked('authorization.current', { claim: withNumber('PA99') })).toEqual(['chart']);
});

test('twelve visits are approved and the thirteenth is billed', () => {
  const days = Array.from({ length: 13 }, (_, at) => addDays('2026-04-02', at * 2));
  const full = chartOf({ ...chart, visits: days.map((on) => visit(on)) });
  const visits = (on: string | undefined) =>
    found('authorization.visits', { claim: withNumber('PA77120', on ?? ''), chart: full });
  expect(visits(days[11])).toEqual([]);
  expect(visits(days[12])).toEqual(['over blocks -: 26 Apr 2026 is visit 13 of an authorization for 12 visits.']);
});

test('two visits of a day are one visit of the authorization', () => {
  const days = Array.from({ length: 12 }, (_, at) => addDays('2026-04-02', at * 2));
  const [first = ''] = days;
  const twice = chartOf({ ...chart, visits: [...days, first].map((on) => visit(on)) });
  expect(found('authorization.visits', { claim: withNumber('PA77120', days[11] ?? ''), chart: twice })).toEqual([]);
});

test('where only a count is known, it is asked whether the day is in it', () => {
  const used = (visitsUsed: number) =>
    found('authorization.visits', {
      claim: withNumber('PA77120'),
      chart: { ...chart, authorizations: [{ ...approved, visitsUsed }] },
    });
  expect(used(11)).toEqual([]);
  expect(used(12)).toEqual([
    'perhaps-over asks -: 12 of 12 authorized visits are used, and the chart does not tell whether 4 May 2026 is one of them.',
  ]);
  expect(used(13)).toEqual(['over blocks -: 4 May 2026 is visit 13 of an authorization for 12 visits.']);
});

test('an authorization that tells no number of visits is not checked for them', () => {
  const open = { ...chart, authorizations: [{ ...approved, visitsApproved: null }] };
  expect(unchecked('authorization.visits', { claim: withNumber('PA77120'), chart: open })).toEqual(['visitsApproved']);
});

test('the order of visits does not matter, and visits after the day add no finding about it', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 12 }), (offsets, visitsApproved) => {
      const dates = offsets.map((offset) => addDays('2026-04-01', offset));
      const [on = day] = dates;
      const full = (those: readonly string[]) => ({
        ...chart,
        authorizations: [{ ...approved, visitsApproved, visitsUsed: null }],
        visits: those.map((one) => visit(one)),
      });
      const rule = 'authorization.visits';
      const claim = withNumber('PA77120', on);
      const all = found(rule, { claim, chart: full(dates) });
      expect(found(rule, { claim, chart: full(dates.toReversed()) })).toEqual(all);
      expect(found(rule, { claim, chart: full(dates.filter((one) => one <= on)) })).toEqual(all);
    }),
  );
});
