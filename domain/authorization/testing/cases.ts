// Builders of synthetic cases for the tests: everything has a usual value, a test names only what it is about.
import { addDays } from '../../calendar.ts';
import type { Appointment } from '../../appointment/schema.ts';
import type { Chart, PlanOfCare } from '../../chart/schema.ts';
import type { PayerPolicy } from '../../payer/schema.ts';
import type { Authorization, Period } from '../schema.ts';

export function period(change: Partial<Period> = {}): Period {
  return {
    sequence: 1,
    kind: 'initial',
    status: 'approved',
    from: '2026-04-01',
    to: '2026-06-30',
    requested: { visits: 12, units: null },
    approved: { visits: 12, units: null },
    number: 'present',
    weekLimit: null,
    maxGapDays: null,
    submittedOn: '2026-03-25',
    decidedOn: '2026-03-30',
    ...change,
  };
}

export function authorization(change: Partial<Authorization> = {}): Authorization {
  return {
    ref: 'auth_1',
    clinic: 'cl_1',
    patient: 'pat_1',
    coverage: 'cov_1',
    coverageChangedOn: null,
    payer: 'sunrise-medicare',
    lineOfBusiness: 'medicareAdvantage',
    discipline: 'PT',
    periods: [period()],
    requiredByPayer: true,
    held: null,
    ...change,
  };
}

export function visit(date: string, change: Partial<Appointment> = {}): Appointment {
  return {
    ref: `appt_${date.replaceAll('-', '')}`,
    patient: 'pat_1',
    date,
    startsAt: null,
    status: 'booked',
    units: null,
    discipline: 'PT',
    ...change,
  };
}

/** Visits on the given days of each week (0 for the first day) from a first day on. */
export function schedule(
  from: string,
  count: number,
  weekdays: readonly number[],
  change: Partial<Appointment> = {},
): Appointment[] {
  return Array.from({ length: count }, (_, index) =>
    visit(addDays(from, Math.floor(index / weekdays.length) * 7 + (weekdays[index % weekdays.length] ?? 0)), change),
  );
}

export function policy(change: Partial<PayerPolicy> = {}): PayerPolicy {
  return {
    payer: 'sunrise-medicare',
    lineOfBusiness: 'medicareAdvantage',
    name: 'Sunrise Medicare Advantage',
    route: 'submitAfterApproval',
    horizonDays: 21,
    turnaround: { standardDays: 7, expeditedHours: 72, basis: 'regulation', citation: 'CMS-0057-F; 42 CFR 422.568(b)' },
    pollEveryMinutes: 60,
    visitsLeftWarning: 2,
    uncoveredWarningDays: 2,
    requiredElements: ['coverage.memberId', 'clinical.goals'],
    gapRuleDays: null,
    reviewDueDays: 3,
    remindAfterHours: 24,
    escalateAfterHours: 48,
    escalateTo: 'biller',
    authorizationRequired: 'yes',
    freeVisits: null,
    freeVisitsPer: 'episode',
    denialReasonCitation: null,
    rule: null,
    ...change,
  };
}

export function planOfCare(change: Partial<PlanOfCare> = {}): PlanOfCare {
  return {
    from: '2026-04-01',
    to: '2026-06-30',
    visitsPerWeek: 3,
    weeks: null,
    procedures: [{ code: '97110', unitsPerVisit: 2 }],
    ...change,
  };
}

/** A complete chart of a synthetic patient. */
export function chart(change: Partial<Chart> = {}): Chart {
  return {
    patient: {
      ref: 'pat_1',
      clinic: 'cl_1',
      name: { given: 'Rosa', family: 'Example' },
      birthDate: '1958-02-03',
      gender: 'female',
      contact: { phone: '555-0101', email: 'rosa@example.org' },
      address: null,
      recordNumber: 'R-1001',
    },
    coverage: {
      ref: 'cov_1',
      clinic: 'cl_1',
      patient: 'pat_1',
      payer: 'sunrise-medicare',
      payerName: 'Sunrise Medicare Advantage',
      lineOfBusiness: 'medicareAdvantage',
      memberId: 'SMA0001',
      groupNumber: null,
      planName: 'Sunrise Advantage HMO',
      relationship: 'self',
      order: 'primary',
      from: '2026-01-01',
      to: null,
    },
    provider: { organizationName: 'Example Physical Therapy', npi: '1234567893', taxId: '00-0000001' },
    renderingProvider: { name: 'Dana Example', npi: '1234567893' },
    referringProvider: null,
    planOfCare: planOfCare(),
    diagnoses: [{ code: 'M54.50' }],
    clinical: {
      evaluationDate: '2026-04-01',
      limitations: 'Cannot stand longer than ten minutes',
      goals: 'Stand for forty minutes',
      progress: 'Stands for twenty minutes',
      outcomeMeasures: [{ measure: 'ODI', score: 32, date: '2026-04-20' }],
    },
    authorizationNumber: 'PA0045519',
    ...change,
  };
}
