// Synthetic assessments for the tests of the machine and of its workflow.

import type { Assessment } from '../assessment.ts';

/** An assessment of a synthetic authorization: nothing needed, submit after approval, a turnaround of 7 days. */
export function assessmentOf(more: Partial<Assessment> = {}): Assessment {
  const tally = { approved: 12, used: 10, booked: 4, left: 2 };
  return {
    authorization: 'auth_1',
    clinic: 'cl_1',
    payer: 'payer-a',
    route: 'submitAfterApproval',
    need: 'none',
    projection: {
      state: 'covered',
      limitedBy: null,
      runsOutOn: null,
      firstUncoveredVisit: null,
      actBy: null,
      turnaround: { days: 7, basis: 'regulation', citation: null },
      visits: tally,
      units: { approved: null, used: null, booked: null, left: null },
      visitsLeftAhead: 2,
      reason: '2 of 12 visits left',
    },
    actBy: null,
    nextLookOn: null,
    period: 2,
    pending: null,
    denied: null,
    uncovered: null,
    policy: {
      turnaroundDays: 7,
      pollEveryMinutes: 240,
      reviewDueDays: 2,
      remindAfterHours: 24,
      escalateAfterHours: 48,
      escalateTo: 'admin',
    },
    reason: '2 of 12 visits left',
    ...more,
  };
}
