// The ways a claim goes, told as facts of the field.

import { describe, expect, test } from 'vitest';
import { advance, isFinished } from './machine.ts';
import { refusal, voidRefusal } from './machine-decisions.ts';
import { wakeAt } from './machine-plan.ts';
import { newClaimState, needsPerson, statusOf } from './machine-state.ts';
import type { Ask, ClaimState, Command, Decision, MachineEvent, Posting } from './machine-state.ts';
import type { ClaimPlan } from './plan.ts';
import { denialOf, planOf, postingOf, termsOf } from './testing/plans.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');
const hour = 3_600_000;
const day = 24 * hour;

/** A claim and its clock; every method tells one thing that happens. */
function claim(plan: Partial<ClaimPlan> = {}) {
  let state: ClaimState = newClaimState('cl_1', 'clm_1', 'run-1');
  let now = start;
  let opened = 0;
  let told = 0;
  const commands: Command[] = [];
  const at = (): string => new Date(now).toISOString();
  const take = (event: MachineEvent): readonly Command[] => {
    const next = advance(state, event);
    state = next.state;
    commands.push(...next.commands);
    for (const command of next.commands) {
      if (command.type !== 'openItem') continue;
      opened += 1;
      take({ type: 'itemOpened', at: at(), key: command.key, workItem: `wi_${opened}` });
    }
    return next.commands;
  };
  const self = {
    get state() {
      return state;
    },
    get kinds() {
      return state.items.map((item) => item.kind);
    },
    at,
    take,
    commands,
    events: () => commands.flatMap((command) => (command.type === 'apply' ? [command.event.type] : [])),
    asks: () => commands.flatMap((command) => (command.type === 'ask' ? [command.ask] : [])),
    pass(ms: number) {
      // As the workflow does: every wake-up in between is taken.
      const until = now + ms;
      for (let wake = wakeAt(state); wake !== null && Date.parse(wake) <= until; wake = wakeAt(state)) {
        now = Math.max(now, Date.parse(wake));
        take({ type: 'tick', at: at() });
      }
      now = until;
      return self;
    },
    plan(more: Partial<ClaimPlan> = {}) {
      take({ type: 'assessed', at: at(), plan: planOf({ ...plan, ...more }) });
      return self;
    },
    decide(decision: Decision['decision'], more: Partial<Decision> = {}) {
      const item = state.items[0];
      if (!item?.workItem) throw new Error(`nothing is open in ${state.phase}`);
      const { kind, workItem } = item;
      told += 1;
      const taken: Decision = { id: `d${told}`, workItem, kind, decision, by: 'usr_1', at: at(), ...more };
      expect(refusal(state, taken)).toBeNull();
      take({ type: 'decided', ...taken });
      return self;
    },
    answer(outcome: string, structure: Readonly<Record<string, unknown>> = {}) {
      const ask = state.asks.at(-1);
      if (ask === undefined) throw new Error(`nothing is asked in ${state.phase}`);
      take({ type: 'answered', at: at(), ask: ask.id, answer: { item: ask.item, outcome, structure } });
      return self;
    },
    said(level: 'TA1' | '999' | '277CA', accepted: boolean, key: string | null = null) {
      told += 1;
      take({
        type: 'acknowledged',
        at: at(),
        id: `ack${told}`,
        level,
        accepted,
        key,
        codes: accepted ? null : 'A7 33',
      });
      return self;
    },
    post(more: Partial<Posting> = {}) {
      told += 1;
      take({ type: 'posted', at: at(), id: `post${told}`, posting: postingOf({ ledger: told, ...more }) });
      return self;
    },
    approve: () => self.decide('approve', { hash: 'sha256:synthetic' }),
    sent: () => self.plan().approve().answer('accepted'),
    pending: () => self.sent().said('999', true).said('277CA', true),
    denied: (denial = denialOf()) => self.pending().post({ denial, insuranceCents: 18_050 }),
  };
  return self;
}

const lastAsk = (asks: readonly Ask[]) => asks.at(-1)?.structure;

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
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/2');
  });

  test('attempts of an earlier life are not used again', () => {
    const one = claim()
      .plan({ attempts: { '1': 3 } })
      .approve();
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/4');
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
    expect(one.pass(20 * day).asks()).toEqual([]);
    expect(one.pass(11 * day).kinds).toEqual(['claim.followUp']);
  });

  test('shadow mode sends nothing: the claim still has to leave by hand', () => {
    expect(claim().plan().approve().answer('shadow').kinds).toEqual(['claim.send']);
  });
});

describe('doubt', () => {
  test('a doubtful sending is inquired about under the same key three times, then a person finds out; nothing is sent twice', () => {
    const one = claim().plan().approve().answer('uncertain');
    for (let round = 0; round < 3; round += 1) one.pass(hour).answer('uncertain');
    expect(one.kinds).toEqual(['claim.uncertain']);
    expect(new Set(one.asks().map(({ structure }) => structure.effectKey)).size).toBe(1);
    expect(one.asks().filter(({ purpose }) => purpose === 'submit')).toHaveLength(1);
    expect(one.decide('wasNotSent').plan().kinds).toEqual(['claim.fix']);
    expect(one.decide('fixed').plan().kinds).toEqual(['claim.submit']);
    one.approve();
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/2');
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
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/2');
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
      .pass(71 * hour);
    expect(one.kinds).toEqual([]);
    expect(one.pass(2 * hour).kinds).toEqual(['claim.followUp']);
    expect(one.said('277CA', true).kinds).toEqual([]);
  });
});

describe('with the payer', () => {
  test('the payer is asked from the fourteenth day on, at its pace, by one question at a time', () => {
    const one = claim()
      .pending()
      .pass(13 * day);
    expect(one.state.asks).toEqual([]);
    expect(
      one
        .pass(2 * day)
        .asks()
        .at(-1),
    ).toMatchObject({ step: 'claim.status', purpose: 'poll' });
    one.answer('answered', { category: 'P1', code: '20' });
    expect(one.state.asks).toEqual([]);
    expect(one.pass(day).state.asks).toHaveLength(1);
  });

  test('past the day it should be paid it is overdue: a person calls while the asking goes on', () => {
    const one = claim()
      .pending()
      .pass(31 * day);
    expect(one.state.phase).toBe('overdue');
    expect(one.kinds).toEqual(['claim.followUp']);
    expect(one.state.asks).toHaveLength(1);
    one.decide('stillPending', { outcome: { until: '2027-01-15' } });
    expect(one.state).toMatchObject({ phase: 'pending', items: [] });
    expect(one.pass(40 * day).state.phase).toBe('overdue');
  });

  test.each([
    ['R4', 'claim.followUp', 'pending'],
    ['D0', 'claim.followUp', 'pending'],
    ['A7', 'claim.fix', 'toFix'],
  ])('a status %s is for a person', (category, kind, phase) => {
    const one = claim()
      .pending()
      .pass(15 * day)
      .answer('answered', { category, code: '21' });
    expect(one.kinds).toEqual([kind]);
    expect(one.state.phase).toBe(phase);
  });

  test('decided without a remittance: it is waited for two weeks, then somebody asks where it is', () => {
    const one = claim()
      .pending()
      .pass(15 * day)
      .answer('answered', { category: 'F1', code: '65' });
    expect(one.state.phase).toBe('awaitingRemittance');
    expect(one.state.asks).toEqual([]);
    expect(one.pass(15 * day).kinds).toEqual(['claim.followUp']);
    expect(one.post().state.closed?.how).toBe('paid');
  });

  test('a payer that has no such claim gets it again only after a new approval', () => {
    const one = claim()
      .pending()
      .pass(31 * day)
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
    expect(isFinished(one.pass(364 * day).state)).toBe(false);
    expect(isFinished(one.pass(2 * day).state)).toBe(true);
  });

  test('paid in part without a denial: the rest is waited for, then asked for', () => {
    const one = claim().pending().post({ insuranceCents: 5_000 });
    expect(one.state.phase).toBe('partlyPaid');
    expect(one.pass(31 * day).kinds).toEqual(['claim.followUp']);
    expect(one.post({ insuranceCents: 0 }).state.closed?.how).toBe('paid');
  });

  test('while insurance owes a part the patient’s part is not known, and nothing is wrong with that', () => {
    const one = claim().pending().post({ insuranceCents: 5_000, patientCents: null });
    expect(statusOf(one.state)).toBe('partlyPaid');
  });

  test('a reversal waits for the remittance that says what comes instead; a closed claim opens for it', () => {
    const one = claim().pending().post().post({ reversal: true, insuranceCents: 18_050 });
    expect(one.state).toMatchObject({ phase: 'reversed', closed: null });
    expect(one.pass(15 * day).kinds).toEqual(['claim.followUp']);
    expect(one.post({ insuranceCents: 0, patientCents: 2_000 }).kinds).toEqual(['claim.patientBalance']);
  });

  test('two remittances in the wrong order: the one later in the books is true', () => {
    const late = claim().pending().post({ ledger: 9 });
    expect(late.post({ ledger: 4, reversal: true, insuranceCents: 18_050 }).state.closed?.how).toBe('paid');
  });

  test('a claim that was sent without Gait is followed from where its remittance finds it', () => {
    const one = claim().plan().post({ denial: denialOf(), insuranceCents: 18_050 });
    expect(one.kinds).toEqual(['claim.denied']);
    const sentBefore = { frequency: '1', attempt: 1, at: new Date(start).toISOString() } as const;
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
    expect(one.pass(61 * day).kinds).toEqual(['claim.followUp']);
    expect(one.decide('denied').kinds).toEqual(['claim.denied']);
  });

  test('a decided claim is corrected by a replacement (7), whose draft names the payer’s number', () => {
    const one = claim()
      .denied(denialOf({ class: 'coding', whatToDo: 'correct', reason: '4' }))
      .decide('correct');
    expect(one.kinds).toEqual(['claim.fix']);
    expect(one.state.fix?.codes).toBe('CO-4');
    one.decide('fixed').plan({ version: 2 }).approve();
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/7/1');
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
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/2');
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
      .pass(10 * day);
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
    expect(one.pass(31 * day).kinds).toEqual(['claim.patientBalance']);
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
    expect(one.pass(90 * day).kinds).toEqual([]);
    expect(one.pass(11 * day).kinds).toEqual(['claim.patientBalance']);
  });
});

describe('taking back and holding', () => {
  const wish = { id: 'v1', by: 'usr_1', at: new Date(start).toISOString() };

  test('a void (8) is approved and sent like any claim, and the payer’s reversal ends it', () => {
    const one = claim().pending().post();
    expect(voidRefusal(one.state, wish)).toBeNull();
    one.take({ type: 'voidWished', ...wish });
    one.approve();
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/8/1');
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
    expect(lastAsk(one.asks())?.effectKey).toBe('claim.submit/clm_1/1/2');
  });
});
