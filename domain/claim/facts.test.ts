// What follows from a claim alone.
import { describe, expect, test } from 'vitest';
import { sampleClaim } from './testing/claims.ts';
import { claimIdentity, isSentBack, saysNothing, serviceDays, statusRequestOf } from './facts.ts';

const [line] = sampleClaim().lines;

describe('the days of service', () => {
  test('reach from the first day of any line to the last', () => {
    if (line === undefined) throw new Error('the sample has no line');
    const lines = [
      { ...line, from: '2026-11-09', to: '2026-11-11' },
      { ...line, from: '2026-11-02', to: null },
    ];
    expect(serviceDays(sampleClaim({ lines }))).toEqual({ from: '2026-11-02', to: '2026-11-11' });
  });

  test('are unknown where no line has one', () => {
    expect(serviceDays(sampleClaim({ lines: [] }))).toBeNull();
  });
});

describe('a claim is this claim', () => {
  test('whatever is corrected in its charges, codes and diagnoses before it is sent', () => {
    const corrected = sampleClaim({ chargeCents: 1, diagnoses: [], priorAuthorizationNumber: null });
    expect(claimIdentity(corrected)).toBe(claimIdentity(sampleClaim()));
  });

  test.each([
    ['number', { patientControlNumber: 'OTHER' }],
    ['frequency: a replacement is a claim of its own', { frequency: '7' }],
    ['claim it replaces', { frequency: '7', originalClaimNumber: 'ICN1' }],
    ['place in line', { responsibility: 'S' }],
    ['payer', { payer: { ...sampleClaim().payer, id: 'other' } }],
    ['days: software that numbers patients gives each visit the same number', { lines: [] }],
  ])('and another one with another %s', (_what, changes) => {
    expect(claimIdentity(sampleClaim(changes))).not.toBe(claimIdentity(sampleClaim()));
  });

  test('only with a number of ours', () => {
    expect(claimIdentity(sampleClaim({ patientControlNumber: null }))).toBeNull();
  });
});

test('a payer is asked about the patient where that is not the subscriber', () => {
  const { subscriber } = sampleClaim();
  const child = { relationship: '19', name: 'Fenwick-Test', given: 'Jo', middle: null, suffix: null } as const;
  const patient = { ...child, birthDate: '2015-06-01', gender: 'male', address: null } as const;
  const request = statusRequestOf(sampleClaim({ patient }), { trace: '1', payerClaimNumber: 'ICN1' });
  expect(request.subscriber).toMatchObject({ given: subscriber.given, memberId: subscriber.memberId });
  expect(request.dependent).toEqual({ given: 'Jo', family: 'Fenwick-Test', birthDate: '2015-06-01', gender: 'male' });
  expect(request.claim).toMatchObject({ payerClaimNumber: 'ICN1', chargeCents: 18_050, from: '2026-11-02' });
});

test('sent back is what never came to a decision; nothing found or not looked up says nothing', () => {
  const of = (category: string) => ({
    statuses: [
      {
        category,
        code: '33',
        entity: null,
        effectiveOn: null,
        chargeCents: null,
        paidCents: null,
        paidOn: null,
        checkNumber: null,
        source: 'STC',
      },
    ],
  });
  const categories = ['A0', 'A1', 'A2', 'A3', 'A4', 'A6', 'A7', 'A8', 'D0', 'E1', 'F1', 'F2', 'P1'];
  expect(categories.filter((category) => isSentBack(of(category)))).toEqual(['A3', 'A6', 'A7', 'A8']);
  expect(categories.filter(saysNothing)).toEqual(['D0', 'E1']);
});
