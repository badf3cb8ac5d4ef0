// Whose coverage is checked tonight, and for which day.
import { expect, test } from 'vitest';
import type { Candidate } from './tonight.ts';
import { whoTonight } from './tonight.ts';

const today = '2026-11-21';
const settings = { firstVisitWithinDays: 7, visitWithinDays: 3, staleAfterDays: 30, benefitYearStarts: '01-01' };
const known: Candidate = {
  patient: 'pat_1',
  coverage: 'cov_1',
  payer: 'harbor-health',
  coverageChangedOn: null,
  upcoming: ['2026-11-23'],
  hasHadVisit: true,
  last: { on: '2026-11-10', serviceDate: '2026-11-12', refused: false },
};
const reasons = (change: Partial<Candidate>, on = today) =>
  whoTonight([{ ...known, ...change }], on, () => settings).flatMap((one) => one.reasons);

test('a patient whose answer is eleven days old is not asked about again before the visit', () => {
  expect(reasons({})).toEqual([]);
});

test('a new patient of the intake queue is checked, with or without a visit', () => {
  expect(reasons({ last: null, hasHadVisit: false })).toEqual(['newPatient', 'firstVisit']);
  const [one] = whoTonight([{ ...known, last: null, upcoming: [] }], today, () => settings);
  expect(one).toMatchObject({ serviceDate: today, reasons: ['newPatient'] });
});

test('the day asked about is the next visit, not the day the policy began (OpenEMR issue 2459)', () => {
  const [one] = whoTonight([{ ...known, last: null, coverageChangedOn: '2026-01-01' }], today, () => settings);
  expect(one?.serviceDate).toBe('2026-11-23');
});

test('a visit within three days with an answer older than thirty is asked about', () => {
  const last = { on: '2026-10-20', serviceDate: '2026-10-22', refused: false };
  expect(reasons({ last })).toEqual(['stale']);
  expect(reasons({ last, upcoming: ['2026-12-20'] })).toEqual([]);
});

test('the first visit after the benefits begin anew is asked about, however fresh the answer', () => {
  const last = { on: '2026-12-29', serviceDate: '2026-12-30', refused: false };
  expect(reasons({ last, upcoming: ['2027-01-04'] }, '2027-01-02')).toEqual(['planYear']);
  expect(reasons({ last, upcoming: ['2026-12-31'] }, '2026-12-30')).toEqual([]);
});

test('what the payer refused is not asked again until the coverage was changed', () => {
  const last = { on: '2026-09-01', serviceDate: '2026-09-03', refused: true };
  expect(reasons({ last })).toEqual([]);
  expect(reasons({ last, coverageChangedOn: '2026-11-20' })).toEqual(['coverageChanged']);
});
