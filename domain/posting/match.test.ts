// Which claim of the clinic a payer speaks of, by what it says of it.
import { expect, test } from 'vitest';
import { postingCodes as codes } from '../../rules/testing/posting-codes.ts';
import { sampleClaim } from '../claim/testing/claims.ts';
import type { Claim } from '../claim/schema.ts';
import type { RemittanceClaim } from '../claim/remittance.ts';
import { matchClaim } from './match.ts';
import type { Candidate } from './match.ts';
import { matchLines } from './match-lines.ts';
import { remittance } from './testing/remittances.ts';
import type { Decided } from './testing/remittances.ts';

const number = 'CLAIM0001';
const charge = 18_050;

function said(changes: Partial<Decided> = {}): RemittanceClaim {
  const [only] = remittance({ claims: [{ number, chargeCents: charge, ...changes }] }).claims;
  return only ?? expect.unreachable('the remittance holds a claim');
}

function candidate(ref: string, changes: Partial<Claim> = {}, by: Candidate['by'] = 'patientControlNumber'): Candidate {
  return { ref, order: '2026-11-03', by, claim: sampleClaim({ patientControlNumber: number, ...changes }) };
}

const onDay = (day: string): Partial<Claim> => ({ lines: sampleClaim().lines.map((line) => ({ ...line, from: day })) });
const match = (one: RemittanceClaim, ...candidates: Candidate[]) => matchClaim(codes, one, candidates);

test('our number, the day and the charge name one claim', () => {
  expect(match(said({ day: '2026-11-02' }), candidate('one'))).toEqual({
    kind: 'matched',
    claim: 'one',
    why: ['patientControlNumber', 'days', 'charge'],
  });
});

test('without a claim of that number there is none to post to', () => {
  expect(match(said())).toEqual({ kind: 'unmatched', why: 'unknownNumber', candidates: [] });
});

test.each([
  ['another day', { day: '2026-11-09' }, ['days']],
  ['more than was billed', { chargeCents: charge + 1 }, ['charge']],
  ['another patient', { patient: { family: 'OTHERWISE', memberId: 'X1' } }, ['patient']],
] as const)('the right number with %s is not believed', (_what, changes, contradictions) => {
  expect(match(said(changes), candidate('one'))).toEqual({
    kind: 'unmatched',
    why: 'contradicted',
    candidates: [{ ref: 'one', contradictions }],
  });
});

test('a shortened name or a corrected one under the same member id is the same patient', () => {
  for (const patient of [
    { family: 'FENWICK', memberId: 'X1' },
    { family: 'OTHERWISE', memberId: 'HBR900100200' },
  ])
    expect(match(said({ patient }), candidate('one'))).toMatchObject({ kind: 'matched' });
});

test('a patient account number on many claims is told apart by the day, and where no day is told by the charge', () => {
  const [first, second] = [candidate('first'), candidate('second', { ...onDay('2026-11-09'), chargeCents: 12_000 })];
  expect(match(said({ day: '2026-11-02' }), first, second)).toMatchObject({ claim: 'first' });
  expect(match(said({ chargeCents: 12_000 }), first, second)).toMatchObject({
    claim: 'second',
    why: [expect.any(String), 'charge'],
  });
});

test('two claims that fit alike are both laid before a person', () => {
  const [first, second] = [candidate('first'), candidate('second', onDay('2026-11-09'))];
  expect(match(said(), first, second)).toMatchObject({
    kind: 'ambiguous',
    candidates: [
      { ref: 'first', contradictions: [] },
      { ref: 'second', contradictions: [] },
    ],
  });
});

test('of a claim and the one that replaces it, the first is taken back and the second is paid', () => {
  const [first, second] = [candidate('first'), candidate('second', { frequency: '7', originalClaimNumber: 'ICN1' })];
  const paid = { ...said(), frequency: null };
  const back = { ...said({ status: '22', chargeCents: -charge }), frequency: null };
  expect(match(paid, second, first)).toMatchObject({ claim: 'second' });
  expect(match(back, second, first)).toMatchObject({ claim: 'first' });
});

test('each payer answers the claim that was sent to it', () => {
  const [first, second] = [candidate('first'), candidate('second', { responsibility: 'S' })];
  expect(match(said({ status: '1' }), first, second)).toMatchObject({ claim: 'first' });
  expect(match(said({ status: '2' }), first, second)).toMatchObject({ claim: 'second' });
});

test("a number the payer garbled is helped by the payer's own, if the charge agrees", () => {
  const known = candidate('one', {}, 'payerClaimNumber');
  expect(match(said({ number: 'GARBLED' }), known)).toMatchObject({
    claim: 'one',
    why: ['payerClaimNumber', 'charge'],
  });
  expect(match(said({ number: 'GARBLED', chargeCents: 6_050 }), known)).toMatchObject({ why: 'contradicted' });
});

const line = (code: string, dollars: string, more: readonly string[] = []) => [
  `SVC*HC:${code}*${dollars}*${dollars}**1`,
  ...more,
];

test('a payer may decide some of the lines; a part that no lines make up is doubted', () => {
  const part = said({ chargeCents: 6_050, lines: line('97140:GP:59', '60.5', ['DTM*472*20261102']) });
  expect(match(part, candidate('one'))).toMatchObject({ claim: 'one' });
  expect(match(said({ chargeCents: 6_050 }), candidate('one'))).toMatchObject({ why: 'contradicted' });
});

test('lines are known by our control number, else by code, day, modifiers and charge, each once', () => {
  const { lines } = sampleClaim();
  const numbers = (...segments: readonly (readonly string[])[]) =>
    matchLines(said({ lines: segments.flat() }).lines, lines).map((one) => one?.number ?? null);
  expect(numbers(line('97530', '1', ['REF*6R*LINE2']), line('97110:GP', '120'))).toEqual([2, 1]);
  expect(numbers(line('97140:GP:59', '60.5', ['DTM*472*20261102']))).toEqual([2]);
  expect(numbers(line('97140', '60.5', ['DTM*472*20261103']), line('97035', '1'))).toEqual([null, null]);
  expect(numbers(line('97110', '60'), line('97110', '60'))).toEqual([1, null]);
});
