// How figures are counted: what nobody knows is null and never 0, and the figures of two payers add up to those of both.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimFigures } from './figures.ts';
import type { ClaimFigures } from './figures.ts';
import type { CaseFacts, ClaimFacts, LineFacts } from './facts.ts';
import { receivables } from './receivables.ts';
import type { ReceivablesRow } from './rules-schema.ts';
import { daysSpent } from './sums.ts';
import { therapistFigures } from './therapists.ts';
import { unusualPayments } from './unusual.ts';
import type { AllowedLine } from './unusual.ts';

const at = (day: number): string => new Date(Date.UTC(2026, 2, day, 15)).toISOString();

const claim = (changes: Partial<ClaimFacts> = {}): ClaimFacts => ({
  ref: 'clm_1',
  payer: 'harbor',
  takenInAt: at(1),
  daysSinceNote: null,
  check: null,
  isFollowed: true,
  events: [],
  answers: [],
  decisions: [],
  recoveredCents: null,
  ...changes,
});
const event = (type: ClaimFacts['events'][number]['type'], day: number, frequency = '1') => ({
  type,
  at: at(day),
  detail: null,
  frequency,
});
const decision = (day: number, paidCents: number, ...denied: readonly number[]) => ({
  receivedAt: at(day),
  postedAt: at(day),
  paidCents,
  isDenied: denied.length > 0,
  denials: denied.map((amountCents) => ({ class: 'coding' as const, group: 'CO', reason: '4', amountCents })),
});

test('of no claim nothing is known: no count of what was never looked at is 0', () => {
  const { claims, sent, decided, notAnswered, checked, denials, deniedNotFollowed, ...others } = claimFigures([]);
  expect([claims, sent, decided, notAnswered, checked, denials, deniedNotFollowed]).toEqual([0, 0, 0, 0, 0, [], 0]);
  for (const value of Object.values(others))
    if (typeof value === 'object' && value !== null)
      expect(Object.values(value).filter((one) => one !== 0)).not.toEqual([]);
    else expect(value).toBeNull();
  expect(others.recoveredCents).toEqual({ known: null, unknownFor: 0 });
  expect(others.sentToDecided).toEqual({ count: 0, medianDays: null, days90thPercentile: null, unknownFor: 0 });
});

test('a claim sent back and accepted after its correction was not accepted at first', () => {
  const back = claim({
    events: [event('submitted', 2), event('sentBack', 3), event('submitted', 4), event('acknowledged', 5)],
  });
  const good = claim({ events: [event('submitted', 2), event('acknowledged', 3)] });
  const quiet = claim({ events: [event('submitted', 2)] });
  expect(claimFigures([back, good, quiet])).toMatchObject({
    sent: 3,
    accepted: 1,
    sentBack: 1,
    notAnswered: 1,
    acceptanceShare: 0.5,
    takenInToSent: { count: 3, medianDays: 1 },
    sentToAcknowledged: { count: 2, medianDays: 2 },
  });
});

test('a claim that another software sent is sent; how long that took nobody knows', () => {
  const other = claim({ isFollowed: false, decisions: [decision(9, 5_000)] });
  expect(claimFigures([other])).toMatchObject({
    sent: 1,
    paidInFull: 1,
    denialShare: 0,
    corrected: null,
    takenInToSent: { count: 0, medianDays: null, unknownFor: 1 },
    sentToDecided: { count: 0, unknownFor: 1 },
  });
});

test('denied at first, corrected and paid is a denial and won back; a denial nobody follows tells neither', () => {
  const events = [event('submitted', 2), event('denied', 10), event('submitted', 12, '7'), event('closed', 22)];
  const decisions = [decision(10, 0, 9_000, 3_000), decision(20, 8_000)];
  const won = claim({ events, decisions, recoveredCents: 8_000 });
  const waits = claim({
    ref: 'clm_2',
    events: [event('submitted', 2), event('appealSent', 15)],
    decisions: [decision(10, 4_000, 2_000)],
  });
  const unfollowed = claim({ ref: 'clm_3', isFollowed: false, decisions: [decision(10, 0, 5_000)] });
  expect(claimFigures([won, waits, unfollowed])).toMatchObject({
    decided: 3,
    paidInFull: 0,
    paidPartly: 1,
    denied: 2,
    denialShare: 1,
    denials: [{ class: 'coding', group: 'CO', reason: '4', claims: 3, cents: 19_000 }],
    corrected: 1,
    appealed: 1,
    wonByCorrection: 1,
    wonByAppeal: 0,
    deniedNotFollowed: 1,
    recoveredCents: { known: 8_000, unknownFor: 1 },
    sentToDecided: { count: 2, medianDays: 8, unknownFor: 1 },
    decidedToClosed: { count: 1, medianDays: 12 },
  });
});

test('what must not go out and was found before it was sent stopped it; what is found afterwards did not', () => {
  const found = (stoppedAt: string, isStopped: boolean) => ({ findings: 1, stoppedAt, isStopped, overridden: 0 });
  const settled = claim({ check: found(at(1), false), events: [event('submitted', 2)] });
  const stands = claim({ check: found(at(1), true) });
  const after = claim({ check: found(at(3), true), events: [event('submitted', 2)] });
  const clean = claim({ check: { findings: 0, stoppedAt: null, isStopped: false, overridden: 0 } });
  expect(claimFigures([settled, stands, after, clean, claim()])).toMatchObject({
    claims: 5,
    checked: 4,
    withFindings: 3,
    stopped: 2,
    stoppedAndSettled: 1,
    overridden: 0,
  });
});

const counts = [
  'claims',
  'checked',
  'withFindings',
  'stopped',
  'stoppedAndSettled',
  'overridden',
  'sent',
  'accepted',
  'sentBack',
  'notAnswered',
  'decided',
  'paidInFull',
  'paidPartly',
  'denied',
  'corrected',
  'appealed',
  'wonByCorrection',
  'wonByAppeal',
  'deniedNotFollowed',
] as const satisfies readonly (keyof ClaimFigures)[];

const facts: fc.Arbitrary<ClaimFacts> = fc.record({
  ref: fc.uuid(),
  payer: fc.constantFrom('harbor', 'keystone'),
  takenInAt: fc.constant(at(1)),
  daysSinceNote: fc.option(fc.nat(9)),
  check: fc.option(
    fc.record({
      findings: fc.nat(2),
      stoppedAt: fc.option(fc.nat(9).map(at)),
      isStopped: fc.boolean(),
      overridden: fc.nat(1),
    }),
  ),
  isFollowed: fc.boolean(),
  events: fc
    .array(
      fc.record({
        type: fc.constantFrom(
          'submitted' as const,
          'acknowledged' as const,
          'sentBack' as const,
          'appealSent' as const,
          'closed' as const,
        ),
        day: fc.nat(20),
      }),
    )
    .map((all) => all.sort((a, b) => a.day - b.day).map(({ type, day }) => event(type, day))),
  answers: fc.array(fc.record({ at: fc.nat(20).map(at), isSentBack: fc.boolean() }), { maxLength: 2 }),
  decisions: fc.array(
    fc
      .tuple(fc.nat(20), fc.nat(9_000), fc.array(fc.nat(900), { maxLength: 2 }))
      .map(([day, paid, denied]) => decision(day, paid, ...denied)),
    { maxLength: 2 },
  ),
  recoveredCents: fc.option(fc.integer({ min: -500, max: 500 })),
});

const added = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : one + other;

test('the figures of two payers add up to those of both, and are null together only where both are', () => {
  fc.assert(
    fc.property(fc.array(facts), (all) => {
      const [harbor, keystone] = ['harbor', 'keystone'].map((payer) =>
        claimFigures(all.filter((one) => one.payer === payer)),
      );
      const total = claimFigures(all);
      if (harbor === undefined || keystone === undefined) throw new Error('There are two payers.');
      for (const name of counts) expect([name, total[name]]).toEqual([name, added(harbor[name], keystone[name])]);
      const money = ({ recoveredCents }: ClaimFigures) => recoveredCents;
      expect(money(total)).toEqual({
        known: added(money(harbor).known, money(keystone).known),
        unknownFor: money(harbor).unknownFor + money(keystone).unknownFor,
      });
      const denied = (one: ClaimFigures) => one.denials.reduce((sum, { cents }) => sum + cents, 0);
      expect(denied(total)).toBe(denied(harbor) + denied(keystone));
      expect(total.accepted === null || total.accepted + (total.sentBack ?? 0) + total.notAnswered === total.sent).toBe(
        true,
      );
      expect(
        total.paidInFull === null || total.paidInFull + (total.paidPartly ?? 0) + (total.denied ?? 0) === total.decided,
      ).toBe(true);
    }),
  );
});

const row: ReceivablesRow = {
  from: '2026-01-01',
  to: null,
  source: 'test',
  chargeDays: 90,
  ageBands: [30, 60, 90, 120],
};
const today = '2026-06-30';
const owed = (serviceOn: string | null, openCents: number | null, changes: Partial<CaseFacts> = {}): CaseFacts => ({
  payer: 'harbor',
  serviceOn,
  books: { standing: 'open', chargeCents: 10_000, openCents, patientBalanceCents: null },
  isFollowed: true,
  isClosed: false,
  owing: null,
  writtenOff: null,
  ...changes,
});

test('days in receivables are what is owed over the average daily charge of ninety days of service', () => {
  // Nine charges of 100 dollars within the window, one before it: 10 dollars a day.
  const within = Array.from({ length: 9 }, (_, index) => owed(`2026-06-0${index + 1}`, index === 0 ? 10_000 : 0));
  const settled = { standing: 'settled' as const, chargeCents: 10_000, openCents: 0, patientBalanceCents: 3_000 };
  const told = receivables([...within, owed('2026-02-01', 0, { books: settled, owing: 'plan' })], row, today);
  expect(told).toMatchObject({
    open: { known: 10_000, unknownFor: 0 },
    patients: { known: 3_000, unknownFor: 0 },
    underPlan: { known: 3_000 },
    averageDailyChargeCents: 1_000,
    daysInReceivables: 13,
  });
  expect(told.byAge.map(({ fromDays, toDays, open: { known } }) => [fromDays, toDays, known])).toEqual([
    [0, 30, 10_000],
    [31, 60, null],
    [61, 90, null],
    [91, 120, null],
    [121, null, null],
  ]);
});

test('days in receivables are not told where an amount is unknown, or the books begin within the ninety days', () => {
  const old = owed('2026-01-15', 4_000);
  expect(receivables([owed('2026-06-01', 5_000), old], row, today).daysInReceivables).toBe(81);
  expect(receivables([owed('2026-06-01', 5_000)], row, today).daysInReceivables).toBeNull();
  const unknown = receivables([owed('2026-06-01', null), old], row, today);
  expect(unknown).toMatchObject({ open: { known: 4_000, unknownFor: 1 }, daysInReceivables: null });
  const undated = receivables([owed(null, 700), old], row, today);
  expect(undated.byAge.at(-1)).toEqual({ fromDays: null, toDays: null, open: { known: 700, unknownFor: 0 } });
  expect(undated.daysInReceivables).toBeNull();
  expect(receivables([owed('2026-06-01', 5_000, { isClosed: true })], row, today).open).toEqual({
    known: null,
    unknownFor: 0,
  });
  expect(receivables([old], null, today)).toMatchObject({ byAge: [], daysInReceivables: null });
});

test('money of a therapist is told of decided lines; a visit counts once, whatever was done in it', () => {
  const line = (visit: string, paidCents: number | null, therapist: string | null = '1999999976'): LineFacts => ({
    therapist,
    visit,
    billedCents: 6_000,
    allowedCents: paidCents,
    paidCents,
  });
  expect(
    therapistFigures([line('a', 3_000), line('a', 1_000), line('b', 2_000), line('c', null), line('d', null, null)]),
  ).toEqual([
    {
      therapist: '1999999976',
      lines: 4,
      visits: 3,
      billed: { known: 24_000, unknownFor: 0 },
      allowed: { known: 6_000, unknownFor: 1 },
      paid: { known: 6_000, unknownFor: 1 },
      paidPerVisitCents: 3_000,
    },
    expect.objectContaining({
      therapist: null,
      visits: 1,
      paid: { known: null, unknownFor: 1 },
      paidPerVisitCents: null,
    }),
  ]);
});

const allowed = (on: string, allowedCents: number, changes: Partial<AllowedLine> = {}): AllowedLine => ({
  claim: 'clm_1',
  line: 1,
  payer: 'harbor',
  code: '97110',
  modifiers: ['GP'],
  units: 2,
  allowedCents,
  on,
  ...changes,
});
const threshold = {
  from: '2026-01-01',
  to: null,
  source: 'test',
  lineOfBusiness: null,
  byMorePercent: 10,
  earlierPayments: 3,
  lookBackDays: 365,
};
const before = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => allowed(day, 8_000));

test('a payment below what the payer allowed before is named with the difference; one within the threshold is not', () => {
  const find = (lines: readonly AllowedLine[], span = { from: '2026-04-01', to: null }) =>
    unusualPayments(lines, () => threshold, span).map(({ on, usualCents, differenceCents }) => [
      on,
      usualCents,
      differenceCents,
    ]);
  expect(find([...before, allowed('2026-04-01', 6_000)])).toEqual([['2026-04-01', 8_000, -2_000]]);
  expect(find([...before, allowed('2026-04-01', 7_200)])).toEqual([]);
  expect(find([...before, allowed('2026-04-01', 9_000)])).toEqual([['2026-04-01', 8_000, 1_000]]);
  expect(find([...before.slice(1), allowed('2026-04-01', 6_000)])).toEqual([]);
  expect(find([...before, allowed('2027-04-01', 6_000)])).toEqual([]);
  for (const other of [{ code: '97112' }, { modifiers: ['GP', 'CQ'] }, { payer: 'keystone' }, { units: 1 }])
    expect(find([...before, allowed('2026-04-01', 6_000, other)])).toEqual([]);
  expect(find([...before, allowed('2026-03-09', 6_000)])).toEqual([]);
  expect(unusualPayments([...before, allowed('2026-04-01', 1)], () => null, { from: null, to: null })).toEqual([]);
});

test('the middle and the ninetieth of a hundred lie between two days, as PostgreSQL has it', () => {
  expect(daysSpent([1, 5, null, 3, 2])).toEqual({ count: 4, medianDays: 2.5, days90thPercentile: 4.4, unknownFor: 1 });
});
