// The money a claim may still bring in: unknown stays unknown.
import { expect, test } from 'vitest';
import { atRiskCents } from './at-risk.ts';
import type { Books } from './books.ts';

const books: Books = {
  standing: 'partly',
  chargeCents: 18_000,
  paidCents: 9_000,
  adjustedCents: 4_000,
  writtenOffCents: 0,
  patientCents: null,
  openCents: 5_000,
  patientPaidCents: null,
  patientBalanceCents: null,
  payers: [],
};
const life = (state: string, deniedCents: number | null = null) => ({ state, deniedCents });

test('before any payer has decided the whole charge is at risk; a charge nobody knows is unknown, not zero', () => {
  expect(atRiskCents(18_000, null, life('pending'))).toBe(18_000);
  expect(atRiskCents(18_000, null, null)).toBe(18_000);
  expect(atRiskCents(null, null, life('pending'))).toBeNull();
});

test('what is open at insurance counts, and what was denied counts although the books hold it for adjusted', () => {
  expect(atRiskCents(18_000, books, life('partlyPaid'))).toBe(5_000);
  const settled: Books = { ...books, standing: 'settled', openCents: 0, adjustedCents: 18_000, paidCents: 0 };
  expect(atRiskCents(18_000, settled, life('denied', 12_050))).toBe(12_050);
});

test("a patient's balance counts while the patient owes it; books that contradict themselves tell nothing", () => {
  const owed: Books = { ...books, standing: 'settled', openCents: 0, patientCents: 2_400, patientBalanceCents: 2_400 };
  expect(atRiskCents(18_000, owed, life('patientBalance'))).toBe(2_400);
  expect(atRiskCents(18_000, owed, life('closed'))).toBe(0);
  expect(atRiskCents(18_000, { ...books, standing: 'contradictory' }, life('held'))).toBeNull();
  const overpaid: Books = { ...books, standing: 'overpaid', openCents: -500 };
  expect(atRiskCents(18_000, overpaid, life('held'))).toBe(0);
});
