// How a claim stands with its payer: asked about, decided, paid, taken back by the payer.

import { describe, expect, test } from 'vitest';
import { dayMs } from '../machine/times.ts';
import { isFinished } from './machine.ts';
import { needsPerson, statusOf } from './machine-state.ts';
import { denialOf } from './testing/plans.ts';
import { claim } from './testing/told.ts';

describe('with the payer', () => {
  test('the payer is asked from the fourteenth day on, at its pace, by one question at a time', () => {
    const one = claim()
      .pending()
      .pass(13 * dayMs);
    expect(one.state.asks).toEqual([]);
    expect(
      one
        .pass(2 * dayMs)
        .asks()
        .at(-1),
    ).toMatchObject({ step: 'claim.status', purpose: 'poll' });
    one.answer('answered', { category: 'P1', code: '20' });
    expect(one.state.asks).toEqual([]);
    expect(one.pass(dayMs).state.asks).toHaveLength(1);
  });

  test('past the day it should be paid it is overdue: a person calls while the asking goes on', () => {
    const one = claim()
      .pending()
      .pass(31 * dayMs);
    expect(one.state.phase).toBe('overdue');
    expect(one.kinds).toEqual(['claim.followUp']);
    expect(one.state.asks).toHaveLength(1);
    one.decide('stillPending', { outcome: { until: '2027-01-15' } });
    expect(one.state).toMatchObject({ phase: 'pending', items: [] });
    expect(one.pass(40 * dayMs).state.phase).toBe('overdue');
  });

  test.each([
    ['R4', 'claim.followUp', 'pending'],
    ['D0', 'claim.followUp', 'pending'],
    ['A7', 'claim.fix', 'toFix'],
  ])('a status %s is for a person', (category, kind, phase) => {
    const one = claim()
      .pending()
      .pass(15 * dayMs)
      .answer('answered', { category, code: '21' });
    expect(one.kinds).toEqual([kind]);
    expect(one.state.phase).toBe(phase);
  });

  test('decided without a remittance: it is waited for two weeks, then somebody asks where it is', () => {
    const one = claim()
      .pending()
      .pass(15 * dayMs)
      .answer('answered', { category: 'F1', code: '65' });
    expect(one.state.phase).toBe('awaitingRemittance');
    expect(one.state.asks).toEqual([]);
    expect(one.pass(15 * dayMs).kinds).toEqual(['claim.followUp']);
    expect(one.post().state.closed?.how).toBe('paid');
  });

  test('a payer that has no such claim gets it again only after a new approval', () => {
    const one = claim()
      .pending()
      .pass(31 * dayMs)
      .decide('notOnFile');
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.decide('fixed').plan().kinds).toEqual(['claim.submit']);
  });
});

describe('remittances', () => {
  test('paid in full closes it; it is remembered for a year and then ends', () => {
    const one = claim().pending().post();
    expect(one.state.closed?.how).toBe('paid');
    expect(needsPerson(one.state)).toBe(false);
    expect(isFinished(one.pass(364 * dayMs).state)).toBe(false);
    expect(isFinished(one.pass(2 * dayMs).state)).toBe(true);
  });

  test('paid in part without a denial: the rest is waited for, then asked for', () => {
    const one = claim().pending().post({ insuranceCents: 5_000 });
    expect(one.state.phase).toBe('partlyPaid');
    expect(one.pass(31 * dayMs).kinds).toEqual(['claim.followUp']);
    expect(one.post({ insuranceCents: 0 }).state.closed?.how).toBe('paid');
  });

  test('while insurance owes a part the patient’s part is not known, and nothing is wrong with that', () => {
    const one = claim().pending().post({ insuranceCents: 5_000, patientCents: null });
    expect(statusOf(one.state)).toBe('partlyPaid');
  });

  test('a reversal waits for the remittance that says what comes instead; a closed claim opens for it', () => {
    const one = claim().pending().post().post({ reversal: true, insuranceCents: 18_050 });
    expect(one.state).toMatchObject({ phase: 'reversed', closed: null });
    expect(one.pass(15 * dayMs).kinds).toEqual(['claim.followUp']);
    expect(one.post({ insuranceCents: 0, patientCents: 2_000 }).kinds).toEqual(['claim.patientBalance']);
  });

  test('two remittances in the wrong order: the one later in the books is true', () => {
    const late = claim().pending().post({ ledger: 9 });
    expect(late.post({ ledger: 4, reversal: true, insuranceCents: 18_050 }).state.closed?.how).toBe('paid');
  });

  test('a claim that was sent without Gait is followed from where its remittance finds it', () => {
    const one = claim().plan().post({ denial: denialOf(), insuranceCents: 18_050 });
    expect(one.kinds).toEqual(['claim.denied']);
    const sentBefore = { frequency: '1', attempt: 1, at: '2026-11-21T12:00:00.000Z' } as const;
    const adopted = claim().plan({ sentBefore });
    expect(adopted.state.phase).toBe('pending');
    expect(adopted.kinds).toEqual([]);
  });

  test.each([
    [{ doubt: 'posting.unbalanced' }, 'posting.unbalanced'],
    [{ insuranceCents: null }, 'books.unknown'],
    [{ patientCents: null }, 'books.unknown'],
    [{ insuranceCents: -500 }, 'books.overpaid'],
    [{ patientCents: -500 }, 'books.patientCredit'],
  ])('%j holds the claim until the books add up or a person says so', (posting, why) => {
    const one = claim().pending().post(posting);
    expect(statusOf(one.state)).toBe('held');
    expect(one.state.held?.why).toBe(why);
    expect(one.kinds).toEqual(['claim.held']);
    expect(one.post().state.closed?.how).toBe('paid');
  });
});
