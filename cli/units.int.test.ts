// `gait units` as it is typed: what it prints, by rule and by payer, and what it refuses.
import { expect, test } from 'vitest';
import { createValidator } from '../server/http/validation.ts';
import { billingOutputs } from './schemas/billing.ts';
import { typed } from './testing/typed.ts';

const output = billingOutputs.find(({ name }) => name === 'units');

const gait = (...args: string[]) => typed(['units', ...args]);

/** What it prints with `--json`, held to its schema. */
function counted(...args: string[]): unknown {
  const ran = gait(...args, '--json');
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  const printed: unknown = JSON.parse(ran.stdout);
  if (output === undefined) throw new Error('the command has no schema');
  createValidator().check(output.schema, printed, 'output');
  return printed;
}

test('33 minutes of 97110, 10 of them by an assistant, and 7 of 97140: the fields of the contract', () => {
  expect(counted('--rule', 'cms', '--minutes', '97110=33,97140=7', '--assistant', '97110=10')).toMatchObject({
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
    assistant: { modifier: 'CQ', services: [{ code: '97110', units: 2, modified: 0, therapistMinutes: 23 }] },
    either: [],
  });
  expect(counted('--rule', 'midpoint', '--minutes', '97110=33, 97140 = 7')).toMatchObject({
    rule: 'midpoint',
    totalUnits: 2,
    units: { '97110': 2, '97140': 0 },
    assistant: null,
  });
});

test('a payer is counted by the rule on file; where there is none, both are shown and neither is taken', () => {
  expect(counted('--payer', 'harbor-health', '--minutes', '97110=33,97140=7', '--on', '2026-06-01')).toMatchObject({
    rule: 'midpoint',
    totalUnits: 2,
    citation: 'Harbor Health: demo contract',
  });
  expect(counted('--line-of-business', 'medicare', '--minutes', '97110=33')).toMatchObject({ rule: 'cms' });
  expect(counted('--payer', 'keystone-mutual', '--minutes', '97110=33,97140=7')).toMatchObject({
    rule: null,
    timedMinutes: 40,
    totalUnits: null,
    units: null,
    alternatives: [],
    either: [
      { rule: 'cms', totalUnits: 3 },
      { rule: 'midpoint', totalUnits: 2 },
    ],
  });
});

test('for a person: the units, what else is allowed, why, and what to ask', () => {
  const { stdout } = gait('--rule', 'cms', '--minutes', '97110=20,97112=20', '--assistant', '97112=15');
  expect(stdout.split('\n')).toEqual([
    '3 units of 40 timed minutes (CMS rule)',
    '  97110 × 2, 97112 × 1',
    '  also allowed: 97110 × 1, 97112 × 2',
    '  97110 20 + 97112 20 = 40 timed minutes: 3 units (38 to 52 minutes).',
    '  Full 15 minutes first: 97110 1 unit, 97112 1 unit.',
    '  One more unit goes to the most minutes left: 97110 (5).',
    '  97110, 97112 have the same minutes left, so that the rule leaves a choice: the one with more minutes is taken, then the lower code.',
    '  Assistant (CQ, 42 CFR 410.60(a)(4); CMS billing examples for CQ and CO):',
    '    97112: 1 of 1 with CQ. Full units of the assistant: 1.',
    '    ask: Did the assistant work these minutes alone? Time together with the therapist is the therapist’s.',
    '    ask: Does this payer take CQ? Medicare does; others as their contract says.',
    '',
  ]);
});

test.each([
  ['an untimed code', ['--minutes', '97110=30,97161=45'], /^The code 97161 is untimed/],
  ['a code nobody knows', ['--minutes', '97999=30'], /^Nothing is known of the code 97999/],
  [
    'negative minutes',
    ['--minutes', '97110=-5'],
    /^The minutes of 97110 are no whole number from 0 to 1440\. \[97110\]/,
  ],
  ['half minutes', ['--minutes', '97110=7.5'], /^The minutes of 97110 are no whole number/],
  ['words for minutes', ['--minutes', '97110=many'], /^The minutes of 97110 are no whole number/],
  ['no minutes', ['--minutes', '97110'], /^--minutes is a list of codes with minutes/],
  ['a code named twice', ['--minutes', '97110=5,97110=6'], /^--minutes names 97110 twice/],
  [
    'an assistant with more than the code',
    ['--minutes', '97110=5', '--assistant', '97110=6'],
    /more than its 5\. \[97110\]/,
  ],
  ['a day that is none', ['--minutes', '97110=5', '--on', '2026-02-30'], /^--on is no date/],
  ['both a rule and a payer', ['--minutes', '97110=5', '--payer', 'x'], /^Give --rule, or the payer/],
])('%s is one sentence and nothing is counted', (_what, args, message) => {
  const ran = gait('--rule', 'cms', ...args, '--json');
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

test('without a rule and without a payer nothing is guessed; a rule that is none is told', () => {
  expect(gait('--minutes', '97110=5').stderr).toMatch(/^Give --rule, or the payer/);
  expect(gait('--rule', 'eight', '--minutes', '97110=5').stderr).toMatch(/^--rule is neither cms nor midpoint/);
  expect(gait('--rule', 'cms').stderr).toMatch(/^--minutes is missing/);
});
