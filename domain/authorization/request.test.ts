// The renewal draft as the desk finds it: filled from the chart, the one missing element named.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from './assessment.ts';
import { authorizationRequestSchema } from './request-schema.ts';
import { draftRequest, labelOf, missingElements } from './request.ts';
import { authorization, chart, period, planOfCare, policy, schedule, visit } from './testing/cases.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('phi');
const validate = ajv.compile(authorizationRequestSchema);

const visits = schedule('2026-04-14', 18, [0, 2, 4]);
const now = { date: '2026-04-25' };

function draft(change: Parameters<typeof chart>[0] = {}, periods = [period()]) {
  const held = authorization({ periods });
  return draftRequest(chart(change), held, assess(held, visits, policy(), now));
}

test('a renewal is filled from the chart and passes its schema', () => {
  const request = draft();
  expect(validate(request)).toBe(true);
  expect(request).toMatchObject({
    kind: 'renewal',
    period: 2,
    patient: { name: { family: 'Example' }, birthDate: '1958-02-03' },
    coverage: { payerId: 'sunrise-medicare', memberId: 'SMA0001' },
    service: { serviceTypeCode: 'PT', placeOfService: '11', diagnoses: [{ code: 'M54.50' }] },
    clinical: { goals: 'Stand for forty minutes', outcomeMeasures: [{ measure: 'ODI', score: 32 }] },
    previousAuthorizationNumber: 'PA0045519',
  });
  expect(missingElements(request, policy())).toEqual([]);
});

test('visits used up early: the renewal begins with visit 13 and asks at the plan’s frequency to its end', () => {
  // 12 May to 30 June are 50 days, the eighth week begun: 8 weeks at 3 a week.
  expect(draft().service).toMatchObject({
    from: '2026-05-12',
    to: '2026-06-30',
    visits: 24,
    units: null,
    frequency: '3 a week for 8 weeks',
    procedures: [{ code: '97110', units: 48 }],
  });
});

test('an approval that ends: the renewal begins on the day after, so that the dates never overlap', () => {
  const request = draft({}, [period({ to: '2026-05-03', approved: { visits: 40, units: null } })]);
  expect(request.service.from).toBe('2026-05-04');
});

test('units are asked for only where the payer counts units', () => {
  const request = draft({}, [period({ to: '2026-05-03', approved: { visits: 40, units: 80 } })]);
  expect(request.service.units).toBe((request.service.visits ?? 0) * 2);
});

test('a plan of care that ends before the renewal begins is the one thing missing', () => {
  const request = draft({ planOfCare: planOfCare({ to: '2026-05-01' }) });
  expect(request.service).toMatchObject({ from: '2026-05-12', to: null, visits: null });
  expect(missingElements(request, policy())[0]).toEqual({
    path: 'service.to',
    label: 'last day of service (a current plan of care)',
  });
});

test('no plan of care: the frequency is unknown, not none', () => {
  expect(draft({ planOfCare: null }).service).toMatchObject({
    to: null,
    visits: null,
    frequency: null,
    procedures: [],
  });
});

test('the payer’s first missing element is named first', () => {
  const clinical = { ...chart().clinical, goals: null, progress: '  ' };
  const rules = policy({ requiredElements: ['clinical.progress', 'clinical.goals', 'coverage.memberId'] });
  const request = draft({ clinical, coverage: { ...chart().coverage, memberId: null } });
  expect(missingElements(request, rules).map(({ label }) => label)).toEqual([
    'progress since the last request',
    'goals',
    'member id',
  ]);
});

test('exactly one element is missing and it is named', () => {
  const request = draft({ clinical: { ...chart().clinical, goals: null } });
  expect(missingElements(request, policy())).toEqual([{ path: 'clinical.goals', label: 'goals' }]);
});

test('a field of someone who is not there is missing', () => {
  expect(missingElements(draft(), policy({ requiredElements: ['referringProvider.npi'] }))).toEqual([
    { path: 'referringProvider.npi', label: "referring provider's NPI" },
  ]);
  expect(labelOf('something.else')).toBe('else');
});

test('dates in the wrong order are missing the right one', () => {
  const request = draft();
  const wrong = { ...request, service: { ...request.service, from: '2026-07-01' } };
  expect(missingElements(wrong, policy()).map(({ path }) => path)).toEqual(['service.to']);
});

test('a placeholder is not sent as the previous number', () => {
  expect(draft({ authorizationNumber: '0000' }).previousAuthorizationNumber).toBeNull();
});

test('the first request begins with the first visit', () => {
  const held = authorization({ periods: [] });
  const request = draftRequest(chart(), held, assess(held, [visit('2026-04-28')], policy(), now));
  expect(request).toMatchObject({ kind: 'initial', period: 1, service: { from: '2026-04-28', to: '2026-06-30' } });
});

test('an appeal repeats what was asked for and wants its reason', () => {
  const asked = period({
    status: 'denied',
    approved: { visits: null, units: null },
    requested: { visits: 20, units: null },
  });
  const held = authorization({ periods: [asked] });
  const request = draftRequest(chart(), held, assess(held, visits, policy(), now), 'appeal');
  expect(request).toMatchObject({
    kind: 'appeal',
    period: 1,
    service: { from: '2026-04-01', to: '2026-06-30', visits: 20 },
  });
  expect(missingElements(request, policy())).toEqual([
    { path: 'clinical.appealReason', label: 'reason for the appeal' },
  ]);
  const reasoned = {
    ...request,
    clinical: { ...request.clinical, appealReason: 'The falls of May are not in the notes.' },
  };
  expect(missingElements(reasoned, policy())).toEqual([]);
});

test('no visit can fall into both the old dates and the new', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 80 }), (approved, length) => {
      const to = new Date(Date.UTC(2026, 3, 1 + length)).toISOString().slice(0, 10);
      const held = authorization({ periods: [period({ approved: { visits: approved, units: null }, to })] });
      const assessment = assess(held, visits, policy(), now);
      const { from, to: end } = draftRequest(chart(), held, assessment).service;
      if (from === null || assessment.projection.firstUncoveredVisit === null) return;
      expect(from <= assessment.projection.firstUncoveredVisit.date).toBe(true);
      if (assessment.projection.limitedBy === 'endDate') expect(from > to).toBe(true);
      else expect(from).toBe(assessment.projection.firstUncoveredVisit.date);
      if (end !== null) expect(end >= from).toBe(true);
    }),
  );
});
