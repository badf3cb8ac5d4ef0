// What a person makes of a denial, of the patient’s part, of a claim taken back, and of a hold.

import { describe, expect, test } from 'vitest';
import { dayMs } from '../machine/times.ts';
import { refusal, voidRefusal } from './machine-decisions.ts';
import { denialOf, termsOf } from './testing/plans.ts';
import { claim } from './testing/told.ts';

describe('denials', () => {
  test('the item says what was denied, what to do and until when', () => {
    const one = claim().denied();
    const item = one.commands.findLast((command) => command.type === 'openItem');
    expect(item).toMatchObject({
      kind: 'claim.denied',
      context: { denialClass: 'authorization', whatToDo: 'appeal', reason: '197', decideBy: '2027-05-20' },
    });
  });

  test('an appeal is drafted, approved, sent by a person, and asked about when its time is over', () => {
    const one = claim().denied().decide('appeal');
    expect(one.kinds).toEqual(['claim.appeal']);
    one.approve();
    expect(one.kinds).toEqual(['claim.send']);
    one.decide('sent', { outcome: { channel: 'fax', at: one.at() } });
    expect(one.state.phase).toBe('appealPending');
    expect(one.pass(61 * dayMs).kinds).toEqual(['claim.followUp']);
    expect(one.decide('denied').kinds).toEqual(['claim.denied']);
  });

  test('a decided claim is corrected by a replacement (7), whose draft names the payer’s number', () => {
    const one = claim()
      .denied(denialOf({ class: 'coding', whatToDo: 'correct', reason: '4' }))
      .decide('correct');
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.state.fix?.codes).toBe('CO-4');
    one.decide('fixed').plan({ version: 2 }).approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/7/1');
  });

  test('without the payer’s number a replacement would be one more original: it waits for the number', () => {
    const one = claim().pending();
    one.post({ denial: denialOf(), insuranceCents: 18_050, payerNumberKnown: false });
    one.decide('correct').decide('fixed').plan({ version: 2 });
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.state.fix?.cause).toBe('originalNumber');
    expect(one.plan({ version: 2, payerNumberKnown: true }).kinds).toEqual(['claim.submit']);
  });

  test('what the payer could not process (MA130) goes again as an original (1)', () => {
    const denial = denialOf({ class: 'unprocessable', whatToDo: 'resubmit', reason: '16', remarks: ['MA130'] });
    const one = claim().denied(denial).decide('correct').decide('fixed').plan({ version: 2 }).approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/2');
  });

  test('Medicare takes no replacement: the correction is a reopening that a person sends', () => {
    const one = claim({ terms: termsOf({ replacements: 'notAccepted', reopeningDays: 365 }) });
    one.denied(denialOf({ whatToDo: 'correct' })).decide('correct');
    expect(one.kinds).toEqual(['claim.appeal']);
    expect(one.state.appeal?.kind).toBe('reopening');
  });

  test('the last day passes: it is noted once, the item stays and escalates', () => {
    const one = claim()
      .denied(denialOf({ deadlineDays: 3 }))
      .pass(10 * dayMs);
    expect(one.events().filter((type) => type === 'deadlinePassed')).toHaveLength(1);
    expect(one.kinds).toEqual(['claim.denied']);
    expect(one.commands.some((command) => command.type === 'escalateItem')).toBe(true);
  });

  test('only a person writes off; what the patient owes besides stays owed', () => {
    expect(claim().denied().decide('writeOff').state.closed?.how).toBe('writtenOff');
    const shared = claim().pending().post({ denial: denialOf(), insuranceCents: 9_000, patientCents: 2_000 });
    expect(shared.decide('writeOff').kinds).toEqual(['claim.patientBalance']);
  });

  test('a denial leaves nothing open in the books; neither a patient’s payment nor the same denial again ends it', () => {
    const one = claim().denied().post({ source: 'patient', insuranceCents: 0 });
    expect(one.kinds).toEqual(['claim.denied']);
    one.decide('correct').post({ denial: denialOf(), insuranceCents: 0 });
    expect(one.kinds).toEqual(['claim.fix']);
  });

  test('a payment after all takes a prepared correction back', () => {
    const one = claim().denied().decide('correct').post();
    expect(one.state.closed?.how).toBe('paid');
    expect(one.state.items).toEqual([]);
  });
});

describe('the patient’s part', () => {
  const owed = () => claim().pending().post({ patientCents: 4_000 });

  test('a statement has its time, then the question comes back; a payment ends it', () => {
    const one = owed().decide('billed');
    expect(one.kinds).toEqual([]);
    expect(one.pass(31 * dayMs).kinds).toEqual(['claim.patientBalance']);
    expect(one.post({ source: 'patient' }).state.closed?.how).toBe('paid');
  });

  test('a payment plan is an item of its own and needs the agreement the patient signed', () => {
    const one = owed().decide('offerPlan');
    expect(one.kinds).toEqual(['claim.paymentPlan']);
    const [item] = one.state.items;
    const agreed = { id: 'x', workItem: item?.workItem ?? '', kind: 'claim.paymentPlan', decision: 'agreed' } as const;
    expect(refusal(one.state, { ...agreed, by: 'usr_1', at: one.at() })).toBe(
      'A payment plan needs the agreement the patient signed.',
    );
    one.decide('agreed', { outcome: { consent: 'doc_1', until: '2027-03-01' } });
    expect(one.kinds).toEqual([]);
    expect(one.pass(90 * dayMs).kinds).toEqual([]);
    expect(one.pass(11 * dayMs).kinds).toEqual(['claim.patientBalance']);
  });
});

describe('taking back and holding', () => {
  const wish = { id: 'v1', by: 'usr_1', at: '2026-11-21T12:00:00.000Z' };

  test('a void (8) is approved and sent like any claim, and the payer’s reversal ends it', () => {
    const one = claim().pending().post();
    expect(voidRefusal(one.state, wish)).toBeNull();
    one.take({ type: 'voidWished', ...wish });
    one.approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/8/1');
    one.answer('accepted').post({ reversal: true, insuranceCents: 18_050 });
    expect(one.state.closed?.how).toBe('voided');
  });

  test('Medicare takes no void, a claim it has not is not taken back, and a rejected void leaves the claim as it was', () => {
    const terms = termsOf({ replacements: 'notAccepted' });
    expect(voidRefusal(claim({ terms }).pending().post().state, wish)).toContain('takes no void');
    expect(voidRefusal(claim().plan().state, wish)).toBe('Only a claim that the payer has can be taken back.');
    const one = claim().pending().post();
    one.take({ type: 'voidWished', ...wish });
    expect(one.decide('reject').state.closed?.how).toBe('paid');
  });

  test('a hold takes the draft back; when it is over the claim is asked about anew', () => {
    const one = claim().plan().plan({ hold: 'coverage.changed' });
    expect(one.kinds).toEqual(['claim.held']);
    one.plan().approve();
    expect(one.lastAsk()?.effectKey).toBe('claim.submit/clm_1/1/2');
  });
});
