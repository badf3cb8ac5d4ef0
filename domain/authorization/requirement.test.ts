// At intake: is an authorization wanted? After the evaluation: does the plan fit what is approved?
import { expect, test } from 'vitest';
import { authorizationRequired, checkPlan, plannedVisits, requirementKnown } from './requirement.ts';
import { authorization, period, planOfCare, policy } from './testing/cases.ts';

const plan = planOfCare({ to: null, visitsPerWeek: 2, weeks: 6 });

test('the visits of a plan are its frequency times its weeks, or unknown', () => {
  expect(plannedVisits(plan)).toBe(12);
  expect(plannedVisits({ ...plan, weeks: null, to: '2026-05-05' })).toBe(10);
  expect(plannedVisits({ ...plan, visitsPerWeek: null })).toBeNull();
  expect(plannedVisits({ ...plan, weeks: null })).toBeNull();
});

test.each([
  ['yes', null, true],
  ['no', null, false],
  ['unknown', null, null],
  ['afterVisits', 6, true],
  ['afterVisits', 12, false],
  ['afterVisits', null, null],
] as const)('payer rule %s with %s free visits and 12 planned: required is %s', (rule, freeVisits, required) => {
  expect(authorizationRequired(policy({ authorizationRequired: rule, freeVisits }), plan).required).toBe(required);
});

test('before the evaluation a payer with free visits leaves it unknown', () => {
  const answer = authorizationRequired(policy({ authorizationRequired: 'afterVisits', freeVisits: 6 }), null);
  expect(answer).toMatchObject({ required: null, fromVisit: 7 });
  expect(answer.reason).toContain('unknown');
});

test('a plan that fits has no findings', () => {
  expect(checkPlan(plan, authorization())).toEqual([]);
});

test('more visits, a later end and a higher frequency than approved are three findings', () => {
  const approved = authorization({
    periods: [period({ approved: { visits: 8, units: null }, to: '2026-05-01', weekLimit: { visits: 1, weeks: 20 } })],
  });
  expect(checkPlan(plan, approved)).toMatchObject([
    { code: 'plan.visits', facts: { planned: 12, approved: 8 } },
    { code: 'plan.end', facts: { planTo: '2026-05-12', approvedTo: '2026-05-01' } },
    { code: 'plan.frequency', facts: { planned: 2, approved: 1 } },
  ]);
});

test('a plan that begins before the approval is found', () => {
  const later = authorization({ periods: [period({ from: '2026-04-10' })] });
  expect(checkPlan(plan, later).map(({ code }) => code)).toEqual(['plan.begin']);
});

test('nothing approved, or only by a placeholder, approves nothing of the plan', () => {
  for (const periods of [[], [period({ number: 'placeholder' })], [period({ status: 'denied' })]]) {
    expect(checkPlan(plan, authorization({ periods })).map(({ code }) => code)).toEqual(['plan.begin']);
  }
});

test('unknown counts are a finding, not a match', () => {
  const unknown = authorization({ periods: [period({ approved: { visits: null, units: null } })] });
  expect(checkPlan(plan, unknown).map(({ code }) => code)).toEqual(['plan.unknown']);
});

test('no authorization required, nothing to compare', () => {
  expect(checkPlan(plan, authorization({ requiredByPayer: false, periods: [] }))).toEqual([]);
});

test.each([
  ['the PT system says yes, the rule no', true, { authorizationRequired: 'no' }, 0, 3, true],
  ['the PT system says no, the rule yes', false, { authorizationRequired: 'yes' }, 0, 3, false],
  ['only the rule speaks', null, { authorizationRequired: 'yes' }, 0, 0, true],
  ['the rule says no', null, { authorizationRequired: 'no' }, 0, 9, false],
  ['a request is on file, whatever the rule says', null, { authorizationRequired: 'no' }, 1, 0, true],
  ['the free visits suffice so far', null, { authorizationRequired: 'afterVisits', freeVisits: 6 }, 0, 6, false],
  ['one visit more than is free is booked', null, { authorizationRequired: 'afterVisits', freeVisits: 6 }, 0, 7, true],
  ['nobody knows', null, { authorizationRequired: 'unknown' }, 0, 3, null],
] as const)('at intake, %s', (_case, reported, rule, periods, visits, required) => {
  expect(requirementKnown(reported, policy(rule), { periods, visits })).toBe(required);
});
