// Outcome measures at the payer's own frequency; of a payer whose frequency nobody knows nothing is said.
import { expect, test } from 'vitest';
import { addDays } from '../../calendar.ts';
import { chartOf, claimOf, found, unchecked, visit } from '../testing/charted.ts';

const rule = 'outcome.measure';
const first = '2026-04-01';
const days = Array.from({ length: 12 }, (_, at) => addDays(first, at * 2));
const on = (number: number) => claimOf([{ code: '97110', units: 2, on: days[number - 1] ?? '' }]);
const score = (measure: string) => [{ measure, score: 41 }];
const course = (measured: Readonly<Record<number, string>>) =>
  chartOf({
    planOfCare: { start: first },
    visits: days.map((date, at) =>
      visit(date, { outcomes: measured[at + 1] === undefined ? [] : score(measured[at + 1] ?? '') }),
    ),
  });
const every = (everyTreatmentDays: number) => ({ outcomeMeasures: { everyTreatmentDays, source: 'Test manual' } });

test('every ten treatment days: the tenth without one is told', () => {
  const profile = every(10);
  expect(found(rule, { claim: on(10), chart: course({ 1: 'LEFS' }), profile })).toEqual([]);
  expect(found(rule, { claim: on(11), chart: course({ 1: 'LEFS' }), profile })).toEqual([
    'interval warns -: 21 Apr 2026 is treatment day 10 without an outcome measure; this payer wants one every 10.',
  ]);
  expect(found(rule, { claim: on(11), chart: course({ 1: 'LEFS', 9: 'LEFS' }), profile })).toEqual([]);
});

test('with a progress note: the note without one is told, other notes are not', () => {
  const profile = { outcomeMeasures: { withNotes: ['progress' as const], source: 'Test manual' } };
  const noted = (kind: 'progress' | 'daily', outcomes: ReturnType<typeof score>) =>
    chartOf({ visits: [visit(first, { note: { kind, signedOn: first, credential: 'PT' }, outcomes })] });
  expect(found(rule, { claim: on(1), chart: noted('progress', []), profile })).toEqual([
    'with-note warns -: The progress note of 1 Apr 2026 has no outcome measure, and this payer wants one with it.',
  ]);
  expect(found(rule, { claim: on(1), chart: noted('progress', score('ODI')), profile })).toEqual([]);
  expect(found(rule, { claim: on(1), chart: noted('daily', []), profile })).toEqual([]);
});

test('a measure the payer does not take is none', () => {
  const profile = { outcomeMeasures: { everyTreatmentDays: 2, measures: ['LEFS'], source: 'Test manual' } };
  expect(found(rule, { claim: on(2), chart: course({ 2: 'PSFS' }), profile })).toHaveLength(1);
  expect(found(rule, { claim: on(2), chart: course({ 2: 'lefs' }), profile })).toEqual([]);
});

test('a payer of whom nothing is known, and a chart that tells no measures, are not checked', () => {
  expect(unchecked(rule, { claim: on(2), chart: course({}) })).toEqual(['with-note noteKind', 'interval every']);
  const chart = chartOf({ visits: [visit(first, { outcomes: null })] });
  expect(unchecked(rule, { claim: on(1), chart, profile: every(1) })).toContain('interval daysWithout');
});
