// Which message a reply answers: one word answers one question, however often it is written.
import { expect, test } from 'vitest';
import { meantBy } from './asked.ts';
import type { AskedMessage } from './asked.ts';

const now = '2026-11-02T18:00:00.000Z';
const asked = (ref: string, sentAt: string, change: Partial<AskedMessage> = {}): AskedMessage => ({
  ref,
  purpose: 'visit.reminder',
  category: 'reminder',
  createdAt: sentAt,
  aboutAt: '2026-11-04T18:00:00.000Z',
  answer: null,
  answeredAt: null,
  ways: [{ channel: 'text', state: 'delivered', reason: null, notBefore: null, sentAt }],
  ...change,
});
const older = asked('msg_1', '2026-10-31T15:00:00.000Z');
const newer = asked('msg_2', '2026-11-02T15:00:00.000Z');
const answered = (message: AskedMessage, answeredAt: string) => ({ ...message, answer: 'yes', answeredAt });

test('the newest that asks', () => {
  expect(meantBy([newer, older], 'yes', now)).toEqual({ kind: 'answers', message: 'msg_2' });
  expect(meantBy([], 'yes', now)).toEqual({ kind: 'nothing' });
});

test('not one that never left, that asks nothing, or whose visit is over; a missed visit is always over', () => {
  const ways = [{ channel: 'text', state: 'untried', reason: null, notBefore: null, sentAt: null }] as const;
  expect(meantBy([{ ...newer, ways }, older], 'yes', now)).toMatchObject({ message: 'msg_1' });
  expect(meantBy([{ ...newer, category: 'answer' }], 'yes', now)).toEqual({ kind: 'nothing' });
  const past = { ...newer, aboutAt: '2026-11-02T17:00:00.000Z' };
  expect(meantBy([past], 'yes', now)).toEqual({ kind: 'nothing' });
  expect(meantBy([{ ...past, purpose: 'visit.missed' }], 'yes', now)).toMatchObject({ kind: 'answers' });
});

test('the same word again within ten minutes is the same answer; where something else is asked a person finds out', () => {
  const done = answered(newer, '2026-11-02T17:55:00.000Z');
  expect(meantBy([done], 'yes', now)).toEqual({ kind: 'repeats', message: 'msg_2' });
  expect(meantBy([done, older], 'yes', now)).toEqual({ kind: 'doubtful', message: 'msg_2' });
  expect(meantBy([done, older], 'no', now)).toEqual({ kind: 'answers', message: 'msg_1' });
  expect(meantBy([done, older], 'yes', '2026-11-02T18:06:00.000Z')).toEqual({ kind: 'answers', message: 'msg_1' });
});

test('what was asked after the first word is answered by the second', () => {
  const done = answered(older, '2026-11-02T17:55:00.000Z');
  const since = asked('msg_3', '2026-11-02T17:58:00.000Z');
  expect(meantBy([since, done], 'yes', now)).toEqual({ kind: 'answers', message: 'msg_3' });
});
