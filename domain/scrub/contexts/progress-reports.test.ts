// Progress reports: Pub 100-02 ch. 15 §220.3.D, at least once in ten treatment days, written by a clinician.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../calendar.ts';
import type { ChartVisit, VisitNote } from '../chart/treatment-days.ts';
import { chartOf, claimOf, found, unchecked, visit } from '../testing/charted.ts';

const first = '2026-04-01';
/** The date of the n-th treatment day, counted from 1. */
const treatmentDay = (number: number): string => addDays(first, (number - 1) * 2);

function course(days: number, reports: Readonly<Record<number, VisitNote['credential']>> = {}): ChartVisit[] {
  return Array.from({ length: days }, (_, at) => {
    const date = treatmentDay(at + 1);
    const credential = reports[at + 1];
    const kind = at === 0 ? 'evaluation' : credential === undefined ? 'daily' : 'progress';
    return visit(date, { note: { kind, signedOn: date, credential: credential ?? 'PT' } });
  });
}

function due(visits: readonly ChartVisit[], on: string, rule = 'progress.tenth-day'): string[] {
  const chart = chartOf({ visits: [...visits], planOfCare: { start: first } });
  return found(rule, { claim: claimOf([{ code: '97110', units: 2, on }]), chart, asOf: '2026-12-01' });
}

test('the first period begins on the first day of the episode, its evaluation; a report is due by the tenth treatment day', () => {
  expect(due(course(9), treatmentDay(9))).toEqual([]);
  expect(due(course(10), treatmentDay(10))).toEqual([
    "medicare blocks -: 19 Apr 2026 is treatment day 10 since 1 Apr 2026 without a clinician's progress report; one is due by treatment day 10.",
  ]);
  expect(due(course(11), treatmentDay(11))).toHaveLength(1);
});

test('a report on the tenth treatment day, or before it, is in time, and the next treatment day begins the next period', () => {
  for (const on of [4, 10]) {
    const visits = course(on + 10, { [on]: 'PT' });
    expect(due(visits, treatmentDay(10))).toEqual([]);
    expect(due(visits, treatmentDay(on + 9))).toEqual([]);
    expect(due(visits, treatmentDay(on + 10))).toHaveLength(1);
  }
});

test('two visits of one day are one treatment day', () => {
  const twice = (days: number) => [...course(days), visit(treatmentDay(3)), visit(treatmentDay(days))];
  expect(due(twice(9), treatmentDay(9))).toEqual([]);
  expect(due(twice(10), treatmentDay(10))).toHaveLength(1);
});

test('thirty calendar days alone make no report due: that limb ended with 2012', () => {
  const visits = course(4).map((one, at) => (at === 0 ? one : { ...one, date: addDays(one.date, 50) }));
  expect(due(visits, addDays(treatmentDay(4), 50))).toEqual([]);
});

test('a delayed report within seven calendar days after the period still serves it, a later one does not', () => {
  const late = (days: number) => {
    const date = addDays(treatmentDay(10), days);
    return [...course(10), visit(date, { note: { kind: 'progress', signedOn: date, credential: 'PT' } })];
  };
  expect(due(late(7), treatmentDay(10))).toEqual([]);
  expect(due(late(8), treatmentDay(10))).toHaveLength(1);
});

test("an assistant's note is no progress report", () => {
  const visits = course(10, { 8: 'PTA' });
  expect(due(visits, treatmentDay(10))).toHaveLength(1);
  expect(due(visits, treatmentDay(8), 'progress.author')).toEqual([
    'blocks -: The progress note of 15 Apr 2026 was written by an assistant: it does not count as the progress report of the period of 15 Apr 2026.',
  ]);
  expect(due(visits, treatmentDay(7), 'progress.author')).toEqual([]);
  expect(due(course(10, { 8: 'PT, DPT' }), treatmentDay(8), 'progress.author')).toEqual([]);
});

test('what the therapist writes after the assistant puts it right', () => {
  const visits = course(12, { 8: 'PTA', 9: 'PT' });
  expect(due(visits, treatmentDay(9), 'progress.author')).toEqual([]);
  expect(due(visits, treatmentDay(12))).toEqual([]);
});

test('a chart that begins in the middle is counted as far as it goes, and not beyond', () => {
  const middle = course(20).slice(5);
  const chart = chartOf({ visits: middle, planOfCare: { start: first } });
  const on = (number: number) => ({ claim: claimOf([{ code: '97110', units: 2, on: treatmentDay(number) }]), chart });
  expect(unchecked('progress.tenth-day', on(8))).toContain('medicare treatmentDay');
  expect(found('progress.tenth-day', on(15))).toHaveLength(1);
});

test('other payers: only by a rule of their own', () => {
  const chart = chartOf({
    payer: { id: null, lineOfBusiness: 'commercial' },
    visits: course(8),
    planOfCare: { start: first },
  });
  const claim = claimOf([{ code: '97110', units: 2, on: treatmentDay(6) }], { filingCode: 'CI' });
  const profile = { progressReport: { everyTreatmentDays: 6, source: 'Test manual' } };
  expect(found('progress.tenth-day', { claim, chart })).toEqual([]);
  expect(unchecked('progress.tenth-day', { claim, chart })).toEqual(['payer dueFrom']);
  expect(found('progress.tenth-day', { claim, chart, profile })).toHaveLength(1);
});

test('the order of visits does not matter, and daily visits after the day add no finding about it', () => {
  const number = fc.integer({ min: 1, max: 24 });
  const reports = fc.uniqueArray(fc.integer({ min: 2, max: 24 }), { maxLength: 4 });
  fc.assert(
    fc.property(number, reports, (on, written) => {
      const by = Object.fromEntries(written.map((one) => [one, 'PT']));
      const visits = course(on, by);
      const one = due(visits, treatmentDay(on));
      expect(due(visits.toReversed(), treatmentDay(on))).toEqual(one);
      expect(due([...visits, visit(treatmentDay(on + 1)), visit(treatmentDay(on + 2))], treatmentDay(on))).toEqual(one);
    }),
    { numRuns: 60 },
  );
});
