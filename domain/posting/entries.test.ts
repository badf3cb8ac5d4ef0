// What a named person wrote off or left to the patient, before and after what payers say of it.
import { expect, test } from 'vitest';
import { withEntries } from './entries.ts';
import type { Entry } from './entries.ts';

const undecided = { charge: 10_000, paid: 0, adjusted: 0, patient: null, contradicts: false } as const;
const decided = { ...undecided, paid: 5_600, adjusted: 3_000, patient: 1_400 };
/** A second payer is to decide. */
const waiting = { ...decided, patient: null };
const writeOff = (of: Entry['of'], cents: number): Entry => ({ kind: 'writeOff', of, cents });
const left: Entry = { kind: 'leftToPatient', of: 'insurance', cents: 10_000 };

test('without an entry the books are as the payers left them', () => {
  expect(withEntries(undecided, [])).toEqual({ patient: null, writtenOff: 0, open: 10_000 });
  expect(withEntries(decided, [])).toEqual({ patient: 1_400, writtenOff: 0, open: 0 });
  expect(withEntries({ ...undecided, adjusted: 10_000 }, [])).toEqual({ patient: null, writtenOff: 0, open: 0 });
});

test('what is written off is owed by nobody: what the patient owed, or what insurance left open', () => {
  expect(withEntries(decided, [writeOff('patient', 1_400)])).toEqual({ patient: 0, writtenOff: 1_400, open: 0 });
  expect(withEntries(undecided, [writeOff('insurance', 10_000)])).toEqual({ patient: 0, writtenOff: 10_000, open: 0 });
  expect(withEntries(waiting, [writeOff('insurance', 1_400)])).toEqual({ patient: 0, writtenOff: 1_400, open: 0 });
});

test('what a person leaves to the patient the patient owes, until a payer says itself what is left to it', () => {
  expect(withEntries(undecided, [left])).toEqual({ patient: 10_000, writtenOff: 0, open: 0 });
  const forgiven = [left, writeOff('patient', 6_000)];
  expect(withEntries(undecided, forgiven)).toEqual({ patient: 4_000, writtenOff: 6_000, open: 0 });
  expect(withEntries(decided, [left])).toEqual({ patient: 1_400, writtenOff: 0, open: 0 });
});

test('a denial that only confirms what was written off makes nothing paid too much; money paid after all does', () => {
  const denied = { ...undecided, adjusted: 10_000, patient: 0 };
  expect(withEntries(denied, [writeOff('insurance', 10_000)])).toEqual({ patient: 0, writtenOff: 0, open: 0 });
  const late = withEntries(decided, [writeOff('insurance', 10_000)]);
  expect(late).toEqual({ patient: 1_400, writtenOff: 5_600, open: -5_600 });
});

test('what is taken back after a write-off is open again but for what was given up', () => {
  expect(withEntries(undecided, [writeOff('patient', 1_400)])).toEqual({
    patient: null,
    writtenOff: 1_400,
    open: 8_600,
  });
});

test('a charge nobody knows leaves what is open unknown; decisions that contradict each other tell no share', () => {
  const entries = [writeOff('insurance', 500)];
  expect(withEntries({ ...undecided, charge: null }, entries)).toEqual({ patient: null, writtenOff: 500, open: null });
  const contradicts = { ...undecided, adjusted: null, contradicts: true };
  expect(withEntries(contradicts, [left])).toEqual({ patient: null, writtenOff: 0, open: 10_000 });
});
