// Units of a day under both rules: the examples of CMS's manual, the midpoint beside them, and what cannot be counted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes } from '../../rules/testing/unit-rules.ts';
import type { UnitRule } from './rule-schema.ts';
import type { Minutes } from './services.ts';
import { countUnits } from './units.ts';

const on = '2026-06-01';

function count(rule: UnitRule, minutes: Minutes, day = on) {
  return countUnits(rule, { minutes, on: day, codes });
}

describe('CMS Pub 100-04 ch. 5 §20.2.C', () => {
  test('example 1: 24 minutes of 97112 and 23 of 97110 are three units, two of them of the longer', () => {
    expect(count('cms', { '97112': 24, '97110': 23 })).toMatchObject({
      timedMinutes: 47,
      totalUnits: 3,
      alternatives: [{ '97110': 1, '97112': 2 }],
    });
  });

  test('example 2: 20 and 20 minutes are three units, two of either; never three of one', () => {
    const { totalUnits, alternatives } = count('cms', { '97112': 20, '97110': 20 });
    expect([totalUnits, alternatives]).toEqual([
      3,
      [
        { '97110': 2, '97112': 1 },
        { '97110': 1, '97112': 2 },
      ],
    ]);
  });

  test('example 3: 33 minutes of 97110 and 7 of 97140 are two and one: 7 minutes are more than the 3 left', () => {
    expect(count('cms', { '97110': 33, '97140': 7 })).toEqual({
      rule: 'cms',
      timedMinutes: 40,
      totalUnits: 3,
      units: { '97110': 2, '97140': 1 },
      alternatives: [{ '97110': 2, '97140': 1 }],
      explanation: [
        '97110 33 + 97140 7 = 40 timed minutes: 3 units (38 to 52 minutes).',
        'Full 15 minutes first: 97110 2 units.',
        'One more unit goes to the most minutes left: 97140 (7).',
      ],
    });
  });

  test('example 4: of 18, 13, 10 and 8 minutes the three longest are billed, the ultrasound is only recorded', () => {
    const { units, explanation } = count('cms', { '97110': 18, '97140': 13, '97116': 10, '97035': 8 });
    expect(units).toEqual({ '97035': 0, '97110': 1, '97116': 1, '97140': 1 });
    expect(explanation.at(-1)).toBe(
      "97035 has no unit: the day's total allows 3 units. Its minutes are recorded all the same.",
    );
  });

  test('example 5: three services of 7 minutes are one unit of any of them', () => {
    const { totalUnits, alternatives, explanation } = count('cms', { '97112': 7, '97110': 7, '97140': 7 });
    expect(totalUnits).toBe(1);
    expect(alternatives).toEqual([
      { '97110': 1, '97112': 0, '97140': 0 },
      { '97110': 0, '97112': 1, '97140': 0 },
      { '97110': 0, '97112': 0, '97140': 1 },
    ]);
    expect(explanation[2]).toBe(
      '97110, 97112, 97140 have the same minutes left, so that the rule leaves a choice: the one with more minutes is taken, then the lower code.',
    );
  });

  test('two services of 7 minutes or fewer, 8 together, are one unit of the longer', () => {
    expect(count('cms', { '97110': 3, '97140': 5 }).units).toEqual({ '97110': 0, '97140': 1 });
    expect(count('cms', { '97110': 3, '97140': 4 })).toMatchObject({
      totalUnits: 0,
      units: { '97110': 0, '97140': 0 },
    });
  });

  test('7 minutes of one service are no unit, 8 to 22 are one, 113 to 127 eight', () => {
    const units = (minutes: number) => count('cms', { '97110': minutes }).totalUnits;
    expect([0, 7, 8, 22, 23, 37, 38, 52, 53, 67, 68, 82, 83, 97, 98, 112, 113, 127].map(units)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8,
    ]);
    expect(count('cms', { '97110': 7 }).explanation).toEqual(['97110 7 = 7 timed minutes: fewer than 8, no unit.']);
  });

  test('of equal rests the service with more minutes gets the unit', () => {
    expect(count('cms', { '97110': 20, '97112': 35 }).alternatives).toEqual([
      { '97110': 1, '97112': 3 },
      { '97110': 2, '97112': 2 },
    ]);
  });
});

describe('the midpoint of each service', () => {
  test('33 and 7 minutes are two units and none: minutes of different services are not added', () => {
    expect(count('midpoint', { '97110': 33, '97140': 7 })).toEqual({
      rule: 'midpoint',
      timedMinutes: 40,
      totalUnits: 2,
      units: { '97110': 2, '97140': 0 },
      alternatives: [{ '97110': 2, '97140': 0 }],
      explanation: [
        '97110: 33 minutes are 2 units (23 to 37).',
        '97140: 7 minutes, fewer than 8: no unit.',
        'Minutes of different services are not added.',
      ],
    });
  });

  test('24 and 23 minutes are two units each, where CMS pays three in all', () => {
    expect(count('midpoint', { '97112': 24, '97110': 23 }).units).toEqual({ '97110': 2, '97112': 2 });
  });
});

describe('codes with units of their own', () => {
  test('further units of cognitive training have another code, and the minutes of both are one service', () => {
    expect(count('cms', { '97129': 38 }).units).toEqual({ '97129': 1, '97130': 2 });
    expect(count('cms', { '97129': 15, '97130': 23 }).units).toEqual({ '97129': 1, '97130': 2 });
    expect(count('midpoint', { '97129': 7 }).units).toEqual({ '97129': 0 });
  });

  test('caregiver training: 16 of 30 minutes are the first unit, 8 of 15 each further one; it is not pooled', () => {
    const units = (minutes: number) => count('cms', { '97550': minutes }).units;
    expect([15, 16, 37, 38, 52, 53].map(units)).toEqual([
      { '97550': 0 },
      { '97550': 1 },
      { '97550': 1 },
      { '97550': 1, '97551': 1 },
      { '97550': 1, '97551': 1 },
      { '97550': 1, '97551': 2 },
    ]);
    expect(count('cms', { '97110': 7, '97550': 16 })).toMatchObject({
      totalUnits: 1,
      units: { '97110': 0, '97550': 1 },
    });
  });

  test('work hardening: two hours first, then hours', () => {
    expect(count('cms', { '97545': 61 }).units).toEqual({ '97545': 1 });
    expect(count('cms', { '97545': 151 }).units).toEqual({ '97545': 1, '97546': 1 });
  });
});

describe('what cannot be counted is one sentence', () => {
  const wrong: readonly [string, Minutes, string, string, string][] = [
    [
      'an untimed code',
      { '97161': 30 },
      on,
      'The code 97161 is untimed: it is one unit however long it took.',
      '97161',
    ],
    [
      'a code nobody knows',
      { '97110': 30, ABCDE: 5 },
      on,
      'Nothing is known of the code ABCDE, so its minutes cannot be counted.',
      'ABCDE',
    ],
    [
      'a deleted code',
      { '97762': 15 },
      on,
      '97762 is no code since 2018-01-01, and the day of service is 2026-06-01.',
      '97762',
    ],
    [
      'a code of later',
      { '97550': 30 },
      '2023-12-31',
      '97550 is a code from 2024-01-01, and the day of service is 2023-12-31.',
      '97550',
    ],
    [
      'a month’s code',
      { '98980': 20 },
      on,
      'The minutes of 98980 are counted over a calendar month, not a day.',
      '98980',
    ],
    ['minutes below zero', { '97110': -1 }, on, 'The minutes of 97110 are no whole number from 0 to 1440.', '97110'],
    ['a half minute', { '97110': 7.5 }, on, 'The minutes of 97110 are no whole number from 0 to 1440.', '97110'],
    ['no number', { '97110': Number.NaN }, on, 'The minutes of 97110 are no whole number from 0 to 1440.', '97110'],
  ];

  test.each(wrong)('%s', (_what, minutes, day, message, where) => {
    for (const rule of ['cms', 'midpoint'] as const) {
      expect(() => count(rule, minutes, day)).toThrow(message);
      expect(() => count(rule, minutes, day)).toThrow(expect.objectContaining({ code: 'input.invalid', where }));
    }
  });
});

const published = join(import.meta.dirname, '../../../shared/data/worked-examples/eight_minute_rule.json');

interface Example {
  readonly id: string;
  readonly minutes: Minutes;
  readonly cms_total_units: number;
  readonly cms_allocation: Minutes | string;
  readonly ama_midpoint_units: Minutes;
  readonly ama_total: number;
  readonly tie: boolean;
}

test.skipIf(existsSync(published))(
  'the published examples are not there: they are counted where ../shared/data stands beside the checkout',
  () => {
    expect(existsSync(published)).toBe(false);
  },
);

test.skipIf(!existsSync(published))('every published example has its units under both rules', () => {
  const file = JSON.parse(readFileSync(published, 'utf8')) as { published: Example[] };
  expect(file.published.length).toBeGreaterThanOrEqual(3);
  for (const example of file.published) {
    const cms = count('cms', example.minutes);
    expect([cms.totalUnits, cms.alternatives.length > 1], example.id).toEqual([example.cms_total_units, example.tie]);
    if (typeof example.cms_allocation !== 'string') expect(cms.units, example.id).toEqual(example.cms_allocation);
    const midpoint = count('midpoint', example.minutes);
    expect([midpoint.units, midpoint.totalUnits], example.id).toEqual([example.ama_midpoint_units, example.ama_total]);
  }
});
