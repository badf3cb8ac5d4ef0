// Certification of the plan of care: 42 CFR 424.24(c), Pub 100-02 ch. 15 §220.1.3, and the second way of 2025 (89 FR 97710, 97912).
import { expect, test } from 'vitest';
import type { ScrubChart } from '../chart-schema.ts';
import { chartOf, claimOf, found, unchecked, visit } from '../testing/charted.ts';

type Plan = NonNullable<ScrubChart['planOfCare']>;

function certified(
  plan: Plan,
  { on, asOf = '2026-10-01', visits }: { on: string; asOf?: string; visits?: ScrubChart['visits'] },
) {
  const chart = chartOf({ planOfCare: plan, visits: visits ?? [visit(on)] });
  const claim = claimOf([{ code: '97110', units: 2, on }]);
  return {
    found: found('plan.certified', { claim, chart, asOf }),
    unchecked: unchecked('plan.certified', { claim, chart, asOf }),
  };
}

const unsigned = { end: null, orderOnFile: true, transmittedOn: null, certifiedOn: null };
const of2024 = { ...unsigned, start: '2024-11-18', transmittedOn: '2024-11-20' };
const of2025 = { ...unsigned, start: '2025-01-06', transmittedOn: '2025-01-08' };

test('a signature within thirty days of the initial treatment certifies a plan, before 2025 and after', () => {
  expect(certified({ ...of2024, certifiedOn: '2024-12-18' }, { on: '2024-12-20' }).found).toEqual([]);
  expect(certified({ ...of2025, orderOnFile: false, certifiedOn: '2025-02-05' }, { on: '2025-02-10' }).found).toEqual(
    [],
  );
});

test('an order on file and the plan sent within thirty days certify it for services of 2025, not of 2024', () => {
  expect(certified(of2025, { on: '2025-02-10' }).found).toEqual([]);
  expect(certified(of2024, { on: '2024-12-20' }).found).toEqual([
    'signature blocks -: The plan of care of 18 Nov 2024 has no dated signature of a physician; it was due by 18 Dec 2024.',
  ]);
  expect(certified(of2024, { on: '2025-01-03' }).found).toEqual([]);
});

test.each([
  ['no order', { ...of2025, orderOnFile: false }],
  ['not sent', { ...of2025, transmittedOn: null }],
  ['sent on the thirty-first day', { ...of2025, transmittedOn: '2025-02-06' }],
])('half of the second way is none: %s', (_half, plan) => {
  expect(certified(plan, { on: '2025-02-10' }).found).toEqual([
    'signature-or-order blocks -: The plan of care of 6 Jan 2025 is not certified: by 5 Feb 2025 it had no dated signature, nor both a signed order on file and its transmission to the referring provider.',
  ]);
});

test('before the thirty days are over nothing is late', () => {
  const open = { ...of2025, orderOnFile: false };
  expect(certified(open, { on: '2025-01-20', asOf: '2025-02-05' }).found).toEqual([]);
  expect(certified(open, { on: '2025-01-20', asOf: '2025-02-06' }).found).toHaveLength(1);
});

test('a signature after thirty days is a delayed certification, which needs its reason', () => {
  const plan = { ...of2024, certifiedOn: '2024-12-19' };
  expect(certified(plan, { on: '2024-12-20' }).found).toEqual([
    'signature-late warns -: The plan of care of 18 Nov 2024 was signed 31 days after the initial treatment, later than 30.',
  ]);
});

test('a recertification needs a signature: the order serves the first certification only', () => {
  const visits = [
    visit('2025-04-07', { note: { kind: 'recertification', signedOn: '2025-04-07', credential: 'PT' } }),
    visit('2025-04-14'),
  ];
  const plan = { ...of2025, start: '2025-04-07', transmittedOn: '2025-04-08' };
  expect(certified(plan, { on: '2025-04-14', visits }).found).toEqual([
    'recertification blocks -: The plan of care of 7 Apr 2025 continues an earlier one and has no dated signature of a physician; an order on file does not certify it.',
  ]);
  expect(certified({ ...plan, certifiedOn: '2025-04-10' }, { on: '2025-04-14', visits }).found).toEqual([]);
});

test("a certification holds for ninety days or until the plan's end, whichever comes first", () => {
  const signed = { ...of2025, certifiedOn: '2025-01-10' };
  expect(certified(signed, { on: '2025-04-06' }).found).toEqual([]);
  expect(certified(signed, { on: '2025-04-07' }).found).toEqual([
    'ended blocks -: The certification of the plan of care of 6 Jan 2025 held through 6 Apr 2025; 7 Apr 2025 lies after that.',
  ]);
  expect(certified({ ...signed, end: '2025-02-28' }, { on: '2025-02-28' }).found).toEqual([]);
  expect(certified({ ...signed, end: '2025-02-28' }, { on: '2025-03-03' }).found).toEqual([
    'ended blocks -: The certification of the plan of care of 6 Jan 2025 held through 28 Feb 2025; 3 Mar 2025 lies after that.',
  ]);
});

test('what the chart does not tell is not checked; commercial payers have no certification', () => {
  const untold = certified({ start: '2025-01-06', orderOnFile: true }, { on: '2025-02-10' });
  expect(untold.found).toEqual([]);
  expect(untold.unchecked).not.toEqual([]);
  const claim = claimOf([{ code: '97110', units: 2 }]);
  expect(unchecked('plan.certified', { claim, chart: chartOf() })).toEqual(['chart.planOfCare']);
  const commercial = chartOf({ payer: { id: null, lineOfBusiness: 'commercial' }, planOfCare: of2024 });
  expect(found('plan.certified', { claim, chart: commercial })).toEqual([]);
  expect(unchecked('plan.certified', { claim, chart: commercial })).toEqual([]);
});
