// What a remittance posts, to the cent, each amount with its segment.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postingCodes as codes } from '../../rules/testing/posting-codes.ts';
import {
  claimBalances,
  paymentBalances,
  postingLines,
  providerLines,
  remittanceContent,
  remittanceIdentity,
} from './lines.ts';
import { remittance, remittances } from './testing/remittances.ts';
import type { Decided, Given } from './testing/remittances.ts';

const total = (lines: readonly { readonly cents: number }[]) => lines.reduce((sum, { cents }) => sum + cents, 0);
const post = (given: Given) => remittance(given).claims.map((claim) => postingLines(codes, claim, () => null));

test('payment, contract and each share of the patient are lines of their own', () => {
  const adjustments = [
    ['CO', '45', 3_000],
    ['CO', '97', 500],
    ['PR', '1', 700],
    ['PR', '2', 800],
    ['PR', '3', 900],
    ['PR', '204', 1],
  ] as const;
  const [lines] = post({ claims: [{ number: 'C1', chargeCents: 10_000, adjustments }] });
  expect(lines?.map(({ kind, cents, source }) => [kind, cents, source])).toEqual([
    ['payment', 4_099, 'CLP segment 9'],
    ['contractual', 3_000, 'CAS segment 10'],
    ['adjustment', 500, 'CAS segment 11'],
    ['deductible', 700, 'CAS segment 12'],
    ['coinsurance', 800, 'CAS segment 13'],
    ['copay', 900, 'CAS segment 14'],
    ['patientOther', 1, 'CAS segment 15'],
  ]);
});

test('amounts of service lines stand at their line, and nothing is posted twice', () => {
  const lines = ['SVC*HC:97110*60*40**2', 'CAS*CO*45*15**253*5', 'SVC*HC:97140*40*40**1'];
  const given = { claims: [{ number: 'C1', chargeCents: 10_000, adjustments: [['CO', '45', 2_000]], lines }] } as const;
  const [claim] = remittance(given).claims;
  const posted = postingLines(codes, claim ?? expect.unreachable(), ({ chargeCents }) =>
    chargeCents === 6_000 ? 1 : 2,
  );
  expect(posted).toMatchObject([
    { kind: 'payment', cents: 4_000, line: 1 },
    { kind: 'contractual', reason: '45', cents: 1_500, line: 1, source: 'CAS segment 11' },
    { kind: 'contractual', reason: '253', cents: 500, line: 1 },
    { kind: 'payment', cents: 4_000, line: 2 },
  ]);
});

test('the number of a claim, however short, is not in the name of its segment', () => {
  const [lines] = post({ claims: [{ number: 'A1', chargeCents: 100 }] });
  expect(lines?.map(({ source }) => source)).toEqual(['CLP segment 9']);
});

test('what concerns no claim is kept apart: interest adds, a recovery takes', () => {
  const given = remittance({
    claims: [{ number: 'C1', chargeCents: 10_000 }],
    provider: [
      ['L6', -250],
      ['WO', 4_000],
      ['FB', -1],
      ['72', 30],
      ['CS', 5],
    ],
  });
  expect(given.payment.amountCents).toBe(10_000 + 250 - 4_000 + 1 - 30 - 5);
  expect(providerLines(codes, given)).toMatchObject([
    { kind: 'interest', cents: 250, reference: 'REF' },
    { kind: 'recovery', cents: -4_000 },
    { kind: 'forwarded', cents: 1 },
    { kind: 'refund', cents: -30 },
    { kind: 'other', cents: -5 },
  ]);
});

test('a claim or a payment that is off by one cent is seen', () => {
  const claims = [{ number: 'C1', chargeCents: 10_000, lines: ['CAS*CO*45*0.01'] }];
  expect(remittance({ claims }).claims.map(claimBalances)).toEqual([false]);
  const off = remittance({ claims: [{ number: 'C1', chargeCents: 10_000 }], amountCents: 9_999 });
  expect([off.claims.every(claimBalances), paymentBalances(off)]).toEqual([true, false]);
});

test('an amount that cannot be read balances with nothing', () => {
  const claims = [{ number: 'C1', chargeCents: 10_000, lines: ['SVC*HC:97110*100*x'] }];
  expect(remittance({ claims }).claims.map(claimBalances)).toEqual([false]);
});

test('a remittance is the same over another way, and another one under another number or with another cent', () => {
  const given = { claims: [{ number: 'C1', chargeCents: 10_000 }] };
  const [first, later] = remittances([given, given]);
  const keys = (one = first) => [
    remittanceIdentity(one ?? remittance(given)),
    remittanceContent(one ?? remittance(given)),
  ];
  expect(first?.claims[0]?.source).not.toBe(later?.claims[0]?.source);
  expect(keys(later)).toEqual(keys(first));
  const [identity, content] = keys(remittance({ claims: [{ number: 'C1', chargeCents: 10_001 }] }));
  expect(identity).toBe(keys()[0]);
  expect(content).not.toBe(keys()[1]);
  expect(keys(remittance({ ...given, trace: 'OTHER' }))[0]).not.toBe(keys()[0]);
});

const cents = fc.integer({ min: -5_000, max: 20_000 });
const decided: fc.Arbitrary<Decided> = fc.record({
  number: fc.constant('C1'),
  chargeCents: cents,
  adjustments: fc.array(
    fc.tuple(fc.constantFrom('CO', 'PR', 'OA', 'PI'), fc.constantFrom('45', '1', '2', '3', '23', '97'), cents),
    {
      maxLength: 5,
    },
  ),
});

test('no cent is lost or made: lines add up to the charge, payments and what concerns no claim to the payment', () => {
  const given = fc.record({
    claims: fc.array(decided, { maxLength: 5 }),
    provider: fc.array(fc.tuple(fc.constantFrom('WO', 'FB', 'L6', '72'), cents), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(given, (one) => {
      const read = remittance(one);
      expect(read.claims.every(claimBalances) && paymentBalances(read)).toBe(true);
      const posted = post(one);
      expect(posted.map(total)).toEqual(one.claims.map(({ chargeCents }) => chargeCents));
      const payments = posted.flat().filter(({ kind }) => kind === 'payment');
      expect(total(payments) + total(providerLines(codes, read))).toBe(read.payment.amountCents);
    }),
    { numRuns: 100 },
  );
});
