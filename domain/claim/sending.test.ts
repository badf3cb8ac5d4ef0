// How a claim goes out: checked, corrected, approved, sent once, and what becomes of a doubtful sending.

import { describe, expect, test } from 'vitest';
import { dayMs, hourMs } from '../machine/times.ts';
import { advance } from './machine.ts';
import { wakeAt } from './machine-plan.ts';
import { claim } from './testing/told.ts';

describe('before it is sent', () => {
  test('a finding that blocks makes an item to fix; without it a named person approves; only then it goes, under its key', () => {
    const one = claim().plan({ blocks: 2 });
    expect(one.kinds).toEqual(['claim.fix']);
    one.plan({ blocks: 0 });
    expect(one.kinds).toEqual(['claim.submit']);
    expect(one.asks()).toEqual([]);
    one.approve();
    expect(one.asks()).toMatchObject([
      { step: 'claim.submit', structure: { approval: 'sha256:synthetic', effectKey: 'claim.submit/clm_1/1/1' } },
    ]);
  });

  test('"corrected" means that it is checked again: what still blocks comes back', () => {
    const one = claim().plan({ blocks: 1 }).decide('fixed');
    expect(one.commands.at(-1)).toMatchObject({ type: 'assess' });
    expect(one.kinds).toEqual([]);
    expect(wakeAt(one.state)).not.toBeNull();
    expect(one.plan({ blocks: 1 }).kinds).toEqual(['claim.fix']);
  });

  test('a claim that changes under review is asked about anew, as the next attempt', () => {
    const one = claim().plan().plan({ version: 2 });
    expect(one.kinds).toEqual(['claim.submit']);
    one.approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/2');
  });

  test('attempts of an earlier life are not used again', () => {
    const one = claim()
      .plan({ attempts: { '1': 3 } })
      .approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/4');
  });

  test('a person who rejects it gets it back to correct, and a changed claim is asked about', () => {
    const one = claim().plan().decide('reject');
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.plan().kinds).toEqual(['claim.fix']);
    expect(one.plan({ version: 2 }).kinds).toEqual(['claim.submit']);
  });

  test('a payer that is sent to by hand gets a packet from a person, who says when it went', () => {
    const one = claim({ route: 'staffSend' }).plan().approve();
    expect(one.kinds).toEqual(['claim.send']);
    one.decide('sent', { outcome: { channel: 'portal', at: one.at() } });
    expect(one.state.phase).toBe('pending');
    expect(one.pass(20 * dayMs).asks()).toEqual([]);
    expect(one.pass(11 * dayMs).kinds).toEqual(['claim.followUp']);
  });

  test('shadow mode sends nothing: the claim still has to leave by hand', () => {
    expect(claim().plan().approve().answer('shadow').kinds).toEqual(['claim.send']);
  });
});

describe('doubt', () => {
  test('a doubtful sending is inquired about under the same key three times, then a person finds out; nothing is sent twice', () => {
    const one = claim().plan().approve().answer('uncertain');
    for (let round = 0; round < 3; round += 1) one.pass(hourMs).answer('uncertain');
    expect(one.kinds).toEqual(['claim.uncertain']);
    expect(new Set(one.asks().map(({ structure }) => structure.effectKey)).size).toBe(1);
    expect(one.asks().filter(({ purpose }) => purpose === 'submit')).toHaveLength(1);
    expect(one.decide('wasNotSent').plan().kinds).toEqual(['claim.fix']);
    expect(one.decide('fixed').plan().kinds).toEqual(['claim.submit']);
    one.approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/2');
  });

  test('an acknowledgment of that very sending ends the doubt', () => {
    const one = claim().plan().approve().answer('uncertain').said('277CA', true, 'claim.submit/clm_1/1/1');
    expect(one.state.phase).toBe('pending');
    expect(one.events()).toContain('submitted');
  });

  test('an acknowledgment of the claim alone ends it only where nothing else of the claim has left', () => {
    expect(claim().plan().approve().answer('uncertain').said('277CA', true).state.phase).toBe('pending');
    const again = claim().sent().said('277CA', false).plan({ version: 2 }).approve().answer('uncertain');
    expect(again.said('277CA', true).state.phase).toBe('uncertain');
  });

  test('a remittance ends it too: a payer decides on nothing it does not have', () => {
    const one = claim().plan().approve().answer('uncertain').post();
    expect(one.state.closed?.how).toBe('paid');
  });

  test('what the permit blocks comes back with the rule that blocked it', () => {
    const one = claim().plan().approve().answer('blocked', { rule: 'agreement.missing' });
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.state.fix).toMatchObject({ cause: 'notSent', codes: 'agreement.missing' });
  });
});

describe('acknowledgments', () => {
  test('the batch is accepted and the claim in it rejected: it comes back and goes again as an original', () => {
    const one = claim().sent().said('TA1', true).said('999', true);
    expect(one.state.phase).toBe('sent');
    one.said('277CA', false);
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.state.fix).toMatchObject({ cause: 'sentBack', codes: 'A7 33' });
    one.plan({ version: 2 }).approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/2');
  });

  test('a rejected 999 brings it back as well; one about an earlier sending changes nothing', () => {
    expect(claim().sent().said('999', false).kinds).toEqual(['claim.fix']);
    const { state } = claim().sent();
    const event = { type: 'acknowledged', at: state.dueBy ?? '', id: 'a', level: '999', accepted: false } as const;
    const next = advance(state, { ...event, key: 'claim.submit/clm_1/1/9', codes: null }).state;
    expect({ ...next, heard: [] }).toEqual({ ...state, heard: [] });
  });

  test('no acknowledgment in three days: a person asks', () => {
    const one = claim()
      .sent()
      .pass(71 * hourMs);
    expect(one.kinds).toEqual([]);
    expect(one.pass(2 * hourMs).kinds).toEqual(['claim.followUp']);
    expect(one.said('277CA', true).kinds).toEqual([]);
  });
});
