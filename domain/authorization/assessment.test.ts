// What an authorization needs on a given day, from the clinic's side of the counter.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar.ts';
import { assess } from './assessment.ts';
import { authorization, period, policy, schedule, visit } from './testing/cases.ts';

const visits = schedule('2026-04-14', 18, [0, 2, 4]);

test('a visit that nothing covers is named two working days before, over a weekend on Thursday', () => {
  const { uncovered } = assess(authorization({ periods: [] }), [visit('2026-05-11')], policy(), { date: '2026-05-04' });
  expect(uncovered).toEqual({ appointment: 'appt_20260511', date: '2026-05-11', warnOn: '2026-05-07' });
});

test('12 visits at 3 a week: the renewal is due three weeks before visit 13, long before the end date', () => {
  const early = assess(authorization(), visits, policy(), { date: '2026-04-20' });
  expect(early).toMatchObject({ need: 'none', nextLookOn: '2026-04-21', period: 1 });
  const flagged = assess(authorization(), visits, policy(), { date: '2026-04-21' });
  expect(flagged).toMatchObject({ need: 'renewal', period: 2, actBy: '2026-05-04', nextLookOn: null });
  expect(flagged.reason).toContain('visit 13 of 12');
});

test('two or three weeks are the clinic’s choice', () => {
  const on = { date: '2026-04-24' };
  expect(assess(authorization(), visits, policy({ horizonDays: 14 }), on)).toMatchObject({
    need: 'none',
    nextLookOn: '2026-04-28',
  });
  expect(assess(authorization(), visits, policy({ horizonDays: 21 }), on).need).toBe('renewal');
});

test('a slow payer is asked earlier than the horizon says', () => {
  const slow = policy({
    turnaround: { standardDays: 30, expeditedHours: null, basis: 'contract', citation: 'agreement' },
  });
  expect(assess(authorization(), visits, slow, { date: '2026-04-14' })).toMatchObject({
    need: 'renewal',
    actBy: '2026-04-11',
  });
});

test('an end date within three weeks is flagged while the patient is treated', () => {
  const ending = authorization({ periods: [period({ to: '2026-05-01', approved: { visits: 40, units: null } })] });
  const treated = assess(ending, [visit('2026-04-20')], policy(), { date: '2026-04-14' });
  expect(treated).toMatchObject({
    need: 'renewal',
    actBy: '2026-04-24',
    projection: { firstUncoveredVisit: null, actBy: null },
  });
  const untreated = assess(ending, [], policy(), { date: '2026-04-14' });
  expect(untreated).toMatchObject({ need: 'none', nextLookOn: null });
});

test('two visits left are flagged even if nobody has booked further yet', () => {
  const used = schedule('2026-04-01', 10, [0, 1, 2, 3], { status: 'arrived' });
  const result = assess(authorization(), used, policy(), { date: '2026-04-20' });
  expect(result).toMatchObject({ need: 'renewal', projection: { visits: { used: 10, left: 2 } } });
});

test('no approval and a visit booked: the first request', () => {
  const result = assess(authorization({ periods: [] }), [visit('2026-04-20')], policy(), { date: '2026-04-14' });
  expect(result).toMatchObject({ need: 'initial', period: 1, actBy: '2026-04-12' });
});

test('whether one is required is unknown: a person must find out before the first visit', () => {
  const result = assess(authorization({ periods: [], requiredByPayer: null }), [visit('2026-04-20')], policy(), {
    date: '2026-04-14',
  });
  expect(result.need).toBe('initial');
  expect(result.reason).toContain('unknown');
});

test('no authorization required, nothing needed', () => {
  expect(assess(authorization({ requiredByPayer: false }), visits, policy(), { date: '2026-05-20' }).need).toBe('none');
});

test('changed coverage asks a person, whatever else is the matter', () => {
  const result = assess(authorization({ coverageChangedOn: '2026-04-01' }), visits, policy(), { date: '2026-05-10' });
  expect(result).toMatchObject({ need: 'held', projection: { state: 'held' } });
});

test('a placeholder number is asked for before anything is renewed', () => {
  const result = assess(authorization({ periods: [period({ number: 'placeholder' })] }), visits, policy(), {
    date: '2026-04-14',
  });
  expect(result).toMatchObject({ need: 'number', period: 1 });
});

test('a request that waits is not asked for twice, and is late after the payer’s turnaround', () => {
  const waiting = authorization({
    periods: [
      period(),
      period({
        sequence: 2,
        kind: 'renewal',
        status: 'pended',
        from: '2026-05-12',
        number: 'missing',
        submittedOn: '2026-05-01',
        decidedOn: null,
      }),
    ],
  });
  expect(assess(waiting, visits, policy(), { date: '2026-05-08' })).toMatchObject({
    need: 'none',
    nextLookOn: '2026-05-09',
    pending: {
      period: 2,
      since: '2026-05-01',
      dueOn: '2026-05-08',
      overdue: false,
      requested: { visits: 12, units: null },
    },
  });
  const late = assess(waiting, visits, policy(), { date: '2026-05-09' });
  expect(late).toMatchObject({ need: 'none', pending: { overdue: true } });
  expect(late.reason).toContain('longer than expected');
});

test('how late a payer without a known turnaround is stays unknown', () => {
  const unknown = policy({
    turnaround: { standardDays: null, expeditedHours: null, basis: 'unknown', citation: null },
  });
  const waiting = authorization({ periods: [period({ status: 'requested' })] });
  expect(assess(waiting, visits, unknown, { date: '2026-12-01' }).pending).toMatchObject({
    dueOn: null,
    overdue: false,
    requested: { visits: 12, units: null },
  });
});

test('a denied renewal is for a person to decide about, not for another draft', () => {
  const denied = authorization({
    periods: [period(), period({ sequence: 2, status: 'denied', decidedOn: '2026-05-06' })],
  });
  expect(assess(denied, visits, policy(), { date: '2026-05-10' })).toMatchObject({
    need: 'none',
    denied: { period: 2, decidedOn: '2026-05-06' },
  });
});

test('time alone changes the need on the day named, not before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(18),
      (approved, horizonDays, booked) => {
        const held = authorization({ periods: [period({ approved: { visits: approved, units: null } })] });
        const some = visits.slice(0, booked);
        const rules = policy({ horizonDays, visitsLeftWarning: 0 });
        const now = { date: '2026-04-13' };
        const today = assess(held, some, rules, now);
        if (today.need !== 'none' || today.nextLookOn === null) return;
        expect(today.nextLookOn > now.date).toBe(true);
        const dayBefore = addDays(today.nextLookOn, -1);
        expect(assess(held, some, rules, { date: dayBefore }).need).toBe('none');
        const unmarkedVisitsStillBooked = some.some(({ date }) => date >= (today.nextLookOn ?? ''));
        if (unmarkedVisitsStillBooked)
          expect(assess(held, some, rules, { date: today.nextLookOn }).need).toBe('renewal');
      },
    ),
    { numRuns: 500 },
  );
});

test('two visits left are no reason to ask again while the next approval already follows', () => {
  const used = schedule('2026-04-01', 10, [0, 1, 2, 3], { status: 'arrived' });
  const next = period({ sequence: 2, kind: 'renewal', from: '2026-07-01', to: '2026-09-30' });
  const on = { date: '2026-04-20' };
  expect(assess(authorization({ periods: [period(), next] }), used, policy(), on).need).toBe('none');
  const gap = { ...next, from: '2026-07-15' };
  expect(assess(authorization({ periods: [period(), gap] }), used, policy(), on)).toMatchObject({
    need: 'renewal',
    period: 3,
  });
  const small = { ...next, approved: { visits: 0, units: null } };
  expect(assess(authorization({ periods: [period(), small] }), used, policy(), on).need).toBe('renewal');
});

test('what another payer approved or was asked for covers nothing here: the payer that pays now is asked first', () => {
  const former = authorization({ periods: [period({ payer: 'keystone-mutual' })] });
  const on = { date: '2026-04-14' };
  const result = assess(former, visits, policy(), on);
  expect(result).toMatchObject({
    need: 'initial',
    period: 2,
    projection: { state: 'noApproval', firstUncoveredVisit: { date: '2026-04-14' } },
  });
  expect(result.reason).toMatch(/^Approved by another payer than the present one: not counted; next booked visit/);
  const pending = period({ sequence: 2, kind: 'renewal', status: 'pended', payer: 'keystone-mutual' });
  expect(assess(authorization({ periods: [pending] }), visits, policy(), on)).toMatchObject({
    need: 'initial',
    pending: null,
  });
  const same = authorization({ periods: [period({ payer: 'sunrise-medicare' })] });
  expect(assess(same, visits, policy(), on).projection.visits.approved).toBe(12);
  expect(assess({ ...former, payer: 'unknown' }, visits, policy(), on).projection.visits.approved).toBe(12);
});
