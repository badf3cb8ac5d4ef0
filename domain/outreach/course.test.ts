// The course of a message over its ways: never two at once, the next when one fails, a person when none is left.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextMove, wayStates } from './course.ts';
import type { MessageCourse, Way } from './course.ts';
import type { GateDecision } from './gate.ts';
import { waysOf } from './preference.ts';
import { channels } from './words.ts';

const now = '2026-11-17T17:00:00.000Z';
const way = (change: Partial<Way> = {}): Way => ({
  channel: 'text',
  state: 'untried',
  reason: null,
  notBefore: null,
  sentAt: null,
  ...change,
});
const course = (ways: readonly Way[], change: Partial<MessageCourse> = {}): MessageCourse => ({
  ways,
  until: '2026-11-18T17:00:00.000Z',
  withdrawn: false,
  callIfUnreached: true,
  ...change,
});
const open = (): GateDecision => ({ kind: 'send' });
const move = (of: MessageCourse, gate = open, at = now) => nextMove(of, gate, at);

test('the way the patient likes best goes first, then the others that exist', () => {
  expect(waysOf({ preferred: ['email'], reachable: ['text', 'email', 'voice'], offered: null })).toEqual(['email', 'text', 'voice']);
  expect(waysOf({ preferred: ['email'], reachable: ['text', 'voice'], offered: ['text', 'email'] })).toEqual(['text']);
}); // prettier-ignore

test('a failed way leads to the next, and after the last one to the call list', () => {
  expect(move(course([way(), way({ channel: 'email' })]))).toEqual({ kind: 'send', channel: 'text' });
  const failed = [way({ state: 'failed' }), way({ channel: 'email' })];
  expect(move(course(failed))).toEqual({ kind: 'send', channel: 'email' });
  const none = [way({ state: 'failed' }), way({ channel: 'email', state: 'refused' })];
  expect(move(course(none))).toEqual({ kind: 'over', ending: 'callList' });
  expect(move(course(none, { callIfUnreached: false }))).toEqual({ kind: 'over', ending: 'unreached' });
});

test('what the vendor took is waited for, but not for ever', () => {
  const sent = course([way({ state: 'sent', sentAt: now }), way({ channel: 'email' })]);
  expect(move(sent)).toMatchObject({ kind: 'wait', until: '2026-11-17T23:00:00.000Z' });
  expect(move(sent, open, '2026-11-17T23:00:00.000Z')).toEqual({ kind: 'over', ending: 'sent' });
});

test('what is in doubt until it is of no use any more is for a person to call about', () => {
  const doubt = [way({ state: 'uncertain', notBefore: '2026-11-19T00:00:00.000Z' }), way({ channel: 'email' })];
  const over = '2026-11-18T17:00:00.000Z';
  expect(move(course(doubt))).toMatchObject({ kind: 'wait', until: over });
  expect(move(course(doubt), open, over)).toEqual({ kind: 'over', ending: 'callList' });
  expect(move(course(doubt, { withdrawn: true }), open, over)).toEqual({ kind: 'over', ending: 'withdrawn' });
});

test('what may have been sent is asked about again, never sent by another way, also when nobody needs it any more', () => {
  const doubt = course([way({ state: 'uncertain' }), way({ channel: 'email' })], { withdrawn: true });
  expect(move(doubt)).toEqual({ kind: 'send', channel: 'text' });
});

test('a refusal is told with its rule, a wait with its end', () => {
  const never = (): GateDecision => ({ kind: 'never', rule: 'message.opted-out', row: 'a' });
  expect(move(course([way()]), never)).toEqual({ kind: 'refuse', channel: 'text', rule: 'message.opted-out', row: 'a' });
  const later = (): GateDecision => ({ kind: 'wait', rule: 'message.daily-cap', row: 'b', until: '2026-11-18T13:00:00.000Z' });
  expect(move(course([way()]), later)).toMatchObject({ kind: 'wait', rule: 'message.daily-cap' });
  expect(move(course([way()], { withdrawn: true }))).toEqual({ kind: 'over', ending: 'withdrawn' });
}); // prettier-ignore

test('from any state a message comes to an end, and it is never asked to go by a way that refused or failed', () => {
  const instant = fc
    .integer({ min: -48, max: 48 })
    .map((hours) => new Date(Date.parse(now) + hours * 3_600_000).toISOString());
  const aWay = fc.record({
    channel: fc.constantFrom(...channels),
    state: fc.constantFrom(...wayStates),
    reason: fc.constant(null),
    notBefore: fc.option(instant),
    sentAt: fc.option(instant),
  });
  fc.assert(
    fc.property(fc.uniqueArray(aWay, { maxLength: 3, selector: ({ channel }) => channel }), instant, (ways, until) => {
      const next = move(course(ways, { until }));
      if (next.kind === 'wait') expect(next.until > now).toBe(true);
      if (next.kind !== 'send') return;
      const asked = ways.find(({ channel }) => channel === next.channel)?.state;
      expect(asked).toMatch(/untried|uncertain/);
      // What is in doubt is only asked about; nothing new goes while another way has it.
      if (asked === 'untried')
        expect(ways.some(({ state }) => ['delivered', 'sent', 'uncertain'].includes(state))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
