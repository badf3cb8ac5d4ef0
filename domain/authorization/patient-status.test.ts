// What a patient is told: what is decided, what is asked, and never a guess.
import { expect, test } from 'vitest';
import type { Appointment } from '../appointment/schema.ts';
import { assess } from './assessment.ts';
import { patientStatus } from './patient-status.ts';
import type { Authorization } from './schema.ts';
import { authorization, period, policy, schedule, visit } from './testing/cases.ts';

const today = '2026-05-04';
const told = (known: Authorization, visits: readonly Appointment[] = []): string =>
  patientStatus(known, assess(known, visits, policy(), { date: today }), today);
const asked = period({
  sequence: 2,
  kind: 'renewal',
  status: 'pended',
  from: '2026-07-01',
  to: '2026-08-30',
  approved: { visits: null, units: null },
  number: 'missing',
  submittedOn: '2026-05-01',
  decidedOn: null,
});

test.each([
  ['no authorization is wanted', authorization({ requiredByPayer: false }), 'Your insurance does not ask for'],
  [
    'the coverage changed',
    authorization({ coverageChangedOn: '2026-05-01' }),
    'Your insurance has changed; we are checking',
  ],
  ['covered', authorization(), 'Your visits are approved until Tue 30 Jun; 12 of 12 are left.'],
  [
    'a request is pending',
    authorization({ periods: [period(), asked] }),
    'Your visits are approved until Tue 30 Jun; 12 of 12 are left. We asked your insurance for more visits on Fri 1 May and will call you when it answers.',
  ],
  [
    'the first request is pending',
    authorization({ periods: [{ ...asked, sequence: 1, kind: 'initial' }] }),
    'We asked your insurance to approve your visits on Fri 1 May and will call you when it answers.',
  ],
  [
    'denied',
    authorization({ periods: [{ ...asked, sequence: 1, status: 'denied', decidedOn: '2026-05-02' }] }),
    'Your insurance did not approve what we asked for; we will call you about what comes next.',
  ],
  [
    'nobody knows whether one is wanted',
    authorization({ periods: [], requiredByPayer: null }),
    'We are asking your insurance whether your visits need its approval.',
  ],
] as const)('%s', (_case, known, words) => {
  expect(told(known)).toContain(words);
});

test('visits that run out are told with what is left, and no day is promised that is not covered', () => {
  expect(told(authorization(), schedule('2026-05-04', 14, [0, 2, 4]))).toBe(
    'Your visits are approved; 12 of 12 are left.',
  );
  const soon = authorization({ periods: [period({ approved: { visits: 3, units: null } })] });
  expect(told(soon, schedule('2026-05-04', 6, [0, 2, 4]))).toBe(
    'Your visits are approved; 3 of 3 are left. We are preparing the request for more.',
  );
});

test('a number that was made up is no approval', () => {
  const unproved = authorization({ periods: [period({ number: 'placeholder' })] });
  expect(told(unproved, [visit('2026-05-06')])).toContain('We are confirming the approval');
});
