// What becomes of an authorization when the payer, the people and the calendar say what they say.

import { describe, expect, test } from 'vitest';
import { advance } from './machine.ts';
import { refusal } from './machine-decisions.ts';
import { wakeAt } from './machine-plan.ts';
import { newAuthorizationState, statusOf } from './machine-state.ts';
import type { AuthorizationState, Command, Decision, ItemKind, MachineEvent } from './machine-state.ts';
import { assessmentOf } from './testing/assessments.ts';
import type { Assessment } from './assessment.ts';

const start = '2026-11-21T12:00:00.000Z';
const day = 86_400_000;

/** Drives the machine: opens every item it asks for, keeps every command. */
class Story {
  state: AuthorizationState = newAuthorizationState('cl_1', 'auth_1', 'run-1');
  at = start;
  commands: Command[] = [];
  #opened = 0;

  send(event: MachineEvent): this {
    const next = advance(this.state, event);
    this.state = next.state;
    this.commands.push(...next.commands);
    for (const command of next.commands) {
      if (command.type !== 'openItem') continue;
      this.#opened += 1;
      this.send({ type: 'itemOpened', at: this.at, key: command.key, workItem: `wi_${this.#opened}` });
    }
    return this;
  }

  assessed(more: Partial<Assessment> = {}): this {
    return this.send({ type: 'assessed', at: this.at, assessment: assessmentOf(more) });
  }

  decide(kind: ItemKind, decision: Decision['decision'], more: Partial<Decision> = {}): this {
    const workItem = this.state.items.find((item) => item.kind === kind)?.workItem ?? 'wi_none';
    const taken: Decision = {
      id: `d${this.commands.length}`,
      workItem,
      kind,
      decision,
      by: 'usr_1',
      at: this.at,
      ...more,
    };
    expect(refusal(this.state, taken)).toBeNull();
    return this.send({ type: 'decided', ...taken });
  }

  answer(purpose: string, outcome: string, structure: Record<string, unknown> = {}): this {
    const ask = this.state.asks.find((one) => one.purpose === purpose);
    if (ask === undefined) throw new Error(`no ${purpose} is asked`);
    return this.send({ type: 'answered', at: this.at, ask: ask.id, answer: { item: ask.item, outcome, structure } });
  }

  fail(purpose: string): this {
    const ask = this.state.asks.find((one) => one.purpose === purpose);
    if (ask === undefined) throw new Error(`no ${purpose} is asked`);
    return this.send({ type: 'askFailed', at: this.at, ask: ask.id, code: 'step.lost' });
  }

  /** Lets time pass, waking the machine whenever it wants. */
  pass(ms: number): this {
    const end = new Date(Date.parse(this.at) + ms).toISOString();
    for (let wake = wakeAt(this.state); wake !== null && wake <= end; wake = wakeAt(this.state)) {
      this.at = wake;
      this.send({ type: 'tick', at: wake });
    }
    this.at = end;
    return this;
  }

  get status(): string {
    return statusOf(this.state);
  }

  get open(): string[] {
    return this.state.items.map((item) => item.kind);
  }

  asked(purpose: string): number {
    return this.commands.filter((command) => command.type === 'ask' && command.ask.purpose === purpose).length;
  }
}

const needs = { need: 'renewal', actBy: '2027-03-01' } as const;
const answered = {
  visitsApproved: 8,
  from: '2027-01-01',
  to: '2027-03-01',
  number: 'present',
  reasonCodes: [],
} as const;
const submitted = (): Story => new Story().assessed(needs).decide('authorization.request', 'approve', { hash: 'h1' });
const pending = (): Story => submitted().answer('submit', 'accepted');

describe('authorization machine', () => {
  test('a renewal is proposed once, however often the import says so', () => {
    const story = new Story().assessed(needs).assessed(needs).assessed(needs);
    expect(story.status).toBe('inReview');
    expect(story.commands.filter((command) => command.type === 'openItem')).toHaveLength(1);
  });

  test('a draft nobody needs any more is withdrawn', () => {
    const story = new Story().assessed(needs).assessed();
    expect(story.status).toBe('none');
    expect(story.commands.at(-1)).toEqual({ type: 'closeItem', workItem: 'wi_1', reason: 'superseded' });
  });

  test('what is submitted is exactly the revision a named person approved', () => {
    const story = submitted();
    const command = story.commands.find((one) => one.type === 'ask');
    expect(command).toMatchObject({
      ask: { item: 'wi_1', structure: { approval: 'h1', effectKey: 'authorization.submit/auth_1/2/renewal/1' } },
    });
  });

  test('partly approved: recorded in the PT system while a person decides whether to appeal', () => {
    const story = pending().answer('poll', 'partlyApproved', answered);
    expect(story.open).toEqual(['authorization.partial']);
    story.answer('record', 'recorded');
    expect(story.status).toBe('recorded');
    expect(story.open).toEqual(['authorization.partial']);
    story.decide('authorization.partial', 'appeal');
    expect(story.status).toBe('appealInReview');
  });

  test('the machine says when something left and lets the clinic say which day that was', () => {
    const sentAt = '2026-11-21T11:30:00.000Z';
    const story = new Story().assessed({ ...needs, route: 'staffSend' });
    story.decide('authorization.request', 'approve', { hash: 'h1' });
    story.decide('authorization.send', 'sent', { outcome: { channel: 'fax', at: sentAt } });
    const written = story.commands.filter((one) => one.type === 'apply').at(-1);
    expect(written).toMatchObject({ event: { type: 'submitted', sentAt } });
  });

  test('staff record "approved" for 8 of the 12 visits asked for: partly approved, and a person decides about the rest', () => {
    const story = new Story()
      .assessed({ ...needs, route: 'staffSend' })
      .decide('authorization.request', 'approve', { hash: 'h1', outcome: { requested: { visits: 12, units: null } } })
      .decide('authorization.send', 'sent', { outcome: { channel: 'fax', at: start } })
      .decide('authorization.answer', 'answered', { outcome: { status: 'approved', ...answered } });
    expect([story.status, story.open]).toEqual(['partlyApproved', ['authorization.partial']]);
    const written = story.commands.filter((one) => one.type === 'apply').at(-1);
    expect(written).toMatchObject({ event: { type: 'answered', answer: { status: 'partlyApproved' } } });
  });

  test('the PT system has no way in: the item the server opened is adopted, and its decision ends it', () => {
    const story = pending().answer('poll', 'approved', answered).answer('record', 'workItem', { workItem: 'wi_77' });
    expect(story.state.items).toMatchObject([{ kind: 'authorization.record', workItem: 'wi_77' }]);
    story.decide('authorization.record', 'recorded');
    expect([story.status, story.open]).toEqual(['recorded', []]);
  });

  test('denied: the appeal is sent and followed by people, never as another 278', () => {
    const story = pending()
      .answer('poll', 'denied', { reasonCodes: ['A3'] })
      .decide('authorization.denied', 'appeal');
    story.decide('authorization.request', 'approve', { hash: 'h2' });
    expect([story.status, story.open]).toEqual(['sendingByStaff', ['authorization.send']]);
    story.decide('authorization.send', 'sent', { outcome: { channel: 'fax', at: start } });
    story.send({ type: 'checkNow', at: start }).pass(30 * day);
    expect([story.asked('submit'), story.asked('poll'), story.open]).toEqual([1, 1, ['authorization.answer']]);
    story.decide('authorization.answer', 'answered', { outcome: { status: 'denied', reasonCodes: ['A3'] } });
    expect(story.open).toEqual(['authorization.denied']);
  });

  test('an item left lying goes to another role than the one that left it', () => {
    const policy = { ...assessmentOf().policy, escalateTo: 'biller' } as const;
    const roles = (story: Story) => story.commands.flatMap((one) => (one.type === 'escalateItem' ? [one.role] : []));
    expect(roles(new Story().assessed({ ...needs, policy }).pass(20 * day))).toEqual(['biller']);
    expect(roles(new Story().assessed({ need: 'number', policy }).pass(20 * day))).toEqual(['admin']);
  });

  test('a request cannot have been sent tomorrow; a clock a few minutes ahead is no lie', () => {
    const story = new Story().assessed({ ...needs, route: 'staffSend' });
    story.decide('authorization.request', 'approve', { hash: 'h1' });
    const workItem = story.state.items[0]?.workItem ?? '';
    const sent = (at: string) =>
      refusal(story.state, {
        id: 'd',
        workItem,
        kind: 'authorization.send',
        decision: 'sent',
        by: 'usr_1',
        at: start,
        outcome: { channel: 'fax', at },
      });
    expect(sent('2026-11-22T12:00:00.000Z')).toContain('future');
    expect(sent('2026-11-21T12:03:00.000Z')).toBeNull();
  });

  test('a decision delivered again is accepted and changes nothing, though a new item of its kind is opening', () => {
    const story = new Story().assessed(needs);
    const taken: Decision = {
      id: 'd1',
      workItem: 'wi_1',
      kind: 'authorization.request',
      decision: 'approve',
      by: 'usr_1',
      at: start,
      hash: 'h1',
    };
    story.send({ type: 'decided', ...taken });
    const ask = story.state.asks[0];
    if (ask === undefined) throw new Error('nothing is asked');
    // The item of the second attempt is not opened yet: its id is unknown.
    const answer = { item: ask.item, outcome: 'notSent' };
    const { state } = advance(story.state, { type: 'answered', at: start, ask: ask.id, answer });
    expect(refusal(state, taken)).toBeNull();
    expect(advance(state, { type: 'decided', ...taken })).toEqual({ state, commands: [] });
    expect(refusal(state, { ...taken, id: 'd2' })).toBe('This item was decided already.');
  });

  test('an accepted denial is not proposed again for the same period, but for the next', () => {
    const story = pending().answer('poll', 'denied').decide('authorization.denied', 'accept');
    story.assessed({ denied: { period: 2, decidedOn: null } }).assessed(needs);
    expect(story.open).toEqual([]);
    story.assessed({ ...needs, period: 3 });
    expect(story.open).toEqual(['authorization.request']);
  });

  test.each(['blocked', 'notSent'])('%s: the request goes back to a person as the next attempt', (outcome) => {
    const story = submitted().answer('submit', outcome);
    expect([story.status, story.state.request?.attempt, story.state.request?.approval]).toEqual(['inReview', 2, null]);
    story.decide('authorization.request', 'approve', { hash: 'h2' });
    expect(story.state.asks[0]?.structure.effectKey).toBe('authorization.submit/auth_1/2/renewal/2');
  });

  test('the next attempt knows by which rule or code the one before was not sent; a flow’s own words are not repeated', () => {
    const kept = (structure: Record<string, unknown>): string | null | undefined =>
      submitted().answer('submit', 'blocked', structure).state.request?.notSentBy;
    expect(kept({ rule: 'agreement.missing' })).toBe('agreement.missing');
    expect(kept({ code: 'connection.credentials' })).toBe('connection.credentials');
    expect(kept({ rule: 'Pat Example was not eligible' })).toBeNull();
  });

  test('shadow: nothing was sent, so the packet is to be sent by hand', () => {
    expect(submitted().answer('submit', 'shadow').open).toEqual(['authorization.send']);
  });

  test.each(['uncertain', 'wait', 'a word nobody knows'])(
    '%s: inquired three times under the same effect key, then a person finds out',
    (outcome) => {
      const story = submitted().answer('submit', outcome);
      expect([story.status, story.open]).toEqual(['uncertain', []]);
      for (let times = 0; times < 3; times += 1) story.pass(day / 24).answer('inquire', outcome);
      expect(story.open).toEqual(['authorization.uncertain']);
      story.pass(10 * day);
      expect([story.asked('submit'), story.asked('inquire')]).toEqual([1, 3]);
    },
  );

  test('a submission that was never answered is in doubt, not unsent', () => {
    const story = submitted().fail('submit');
    expect(story.status).toBe('uncertain');
  });

  test('an inquiry finds the request at the payer: the doubt is over', () => {
    const story = submitted()
      .answer('submit', 'uncertain')
      .pass(day / 24)
      .answer('inquire', 'accepted');
    expect(story.status).toBe('pending');
  });

  test('wasSent starts the clock, wasNotSent asks a person for a new approval', () => {
    const doubt = (): Story => {
      const story = submitted().answer('submit', 'uncertain');
      for (let times = 0; times < 3; times += 1) story.pass(day / 24).answer('inquire', 'uncertain');
      return story;
    };
    expect(doubt().decide('authorization.uncertain', 'wasSent').status).toBe('pending');
    const again = doubt().decide('authorization.uncertain', 'wasNotSent');
    expect([again.status, again.state.request?.attempt]).toEqual(['inReview', 2]);
  });

  test('past the payer’s turnaround a person calls, and polling goes on until a person has the answer', () => {
    const story = pending().pass(8 * day);
    expect([story.status, story.open, story.state.asks.length]).toEqual(['overdue', ['authorization.answer'], 1]);
    story.decide('authorization.answer', 'stillPending', { outcome: { until: '2026-12-10' } });
    expect([story.status, story.open]).toEqual(['pending', []]);
    story.pass(30 * day).decide('authorization.answer', 'answered', { outcome: { status: 'approved', ...answered } });
    expect(story.state.asks.map((ask) => ask.purpose)).toEqual(['record']);
  });

  test('a payer that pends the request has no more time for it: what was overdue stays so, and a person asks again', () => {
    const story = pending();
    const { dueBy } = story.state.request ?? {};
    story.pass(8 * day).decide('authorization.answer', 'answered', { outcome: { status: 'pended' } });
    expect([story.status, story.state.request?.dueBy]).toEqual(['overdue', dueBy]);
    expect(story.state.items).toMatchObject([{ kind: 'authorization.answer', dueAt: '2026-11-30T12:00:00.000Z' }]);
  });

  test('polling that is given up hands the question to a person', () => {
    expect(pending().fail('poll').open).toEqual(['authorization.answer']);
  });

  test('coverage changed: drafts are withdrawn, polling stops, and a person resumes or closes', () => {
    const draft = new Story().assessed(needs).assessed({ need: 'held' });
    expect([draft.status, draft.open]).toEqual(['held', ['authorization.held']]);
    expect(draft.commands).toContainEqual({ type: 'closeItem', workItem: 'wi_1', reason: 'held' });
    const reasons = draft.commands.flatMap((command) =>
      command.type === 'apply' && command.event.type === 'held' ? [command.event.reason] : [],
    );
    expect(reasons).toEqual(['the coverage or payer changed']);
    const sent = pending().assessed({ need: 'held' });
    expect([sent.open, sent.state.asks]).toEqual([['authorization.held'], []]);
    sent.decide('authorization.held', 'resume');
    expect([sent.status, sent.state.asks.length]).toEqual(['pending', 1]);
  });

  test('the new payer is asked: the request to the old one is left, polling ends, and a first request is drafted', () => {
    const story = pending().assessed({ need: 'held' }).decide('authorization.held', 'askNewPayer');
    const written = story.commands.flatMap((one) => (one.type === 'apply' ? [one.event.type] : []));
    expect(written.at(-1)).toBe('coverageReplaced');
    story.assessed({ need: 'initial', period: 3, payer: 'payer-b' });
    expect([story.status, story.open, story.state.asks]).toEqual(['inReview', ['authorization.request'], []]);
    expect(story.state.request).toMatchObject({ kind: 'initial', period: 3, attempt: 1 });
  });

  test('a submission to the old payer that is answered late is not taken for the one to the new payer', () => {
    const story = submitted().assessed({ need: 'held' });
    const late = story.state.asks[0];
    if (late === undefined) throw new Error('nothing is asked');
    story.decide('authorization.held', 'askNewPayer').assessed({ need: 'initial', period: 3 });
    story.decide('authorization.request', 'approve', { hash: 'h2' });
    expect(story.asked('submit')).toBe(2);
    story.send({ type: 'answered', at: start, ask: late.id, answer: { item: late.item, outcome: 'accepted' } });
    expect(story.status).toBe('submitting');
  });

  test('a held authorization that is closed holds nothing any more, and a later need wakes it', () => {
    const story = pending().assessed({ need: 'held' }).decide('authorization.held', 'close');
    const written = story.commands.flatMap((one) => (one.type === 'apply' ? [one.event.type] : []));
    expect(written.slice(-2)).toEqual(['coverageReplaced', 'closed']);
    story.assessed({ need: 'initial', period: 3 });
    expect([story.status, story.open, story.state.asks]).toEqual(['closed', [], []]);
    story.pass(3 * day).assessed({ need: 'initial', period: 3 });
    expect([story.status, story.open]).toEqual(['inReview', ['authorization.request']]);
  });

  test('a submission on its way when the hold comes is not taken back, and its outcome is written', () => {
    const story = submitted().assessed({ need: 'held' }).answer('submit', 'accepted');
    expect(story.commands.filter((command) => command.type === 'apply').map((command) => command.event.type)).toContain(
      'submitted',
    );
    expect(story.status).toBe('held');
  });

  test('a visit that nothing covers is not silent while the payer is waited for, and is asked about once', () => {
    const uncovered = { appointment: 'appt_1', date: '2026-11-26', warnOn: '2026-11-24' };
    const story = pending().assessed({ uncovered });
    expect(story.open).toEqual([]);
    story.pass(3 * day);
    expect(story.open).toEqual(['authorization.uncovered']);
    story.decide('authorization.uncovered', 'moved').assessed({ uncovered }).pass(day);
    expect(story.open).toEqual([]);
    story.assessed({ uncovered: { ...uncovered, appointment: 'appt_2', date: '2026-11-27' } });
    expect(story.open).toEqual(['authorization.uncovered']);
    expect(story.assessed().open).toEqual([]);
  });

  test('a visit that nothing covers is told after an accepted denial, and not beside an item that tells it', () => {
    const uncovered = { appointment: 'appt_1', date: '2026-11-23', warnOn: '2026-11-19' };
    const story = pending().answer('poll', 'denied').assessed({ uncovered });
    expect(story.open).toEqual(['authorization.denied']);
    story.decide('authorization.denied', 'accept');
    expect(story.open).toEqual(['authorization.uncovered']);
  });

  test('the payer requires none: the draft is withdrawn and nothing is asked of the payer', () => {
    const story = new Story().assessed({ ...needs, need: 'initial' });
    story.decide('authorization.request', 'notRequired', { outcome: { on: '2026-11-20' } }).assessed();
    expect([story.status, story.open]).toEqual(['none', []]);
    const written = story.commands.filter((one) => one.type === 'apply').at(-1);
    expect(written).toMatchObject({ event: { type: 'notRequired', on: '2026-11-20', by: 'usr_1' } });
  });

  test('a placeholder number is corrected by a person', () => {
    const story = new Story().assessed({ need: 'number' });
    expect(story.open).toEqual(['authorization.number']);
    story.decide('authorization.number', 'corrected').assessed();
    expect(story.open).toEqual([]);
  });

  test('a request sent without Gait is followed by a person until the export shows its end', () => {
    const story = new Story().assessed({
      pending: {
        period: 2,
        since: '2026-11-18',
        dueOn: '2026-11-25',
        overdue: false,
        requested: { visits: 12, units: null },
      },
    });
    expect([story.status, story.open, story.state.asks]).toEqual(['pending', ['authorization.answer'], []]);
    const settled = new Story().assessed({ pending: story.state.assessment?.pending ?? null });
    settled.decide('authorization.answer', 'answered', { outcome: { status: 'approved', ...answered } });
    expect(settled.open).toEqual(['authorization.partial']);
    expect(story.assessed().open).toEqual([]);
  });

  test('rejected: proposed again after the review time, not at the next import', () => {
    const story = new Story().assessed(needs).decide('authorization.request', 'reject').assessed(needs);
    expect([story.status, story.open]).toEqual(['rejected', []]);
    story.pass(3 * day);
    expect(story.commands.at(-1)).toEqual({ type: 'assess' });
    expect(story.assessed(needs).open).toEqual(['authorization.request']);
  });

  test('a command the server refused is tried again after an hour while it is still wanted', () => {
    const story = new Story().assessed(needs);
    const command = story.commands.find((one) => one.type === 'openItem');
    if (command === undefined) throw new Error('nothing opened');
    story.send({ type: 'callFailed', at: story.at, command, code: 'reference.unknown' });
    const before = story.commands.filter((one) => one.type === 'openItem').length;
    story.pass(2 * 3_600_000);
    expect(story.commands.filter((one) => one.type === 'openItem')).toHaveLength(before + 1);
  });

  test('a closed authorization comes back when a person asks', () => {
    const story = new Story().assessed(needs).send({ type: 'closed', at: start }).assessed(needs);
    expect([story.status, story.open]).toEqual(['closed', []]);
    story.send({ type: 'checkNow', at: start }).assessed(needs);
    expect(story.status).toBe('inReview');
    expect(story.state.request?.attempt).toBe(2);
  });
});
