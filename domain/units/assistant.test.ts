// Which units carry CQ: CMS's billing examples for assistants, the days before them, and what a person is asked.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { assistantRuleOn } from './rule-schema.ts';
import type { Minutes } from './services.ts';
import { assistantRules, codes } from '../../rules/testing/unit-rules.ts';
import { countAssistant, countUnits } from './units.ts';

function count(minutes: Minutes, assistant: Minutes, on = '2026-06-01') {
  return countAssistant('cms', { minutes, on, codes }, assistant, assistantRuleOn(assistantRules, on));
}

/** Units of 97110 that carry CQ, of those billed. */
function modified(therapist: number, assistant: number, on?: string) {
  const [share] = count({ '97110': therapist + assistant }, { '97110': assistant }, on).services;
  return share && [share.modified, share.units];
}

describe('42 CFR 410.60(a)(4) from 2022, with the minutes of CMS billing examples', () => {
  test('PTA 10 and PT 5 minutes: the unit is the assistant’s', () => expect(modified(5, 10)).toEqual([1, 1]));
  test('PTA 5 and PT 6 minutes: the PT has no 8 minutes of the only unit', () =>
    expect(modified(6, 5)).toEqual([1, 1]));
  test('PT 8 of the last unit: none, whatever the assistant did of it', () => {
    expect(modified(8, 14)).toEqual([0, 1]);
    expect(modified(7, 14)).toEqual([1, 1]);
  });
  test('PTA 22 and PT 23 minutes: one full unit each, and the PT has 8 minutes of the third', () => {
    expect(modified(23, 22)).toEqual([1, 3]);
  });
  test('PTA 23 and PT 13 minutes of 97110 beside 30 of 97140: one of its two units', () => {
    const { services } = count({ '97110': 36, '97140': 30 }, { '97110': 23 });
    expect(services).toMatchObject([{ code: '97110', units: 2, modified: 1, therapistMinutes: 13 }]);
  });
  test('PTA 14 and PT 12 minutes: two units, one of each', () => expect(modified(12, 14)).toEqual([1, 2]));
  test('PTA 19 and PT 10 minutes: a full unit of the assistant, the last one of the PT', () => {
    expect(modified(10, 19)).toEqual([1, 2]);
  });
  test('everything by the assistant, and nothing by the assistant', () => {
    expect([modified(0, 30), modified(30, 0), modified(0, 7)]).toEqual([
      [2, 2],
      [0, 2],
      [0, 0],
    ]);
  });
});

test('not more than a tenth of the last unit leaves it without', () => {
  // Together with 97140 the 7 minutes of 97110 get a unit; the PT alone has fewer than 8 of it.
  const share = (assistant: number) =>
    count({ '97110': 7, '97140': 3 }, { '97110': assistant }).services.map((each) => each.modified);
  expect([share(0), share(1)]).toEqual([[0], [1]]);
  expect(modified(30, 1)).toEqual([0, 2]);
});

test('from 2020 to 2021 the tenth alone counted; before that nothing was asked', () => {
  expect([modified(10, 5, '2021-12-31'), modified(10, 5, '2022-01-01')]).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(modified(12, 14, '2021-12-31')).toEqual([2, 2]);
  expect(modified(0, 15, '2019-12-31')).toEqual([0, 1]);
});

test('where units of a service differ in length a person tells which are the assistant’s', () => {
  const { services, questions } = count({ '97550': 45 }, { '97550': 20 });
  expect(services).toMatchObject([{ modified: null, units: 2 }]);
  expect(questions[0]).toBe('Which units of 97550 did the assistant do more than 10 % of?');
});

test('a person is asked whether the minutes were alone and whether the payer takes the modifier', () => {
  const { modifier, citation, questions, services } = count({ '97110': 45 }, { '97110': 22 });
  expect([modifier, questions.length]).toEqual(['CQ', 2]);
  expect(citation).toContain('42 CFR 410.60');
  expect(services[0]?.why).toBe(
    "Full units of the therapist: 1; full units of the assistant: 1; last unit: therapist 8, assistant 7 minutes; 8 or more of the therapist's leave it without.",
  );
  expect(count({ '97110': 45 }, { '97110': 0 }).questions).toEqual([]);
});

test('minutes of a code the day does not have, or more than it has, are one sentence', () => {
  const where = { code: 'input.invalid', where: '97140' };
  expect(() => count({ '97110': 30 }, { '97140': 10 })).toThrow(expect.objectContaining(where));
  expect(() => count({ '97140': 30 }, { '97140': 31 })).toThrow(
    'The assistant has 31 minutes of 97140, more than its 30.',
  );
  expect(() => count({ '97140': 30 }, { '97140': -1 })).toThrow(expect.objectContaining(where));
});

test('never more units carry the modifier than are billed; full units of either person are theirs', () => {
  const hands = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
  const other = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(hands, other, ([therapist, assistant], rest) => {
      const minutes = { '97110': therapist + assistant, '97140': rest };
      const { units } = countUnits('cms', { minutes, on: '2026-06-01', codes });
      const [share] = count(minutes, { '97110': assistant }).services;
      const carrying = share?.modified ?? -1;
      expect(share?.units).toBe(units['97110']);
      if (therapist + assistant > 0 && therapist > 0)
        expect(carrying).toBeGreaterThanOrEqual(Math.floor(assistant / 15));
      expect(carrying).toBeLessThanOrEqual((units['97110'] ?? 0) - Math.floor(therapist / 15));
    }),
  );
});
