// What the notes support beside what was charged; a proposal changes nothing.
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import type { Claim } from '../claim/schema.ts';
import type { ScrubChart } from './chart-schema.ts';
import type { ScrubProfile } from './profile-schema.ts';
import { suggestions } from './suggestions.ts';
import { chartOf, claimOf, day, intervention, visit } from './testing/charted.ts';

function proposed(claim: Claim, chart: ScrubChart | null, profile: ScrubProfile = {}) {
  const { tables, reference } = scrubRules;
  return suggestions({ claim, chart, profile, tables, reference, asOf: '2026-05-20' });
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
