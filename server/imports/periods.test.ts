// What a report says of an authorization, laid onto what is known: no edit of an ordinary kind makes a second approval.
import { expect, test } from 'vitest';
import type { AuthorizationRow } from '../../connectors/pt-records/rows.ts';
import { period } from '../../domain/authorization/testing/cases.ts';
import { mergePeriods } from './periods.ts';

const asOf = '2026-04-14';

function row(change: Partial<AuthorizationRow> = {}): AuthorizationRow {
  return {
    recordNumber: 'PT1',
    number: 'A7712345',
    payerName: 'Sunrise Medicare Advantage',
    payerId: 'sunrise-medicare',
    kind: 'initial',
    status: 'approved',
    from: '2026-04-01',
    to: '2026-06-30',
    requested: { visits: 12, units: null },
    approved: { visits: 12, units: null },
    visitsUsed: null,
    weekLimit: null,
    maxGapDays: null,
    submittedOn: '2026-03-25',
    decidedOn: '2026-03-30',
    reason: null,
    ...change,
  };
}

const first = mergePeriods([], [row()], asOf);

test('the same row again is the same period, and what it does not say stays', () => {
  const again = mergePeriods(first.periods, [row({ to: null, requested: { visits: null, units: null } })], asOf);
  expect(again.periods).toEqual(first.periods);
});

test('another start date for the same number is the same approval', () => {
  const { periods } = mergePeriods(first.periods, [row({ from: '2026-04-06' })], asOf, first.numbers);
  expect(periods).toMatchObject([{ sequence: 1, from: '2026-04-06', approved: { visits: 12 } }]);
  const typed = row({ from: '2026-04-06', number: 'a771-2345 ', submittedOn: null });
  expect(mergePeriods(first.periods, [typed], asOf, first.numbers).periods).toHaveLength(1);
});

test('an emptied start date keeps the day that is known', () => {
  for (const number of ['A7712345', null]) {
    const { periods } = mergePeriods(first.periods, [row({ from: null, number })], asOf, first.numbers);
    expect(periods).toMatchObject([{ sequence: 1, from: '2026-04-01' }]);
  }
});

test('a request of Gait’s own comes back as the payer granted it', () => {
  const asked = period({
    sequence: 2,
    kind: 'renewal',
    status: 'requested',
    number: 'missing',
    from: '2026-07-01',
    to: '2026-09-30',
    approved: { visits: null, units: null },
    submittedOn: '2026-06-20',
    decidedOn: null,
  });
  const known = [...first.periods, asked];
  const granted = { kind: 'renewal', number: 'B9920041', from: '2026-07-03', to: '2026-10-02' } as const;
  const onTheDay = mergePeriods(known, [row(), row({ ...granted, submittedOn: '2026-06-20' })], asOf, first.numbers);
  expect(onTheDay.periods).toMatchObject([{ sequence: 1 }, { sequence: 2, status: 'approved', from: '2026-07-03' }]);
  const withoutDay = mergePeriods(known, [row(), row({ ...granted, submittedOn: null })], asOf, first.numbers);
  expect(withoutDay.periods).toMatchObject([{ sequence: 1 }, { sequence: 2, status: 'approved', from: '2026-07-03' }]);
  expect(withoutDay.numbers.get(2)).toBe('B9920041');
});

test('what is asked for again after a denial is a request of its own', () => {
  const denied = mergePeriods([], [row({ status: 'denied', number: null })], asOf);
  const again = row({ status: 'pended', number: null, from: '2026-04-10', submittedOn: '2026-04-08', decidedOn: null });
  expect(mergePeriods(denied.periods, [again], asOf).periods).toMatchObject([
    { status: 'denied' },
    { status: 'pended' },
  ]);
});

test('what a person found to be over stays over; a new approval from the same day is one of its own', () => {
  const over = first.periods.map((one) => ({ ...one, status: 'superseded' as const }));
  const later = row({ number: 'E4410077' });
  expect(mergePeriods(over, [row(), later], asOf, first.numbers).periods).toMatchObject([
    { status: 'superseded' },
    { sequence: 2, status: 'approved' },
  ]);
});

test('two real numbers are two approvals, even where they begin on one day', () => {
  const rows = [row(), row({ number: 'C5510099', approved: { visits: 4, units: null } })];
  const { periods, numbers } = mergePeriods(first.periods, rows, asOf, first.numbers);
  expect(periods).toMatchObject([{ approved: { visits: 12 } }, { approved: { visits: 4 } }]);
  expect(mergePeriods(periods, rows, asOf, numbers).periods).toEqual(periods);
});

test('a renewal that waits is no news about the approval it overlaps', () => {
  const waiting = row({
    kind: 'renewal',
    status: 'pended',
    number: null,
    from: '2026-06-20',
    submittedOn: '2026-06-10',
  });
  expect(mergePeriods(first.periods, [waiting], asOf, first.numbers).periods).toHaveLength(2);
});

test('a placeholder never takes the place of the payer’s number, a real one does', () => {
  const numbersAfter = (number: string | null) =>
    mergePeriods(first.periods, [row({ number })], asOf, first.numbers).numbers;
  expect(numbersAfter('TBD').size).toBe(0);
  expect(numbersAfter('0000').size).toBe(0);
  expect(numbersAfter('D8830012').get(1)).toBe('D8830012');
  const unproved = mergePeriods([], [row({ number: 'TBD' })], asOf);
  expect([unproved.numbers.get(1), unproved.periods[0]?.number]).toEqual(['TBD', 'placeholder']);
});

test('a report that is behind the payer’s decision takes nothing of it away', () => {
  const late = row({ status: 'pended', number: 'REF-20077', approved: { visits: null, units: null } });
  const { periods, numbers, said } = mergePeriods(first.periods, [late], asOf, first.numbers);
  expect(periods).toEqual(first.periods);
  expect([numbers.size, said.size]).toEqual([0, 0]);
});
