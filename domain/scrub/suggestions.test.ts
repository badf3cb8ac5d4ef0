// What the notes support beside what was charged; a proposal changes nothing.
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import { addDays } from '../calendar.ts';
import type { Claim } from '../claim/schema.ts';
import type { ScrubChart } from './chart-schema.ts';
import type { ScrubProfile } from './profile-schema.ts';
import { suggestions } from './suggestions.ts';
import type { BilledBefore } from './suggestions.ts';
import { chartOf, claimOf, day, intervention, visit } from './testing/charted.ts';

function proposed(
  claim: Claim,
  chart: ScrubChart | null,
  profile: ScrubProfile = {},
  billed: readonly BilledBefore[] = [],
) {
  const { tables, reference } = scrubRules;
  return suggestions({ claim, chart, profile, tables, reference, asOf: '2026-05-20' }, billed);
}

const chart = chartOf({
  visits: [
    visit(day, { interventions: [intervention('97110', 33), intervention('97140', 7), intervention('97150', null)] }),
  ],
});

test('§20.2.C example 3 beside what was charged: fewer units, an untimed code left out, one that nobody documented', () => {
  const claim = claimOf([
    { code: '97110', units: 3 },
    { code: '97112', units: 1 },
  ]);
  const before = JSON.stringify(claim);
  const [one, ...others] = proposed(claim, chart);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ day, rule: 'cms' });
  expect(one?.codes).toEqual([
    {
      code: '97110',
      line: 0,
      chargedUnits: 3,
      supportedUnits: 2,
      difference: 'fewer',
      reasons: ['The notes have 33 minutes of it.'],
    },
    {
      code: '97112',
      line: 1,
      chargedUnits: 1,
      supportedUnits: 0,
      difference: 'undocumented',
      reasons: ['No note of the day has it.'],
    },
    {
      code: '97140',
      line: null,
      chargedUnits: 0,
      supportedUnits: 1,
      difference: 'uncharged',
      reasons: ['The notes have 7 minutes of it.'],
    },
    {
      code: '97150',
      line: null,
      chargedUnits: 0,
      supportedUnits: 1,
      difference: 'uncharged',
      reasons: ['It is untimed: one unit, however long it took.'],
    },
  ]);
  expect(one?.reasons.join(' ')).toContain('40 timed minutes: 3 units');
  expect(JSON.stringify(claim)).toBe(before);
});

test('of a payer whose rule nobody knows there is a proposal by each', () => {
  const claim = claimOf([{ code: '97110', units: 2 }], { filingCode: 'CI' });
  const commercial = { ...chart, payer: { id: null, lineOfBusiness: 'commercial' as const } };
  const manual = (profile: ScrubProfile) =>
    proposed(claim, commercial, profile).map(({ rule, codes }) => [
      rule,
      codes.find(({ code }) => code === '97140')?.supportedUnits,
    ]);
  expect(manual({})).toEqual([
    ['cms', 1],
    ['midpoint', 0],
  ]);
  expect(manual({ unitRule: 'midpoint' })).toEqual([['midpoint', 0]]);
});

test('minutes that are not told are not guessed; without a chart there is nothing to propose', () => {
  const untold = chartOf({ visits: [visit(day, { interventions: [intervention('97110', null)] })] });
  const claim = claimOf([{ code: '97110', units: 2 }]);
  expect(proposed(claim, untold)[0]?.codes).toEqual([
    {
      code: '97110',
      line: 0,
      chargedUnits: 2,
      supportedUnits: null,
      difference: 'unknown',
      reasons: ['The note has no minutes for it.'],
    },
  ]);
  expect(proposed(claim, null)).toEqual([]);
  expect(proposed(claim, chartOf({ visits: [] }))).toEqual([]);
});

test('what was billed on earlier visits of the plan of care is told beside the minutes, and supports nothing by itself', () => {
  const earlier = (date: string, minutes: number | null) =>
    visit(date, { interventions: [intervention('97110', minutes), intervention('97112', 15)] });
  const plan = { ...chart.planOfCare, start: addDays(day, -20) };
  const days = [-30, -10, -8, -6, -4].map((days) => addDays(day, days));
  const [before = '', first = '', second = '', untold = '', unbilled = ''] = days;
  const visits = [
    earlier(before, 30),
    earlier(first, 30),
    earlier(second, 30),
    earlier(untold, null),
    earlier(unbilled, 30),
    ...(chart.visits ?? []),
  ];
  const billed = [before, first, untold].map((on) => ({ day: on, code: '97110' }));
  const history = [...billed, { day: second, code: '97112' }, { day: first, code: '97112' }];
  const claim = claimOf([
    { code: '97110', units: 3 },
    { code: '97112', units: 1 },
  ]);
  const reasons = (code: string, of: ScrubChart, known = history) =>
    proposed(claim, of, {}, known)[0]?.codes.find((one) => one.code === code)?.reasons;
  const charted = { ...chart, visits, planOfCare: plan };
  // Before the plan, without minutes, or nothing known of what was billed on that day: no visit of the two that count.
  expect(reasons('97110', charted)).toEqual([
    'The notes have 33 minutes of it.',
    'Under this plan of care it was billed on 1 of 2 earlier visits with documented minutes.',
  ]);
  expect(reasons('97112', charted)).toEqual(['No note of the day has it.']);
  expect(reasons('97110', charted, [])).toEqual(['The notes have 33 minutes of it.']);
  expect(reasons('97110', { ...charted, planOfCare: null })).toEqual(['The notes have 33 minutes of it.']);
  const units = (known: readonly BilledBefore[]) =>
    proposed(claim, charted, {}, known)[0]?.codes.map((one) => one.supportedUnits);
  expect(units(history)).toEqual(units([]));
});
