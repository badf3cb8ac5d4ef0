// What the engine does with any rule: all findings, scope, days, what is not known, what is stale; and the claim stays as it is.
import { expect, test } from 'vitest';
import { scrubRules } from '../../rules/testing/scrub-rules.ts';
import { sampleClaim } from '../claim/testing/claims.ts';
import type { Claim } from '../claim/schema.ts';
import { scrub } from './engine.ts';
import type { ScrubInput } from './case.ts';
import { profiledBook } from './profile.ts';
import { ruleBook } from './rule-book.ts';
import type { ScrubRule } from './rule-schema.ts';

const rule: ScrubRule = {
  id: 'payer.rule',
  severity: 'warns',
  scope: {},
  effective: { from: null, to: null },
  citation: { source: 'a letter' },
  retrieved: '2026-01-01',
  reviewBy: '2027-01-01',
  over: 'line',
  needs: [],
  when: 'true',
  facts: {},
  message: 'm',
  fix: 'f',
  role: 'biller',
};

function run(changes: Partial<ScrubRule>, input: Partial<ScrubInput> = {}) {
  const { tables, reference } = scrubRules;
  return scrub(ruleBook([{ ...rule, ...changes }]), {
    claim: sampleClaim(),
    chart: null,
    profile: {},
    tables,
    reference,
    asOf: '2026-11-20',
    ...input,
  });
}

const on = (from: string | null): Claim => {
  const claim = sampleClaim();
  return { ...claim, lines: claim.lines.map((line) => ({ ...line, from })) };
};

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

test('one finding for each line, with the facts in the message; money is written in dollars', () => {
  const { findings } = run({
    over: 'claim',
    when: 'chargeCents > 100',
    facts: { chargeCents: 'chargeCents', codes: 'codes', payer: 'payer', date: 'date', half: 'chargeCents / 2' },
    message: '{chargeCents} for {codes} on {date}, half is {half}',
    fix: 'ask {payer}',
  });
  expect(findings).toMatchObject([
    {
      line: null,
      message: '$180.50 for 97110, 97140 on 2026-11-02, half is 9025',
      fix: 'ask harbor-health',
      facts: { chargeCents: 18_050, half: 9025, codes: ['97110', '97140'] },
    },
  ]);
  expect(run({}).findings.map(({ line }) => line)).toEqual([0, 1]);
});

test('a rule holds for the days of service it names, first and last included', () => {
  const effective = { from: '2013-07-01', to: '2018-12-31' };
  for (const [day, count] of [
    ['2013-06-30', 0],
    ['2013-07-01', 2],
    ['2018-12-31', 2],
    ['2019-01-01', 0],
  ] as const)
    expect(run({ effective }, { claim: on(day) }).findings).toHaveLength(count);
  expect(run({ effective }, { claim: on(null) })).toMatchObject({
    findings: [],
    notChecked: [{ needs: 'dateOfService' }],
  });
});

test('a rule for some payers, lines of business or states is silent for others, and not checked where that is not told', () => {
  const claim = sampleClaim();
  const scope = (part: ScrubRule['scope'], changes: Partial<Claim> = {}) => {
    const { findings, notChecked } = run({ scope: part }, { claim: { ...claim, ...changes } });
    return [findings.length, ...notChecked.map(({ needs }) => needs)];
  };
  expect(scope({ payers: ['harbor-health'] })).toEqual([2]);
  expect(scope({ payers: ['other'] })).toEqual([0]);
  expect(scope({ payers: ['other'] }, { payer: { ...claim.payer, id: null } })).toEqual([0, 'payer']);
  expect(scope({ linesOfBusiness: ['commercial'] })).toEqual([2]);
  expect(scope({ linesOfBusiness: ['medicare'] })).toEqual([0]);
  expect(scope({ linesOfBusiness: ['medicare'] }, { filingCode: 'ZZ' })).toEqual([0, 'lineOfBusiness']);
  expect(scope({ states: ['OH'] })).toEqual([2]);
  expect(scope({ states: ['MN'] })).toEqual([0]);
});

test('what is not known is neither a finding nor a pass, and a missing chart is told as such', () => {
  const claim = on(null);
  expect(run({ when: 'date > "2020-01-01"' }, { claim })).toMatchObject({
    findings: [],
    notChecked: [{ needs: 'date' }],
  });
  expect(run({ when: 'date > "2020-01-01" && code == "00000"' }, { claim })).toEqual({ findings: [], notChecked: [] });
  expect(run({ when: 'date > "2020-01-01" || code == "97110"' }, { claim })).toMatchObject({
    findings: [{ line: 0 }],
    notChecked: [{ needs: 'date', line: 1 }],
  });
  expect(run({ when: '!known(date)' }, { claim }).findings).toHaveLength(2);
  expect(run({ when: 'code == "97110"', needs: ['date'] }, { claim })).toMatchObject({
    findings: [],
    notChecked: [{ needs: 'date' }],
  });
  expect(run({ needs: ['chart.planOfCare'] })).toMatchObject({ findings: [], notChecked: [{ needs: 'chart' }] });
  expect(run({ needs: ['chart.planOfCare'] }, { chart: { patient: 'p' } }).notChecked).toMatchObject([
    { needs: 'chart.planOfCare' },
  ]);
});

test('an expression that fails on the data is not checked', () => {
  const claim = sampleClaim();
  const strange = { ...claim, lines: claim.lines.map((line) => ({ ...line, from: '2026-02-30' })) };
  expect(run({ when: 'addDays(date, 3) > asOf' }, { claim: strange })).toMatchObject({
    findings: [],
    notChecked: [{ rule: 'payer.rule', line: null }],
  });
});

test('a rule past its review says so in each finding', () => {
  const stale = { stale: true, staleSince: '2026-06-30' };
  expect(run({ reviewBy: '2026-06-30' }).findings).toMatchObject([stale, stale]);
  expect(run({ reviewBy: '2026-11-20' }).findings[0]).not.toHaveProperty('stale');
});

test('a rule that is switched off says why, and one that is not known cannot be', () => {
  const off = [{ rule: 'payer.rule', reason: 'agreed by letter' }];
  expect(run({}, { profile: { off } })).toMatchObject({
    findings: [],
    notChecked: [{ needs: 'profile.off', why: 'Switched off for this payer: agreed by letter' }],
  });
  expect(() => profiledBook([], { off })).toThrow('A rule that is switched off is not known.');
});

test.each([
  [{ when: 'nosuch > 1' }, 'Unknown variable: nosuch', 'payer.rule when'],
  [{ when: 'units > "2"' }, 'no such overload', 'payer.rule when'],
  [{ when: 'units' }, 'comes to double, not to bool', 'payer.rule when'],
  [{ when: 'code ==' }, 'cannot be used', 'payer.rule when'],
  [{ when: 'known(1)' }, 'known() takes the name of a fact', 'payer.rule when'],
  [{ facts: { more: 'nosuch' } }, 'Unknown variable: nosuch', 'payer.rule facts.more'],
  [{ message: '{nosuch}' }, '{nosuch} is no fact of the rule', 'payer.rule message'],
  [{ needs: ['chart.nosuch'] }, '"chart.nosuch" is no part and no fact', 'payer.rule needs'],
  [{ over: 'nosuch' }, 'there is no context "nosuch"', 'payer.rule over'],
])('%j is refused when it is loaded', (changes, sentence, where) => {
  expect(() => ruleBook([{ ...rule, ...changes }])).toThrow(expect.objectContaining({ where }));
  expect(() => ruleBook([{ ...rule, ...changes }])).toThrow(sentence);
});

test('two statements of one name are refused', () => {
  expect(() => ruleBook([rule, rule])).toThrow('two statements have this name');
});

test('no claim, chart or table is changed', () => {
  const { book, tables, reference } = scrubRules;
  const claim = frozen(sampleClaim({ filingCode: 'MB' }));
  const chart = frozen({
    patient: 'p',
    visits: [{ date: '2026-11-02', interventions: [{ code: '97110', minutes: 5 }] }],
  });
  const { findings } = scrub(book, { claim, chart, profile: frozen({}), tables, reference, asOf: '2026-11-20' });
  expect(findings.length).toBeGreaterThan(0);
});
