// Schedule, notes, charges and authorization of one patient: what disagrees, what is only late, and what nobody knows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconciliationRules as rules } from '../../rules/testing/data-quality.ts';
import { sameClinic } from '../../sandbox/clinic/several-systems.ts';
import { addDays } from '../calendar.ts';
import { disagreementsInWords, reconcileVisits } from './visits.ts';
import type { VisitBooks, VisitSources } from './visits.ts';

const today = '2026-11-20';
const span = { since: '2026-08-01', asOf: today };
const all: VisitSources = { schedule: span, notes: span, charges: span };
const nothing: VisitBooks = { visits: [], notes: [], chargedOn: [], periods: [] };
const came = (...dates: string[]) => dates.map((date) => ({ date, status: 'arrived' as const }));
const signed = (...dates: string[]) => dates.map((date) => ({ date, signedOn: date }));
const found = (books: Partial<VisitBooks>, sources: VisitSources = all): string[] =>
  reconcileVisits({ ...nothing, ...books }, sources, rules).disagreements.map(
    ({ code, date, period }) => `${code} ${date ?? period}`,
  );

test('a visit with its note and its charge is no finding', () => {
  expect(found({ visits: came('2026-11-02'), notes: signed('2026-11-02'), chargedOn: ['2026-11-02'] })).toEqual([]);
});

test.each<[string, Partial<VisitBooks>, string[]]>([
  [
    'the patient came and nothing was written or charged',
    { visits: came('2026-11-02') },
    ['visitWithoutNote 2026-11-02', 'visitWithoutCharge 2026-11-02'],
  ],
  [
    'a note, and no visit',
    { notes: signed('2026-11-02'), chargedOn: ['2026-11-02'] },
    ['noteWithoutVisit 2026-11-02', 'chargeWithoutVisit 2026-11-02'],
  ],
  [
    'a charge, and no note',
    { visits: came('2026-11-02'), chargedOn: ['2026-11-02'] },
    ['visitWithoutNote 2026-11-02', 'chargeWithoutNote 2026-11-02'],
  ],
  [
    'a note nobody signed',
    {
      visits: came('2026-11-02'),
      notes: [{ date: '2026-11-02', signedOn: null }],
      chargedOn: ['2026-11-02'],
    },
    ['noteUnsigned 2026-11-02'],
  ],
  [
    'a cancelled visit that was charged',
    {
      visits: [{ date: '2026-11-02', status: 'cancelled' }],
      notes: signed('2026-11-02'),
      chargedOn: ['2026-11-02'],
    },
    ['noteWithoutVisit 2026-11-02', 'chargeWithoutVisit 2026-11-02'],
  ],
])('%s', (_words, books, disagreements) => {
  expect(found(books)).toEqual(disagreements);
});

test('what is only late is not missing yet', () => {
  expect(found({ visits: came(addDays(today, -2)) })).toEqual([]);
  expect(found({ visits: came(addDays(today, -rules.noteDays)) })).toEqual([`visitWithoutNote ${addDays(today, -3)}`]);
});

describe('what nobody tells is unknown', () => {
  test('without notes nothing is said of notes', () => {
    expect(found({ visits: came('2026-11-02'), chargedOn: ['2026-11-02'] }, { ...all, notes: null })).toEqual([]);
    const { counts } = reconcileVisits(nothing, { ...all, notes: null }, rules);
    expect(counts).toMatchObject({ visits: 0, noteDays: null });
  });

  test('before a source begins, and behind its last word, it says nothing', () => {
    const notes = { since: '2026-11-10', asOf: '2026-11-12' };
    expect(
      found({ visits: came('2026-11-02', '2026-11-11'), chargedOn: ['2026-11-02', '2026-11-11'] }, { ...all, notes }),
    ).toEqual([]);
  });
});

describe('an authorization', () => {
  const period = { sequence: 1, from: '2026-10-01', to: '2026-12-31', status: 'approved' as const };
  const books = {
    visits: came('2026-11-02', '2026-11-04', '2026-11-09'),
    notes: signed('2026-11-02', '2026-11-04', '2026-11-09'),
    chargedOn: ['2026-11-02', '2026-11-04', '2026-11-09'],
  };
  const used = (visits: number, asOf = '2026-11-12') => [{ ...period, reportedUsed: { visits, asOf } }];

  test('counts what the schedule counts, the day of the report either way', () => {
    expect(found({ ...books, periods: used(3) })).toEqual([]);
    expect(found({ ...books, periods: used(2, '2026-11-09') })).toEqual([]);
    expect(found({ ...books, periods: used(3, '2026-11-09') })).toEqual([]);
  });

  test('that counts other visits is told with both counts', () => {
    const { disagreements, counts } = reconcileVisits({ ...nothing, ...books, periods: used(5) }, all, rules);
    expect(disagreements).toEqual([{ code: 'authorizationMiscounts', date: null, period: 1, counted: 3, told: 5 }]);
    expect(counts.authorization).toEqual({ told: 5, counted: 3, asOf: '2026-11-12' });
  });

  test('that began before the schedule is not compared', () => {
    const early = [{ ...period, from: '2026-07-01', reportedUsed: { visits: 9, asOf: '2026-11-12' } }];
    expect(found({ ...books, periods: early })).toEqual([]);
  });
});

test('the sentence counts', () => {
  const { disagreements } = reconcileVisits({ ...nothing, visits: came('2026-11-02', '2026-11-04') }, all, rules);
  expect(disagreementsInWords(disagreements)).toBe('2 visits without a note, 2 visits not charged');
});

test('whatever the books, nothing is found for days no source tells of', () => {
  const day = fc.integer({ min: -200, max: 20 }).map((offset) => addDays(today, offset));
  fc.assert(
    fc.property(fc.array(day), fc.array(day), fc.array(day), (visits, notes, chargedOn) => {
      const books = { visits: came(...visits), notes: signed(...notes), chargedOn, periods: [] };
      for (const { date } of reconcileVisits(books, all, rules).disagreements) {
        expect(date !== null && date >= span.since && date <= today).toBe(true);
      }
      const none = { schedule: null, notes: null, charges: null };
      expect(reconcileVisits(books, none, rules).disagreements).toEqual([]);
    }),
  );
});

test('what was planted in a clinic’s books is found, and nothing else', () => {
  const { systems, truth } = sameClinic({
    seed: 5,
    today,
    patients: 150,
    systems: ['prompt'],
    duplicates: 0,
    conflicts: 0,
    badRows: 0,
    disagreements: 30,
  });
  const rows = systems.prompt;
  if (rows === undefined) throw new Error('no such system');
  const whole = { since: '2026-01-01', asOf: today };
  const atOnce = { ...rules, lookBackDays: 400, noteDays: 0, signDays: 0, chargeDays: 0 };
  const numberOf = new Map(truth.people.map(({ person, records }) => [person, records[0]?.recordNumber ?? '']));
  const planted = new Map(truth.visits.map((one) => [numberOf.get(one.person), one]));
  for (const { recordNumber } of rows.patients) {
    const own = <Row extends { readonly recordNumber: string }>(list: readonly Row[]): Row[] =>
      list.filter((row) => row.recordNumber === recordNumber);
    const { disagreements } = reconcileVisits(
      {
        visits: own(rows.appointments),
        notes: own(rows.notes),
        chargedOn: own(rows.charges).map(({ date }) => date),
        periods: [],
      },
      { schedule: whole, notes: whole, charges: whole },
      atOnce,
    );
    const wrong = planted.get(recordNumber);
    const expected = wrong === undefined || wrong.disagreement === 'authorizationMiscounts' ? [] : [wrong.date];
    expect([...new Set(disagreements.map(({ date }) => date))]).toEqual(expected);
  }
});
