// Each kind of item says why it is there: counts, days and the payer's codes.
import { expect, test } from 'vitest';
import { assess } from '../authorization/assessment.ts';
import type { Appointment } from '../appointment/schema.ts';
import type { Authorization } from '../authorization/schema.ts';
import { authorization, period, policy, schedule, visit } from '../authorization/testing/cases.ts';
import type { PayerPolicy } from '../payer/schema.ts';
import { reasonFor } from './reason.ts';
import type { ReasonFacts } from './reason.ts';

const today = '2026-05-04';

function facts(
  of: { authorization?: Authorization; appointments?: readonly Appointment[]; policy?: PayerPolicy },
  more: Partial<ReasonFacts> = {},
): ReasonFacts {
  const known = of.authorization ?? authorization();
  const appointments = of.appointments ?? [];
  return {
    authorization: known,
    appointments,
    assessment: assess(known, appointments, of.policy ?? policy(), { date: today }),
    period: null,
    requestKind: null,
    attempt: 1,
    notSentBy: null,
    reasonCodes: [],
    attention: false,
    payer: 'Sunrise Medicare Advantage',
    presentPayer: null,
    today,
    ...more,
  };
}

const renewed = (change: Parameters<typeof period>[0]): Authorization =>
  authorization({
    periods: [
      period({ to: '2026-05-10', approved: { visits: 30, units: null } }),
      period({
        sequence: 2,
        kind: 'renewal',
        from: '2026-05-11',
        to: '2026-07-10',
        requested: { visits: 18, units: null },
        ...change,
      }),
    ],
  });
const pending = renewed({
  status: 'pended',
  approved: { visits: null, units: null },
  number: 'missing',
  submittedOn: '2026-04-22',
  decidedOn: null,
});

test('a request tells the projection: what runs out, how long the payer takes, by when to send', () => {
  const visits = schedule('2026-05-04', 14, [0, 2, 4]);
  expect(reasonFor('authorization.request', facts({ appointments: visits }))).toBe(
    'Runs out Mon 1 Jun (visit 13 of 12); payer takes 7 days; send by 24 May',
  );
});

test('an unknown requirement is a question to the payer, not a guess', () => {
  const unknown = authorization({ periods: [], requiredByPayer: null });
  expect(
    reasonFor('authorization.request', facts({ authorization: unknown, appointments: [visit('2026-05-20')] })),
  ).toMatch(
    /^Ask the payer whether it requires an authorization; .*No approval; whether this payer requires one is unknown/,
  );
});

test('a request that did not reach the payer says which attempt this is', () => {
  expect(reasonFor('authorization.request', facts({}, { attempt: 2 }))).toMatch(/^Asked again, attempt 2; Covered/);
});

test('a request that a rule kept back says what to do about it', () => {
  const kept = { attempt: 2, notSentBy: 'agreement.missing' };
  expect(reasonFor('authorization.request', facts({}, kept))).toMatch(
    /^Asked again, attempt 2; not sent: no agreement with this vendor is on file\. An administrator records it at the connection; /,
  );
  expect(reasonFor('authorization.request', facts({}, { attempt: 2, notSentBy: 'connection.credentials' }))).toContain(
    'not sent: connection.credentials; ',
  );
});

test('an appeal names the denial and its code', () => {
  const denied = renewed({ status: 'denied', decidedOn: '2026-05-01', approved: { visits: null, units: null } });
  const asked = { period: 2, requestKind: 'appeal', reasonCodes: ['0V'] } as const;
  expect(reasonFor('authorization.request', facts({ authorization: denied }, asked))).toMatch(
    /^Appeal: denied Fri 1 May, the payer's reason code 0V; /,
  );
});

test('an answer that is overdue says since when', () => {
  expect(reasonFor('authorization.answer', facts({ authorization: pending }, { period: 2 }))).toBe(
    'Sent Wed 22 Apr; the payer takes 7 days; the answer was due Wed 29 Apr, 5 days ago; no booked visit is known to be uncovered',
  );
});

test('an unknown turnaround is said to be unknown', () => {
  const unknown = policy({
    turnaround: { standardDays: null, expeditedHours: null, basis: 'unknown', citation: null },
  });
  expect(
    reasonFor('authorization.answer', facts({ authorization: pending, policy: unknown }, { period: 2 })),
  ).toContain("Sent Wed 22 Apr; the payer's turnaround is unknown");
});

test("a payer's system that asks for a look is named with its code", () => {
  const look = { period: 2, attention: true, reasonCodes: ['CT'] };
  expect(reasonFor('authorization.answer', facts({ authorization: pending }, look))).toMatch(
    /^The payer's system asks for a person to look \(the payer's reason code CT\); Sent Wed 22 Apr/,
  );
});

test('a partial approval tells both counts and how far it reaches, and nothing of waiting', () => {
  const part = renewed({ status: 'partlyApproved', approved: { visits: 8, units: null } });
  const reason = reasonFor('authorization.partial', facts({ authorization: part }, { period: 2 }));
  expect(reason).toMatch(/^Approved 8 of 18 visits asked for, 11 May to 10 Jul; Covered until Fri 10 Jul/);
  expect(reason).not.toContain('waits');
});

test('counts nobody told are unknown', () => {
  const part = renewed({ status: 'partlyApproved', approved: { visits: null, units: null } });
  expect(reasonFor('authorization.partial', facts({ authorization: part }, { period: 2 }))).toMatch(
    /^Approved, how many of the 18 visits asked for is unknown/,
  );
});

test('a denial without a code says so', () => {
  const denied = renewed({ status: 'denied', decidedOn: '2026-05-01', approved: { visits: null, units: null } });
  expect(reasonFor('authorization.denied', facts({ authorization: denied }, { period: 2 }))).toMatch(
    /^Denied Fri 1 May, the payer gave no reason code; /,
  );
  const coded = { period: 2, reasonCodes: ['0V', '33'] };
  expect(reasonFor('authorization.denied', facts({ authorization: denied }, coded))).toContain(
    "the payer's reason codes 0V, 33",
  );
});

test('doubt warns against a second sending', () => {
  expect(reasonFor('authorization.uncertain', facts({ authorization: pending }, { period: 2 }))).toMatch(
    /^Whether the request reached the payer is unknown; do not send it again; /,
  );
});

test('a hold names the day of the change, the payers before and after it, and the visit at stake', () => {
  const held = authorization({ coverageChangedOn: '2026-05-01' });
  const of = { authorization: held, appointments: [visit('2026-05-06')] };
  expect(reasonFor('authorization.held', facts(of, { presentPayer: 'Harbor Health' }))).toBe(
    'Coverage or payer changed Fri 1 May from Sunrise Medicare Advantage to Harbor Health: what was approved may not count any more; next booked visit Wed 6 May',
  );
  expect(reasonFor('authorization.held', facts(of))).toContain('Fri 1 May, was Sunrise Medicare Advantage: ');
});

test('a visit that nothing covers says what to do, what is waited for and since when', () => {
  const visits = [visit('2026-05-05', { status: 'booked' }), visit('2026-05-13')];
  const waiting = facts({ authorization: pending, appointments: visits }, { period: 2 });
  expect(reasonFor('authorization.uncovered', waiting)).toMatch(
    /^Move the visit or call the payer: first uncovered visit Wed 13 May; sent Wed 22 Apr; the payer takes 7 days; /,
  );
});

test('a recording tells what to enter', () => {
  const approved = renewed({ approved: { visits: 18, units: null } });
  expect(reasonFor('authorization.record', facts({ authorization: approved }, { period: 2 }))).toBe(
    'Approved 18 visits, 11 May to 10 Jul; the PT system does not show it yet',
  );
});

test('a placeholder number counts the visits that cannot be billed', () => {
  const unproved = authorization({ periods: [period({ number: 'placeholder' })] });
  const made = [
    visit('2026-04-02', { status: 'arrived' }),
    visit('2026-04-06', { status: 'arrived' }),
    visit('2026-05-06'),
  ];
  expect(reasonFor('authorization.number', facts({ authorization: unproved, appointments: made }))).toBe(
    'The authorization number is a placeholder; 2 visits made cannot be billed without it; first uncovered visit Wed 6 May',
  );
});
