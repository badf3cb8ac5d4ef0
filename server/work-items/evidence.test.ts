// What an item shows beside its draft: the payer's rule held against the plan of care, and what is approved.
import { expect, test } from 'vitest';
import { authorization, period, planOfCare, policy } from '../../domain/authorization/testing/cases.ts';
import { createValidator } from '../http/validation.ts';
import { planEvidence } from './evidence.ts';

const validator = createValidator();
const plan = planOfCare({ to: null, visitsPerWeek: 2, weeks: 6 });
const free = policy({ authorizationRequired: 'afterVisits', freeVisits: 6 });
const shown = (planned: unknown, approved: number): string[] =>
  planEvidence(
    validator,
    {
      authorization: authorization({ periods: [period({ approved: { visits: approved, units: null } })] }),
      policy: free,
    },
    planned,
  ).map(({ label, value }) => `${label}: ${value}`);

test('a plan that goes beyond the free visits says so, and how many visits are missing', () => {
  const [requirement, fit] = shown(plan, 8);
  expect(requirement).toMatch(/^Requirement: .*visit 7/);
  expect(fit).toMatch(/^Plan of care: .*12.*8/);
});

test('a plan that fits is said to fit', () => {
  expect(shown(plan, 12).at(-1)).toBe('Plan of care: Fits what is approved');
});

test('a plan nobody knows is unknown, not fitting', () => {
  expect(shown(null, 12)).toEqual([
    expect.stringContaining('how many visits are planned is unknown'),
    'Plan of care: null',
  ]);
});
