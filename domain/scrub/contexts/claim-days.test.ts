// Schedule, notes and charges agree: a charge without a visit, a visit or service without a charge, another clinician, sums.
import { expect, test } from 'vitest';
import { chartOf, claimOf, day, found, intervention, unchecked, visit } from '../testing/charted.ts';

const usual = [
  { code: '97110', units: 2 },
  { code: '97140', units: 1 },
];

test('a day on which the chart has no visit', () => {
  const chart = chartOf({ visits: [visit('2026-05-05')] });
  expect(found('schedule.mismatch', { claim: claimOf(usual), chart })).toEqual([
    'no-visit blocks -: The claim charges 4 May 2026, and the chart has no visit on that day.',
  ]);
  expect(found('schedule.mismatch', { claim: claimOf(usual), chart: chartOf({ visits: [visit(day)] }) })).toEqual([]);
  expect(unchecked('schedule.mismatch', { claim: claimOf(usual), chart: chartOf() })).toEqual(['chart.visits']);
});

test('another clinician than the one on the claim, where the chart names NPIs; an assistant is billed under the therapist', () => {
  const by = (ref: string, credential: string) => chartOf({ visits: [visit(day, { clinician: { ref, credential } })] });
  const mismatch = (ref: string, credential: string) =>
    found('schedule.mismatch', { claim: claimOf(usual), chart: by(ref, credential) });
  expect(mismatch('1999999976', 'PT')).toEqual([]);
  expect(mismatch('1999999968', 'PT')).toHaveLength(1);
  expect(mismatch('1999999968', 'PTA')).toEqual([]);
  expect(unchecked('schedule.mismatch', { claim: claimOf(usual), chart: by('p1', 'PT') })).toEqual([
    'clinician sameClinician',
  ]);
});

test('lines that do not add up to the claim', () => {
  expect(found('charge.mismatch', { claim: claimOf(usual) })).toEqual([]);
  expect(found('charge.mismatch', { claim: claimOf(usual, { chargeCents: 16_000 }) })).toEqual([
    'total blocks -: The claim charges $160.00, its lines together $150.00.',
  ]);
});

test('a visit between the days of the claim that is not charged', () => {
  const claim = claimOf([...usual, { code: '97110', units: 2, on: '2026-05-08' }]);
  const visits = [visit(day), visit('2026-05-06'), visit('2026-05-08', { interventions: [intervention('97110', 30)] })];
  expect(found('charge.mismatch', { claim, chart: chartOf({ visits }) })).toEqual([
    'visit asks -: The chart has a visit on 6 May 2026, between the days of this claim, and the claim charges nothing for it.',
  ]);
  const around = [visit('2026-05-01'), visit(day), ...visits.slice(2), visit('2026-05-11')];
  expect(found('charge.mismatch', { claim, chart: chartOf({ visits: around }) })).toEqual([]);
});

test('a service in the note that would have a unit and is not charged; too few minutes for a unit are none', () => {
  const noted = (code: string, minutes: number) =>
    chartOf({
      visits: [
        visit(day, {
          interventions: [intervention('97110', 30), intervention('97140', 15), intervention(code, minutes)],
        }),
      ],
    });
  expect(found('charge.mismatch', { claim: claimOf(usual), chart: noted('97112', 15) })).toEqual([
    'service asks -: The note of 4 May 2026 has 97112, and the claim does not charge it.',
  ]);
  expect(found('charge.mismatch', { claim: claimOf(usual), chart: noted('97112', 5) })).toEqual([]);
  expect(found('charge.mismatch', { claim: claimOf(usual), chart: noted('97010', 10) })).toEqual([]);
});
