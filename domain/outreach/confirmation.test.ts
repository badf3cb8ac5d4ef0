// How far a confirmation has come, in words: an answer before everything, the reason where nobody was asked.
import { expect, test } from 'vitest';
import { confirmationOf } from './confirmation.ts';
import type { ReminderOf } from './confirmation.ts';
import { ruleInWords } from './kept-back.ts';
import { messageRules } from './gate.ts';

const now = '2026-06-10T15:00:00.000Z';
const reminder: NonNullable<ReminderOf['reminder']> = {
  ways: [{ state: 'delivered', reason: null }],
  ending: 'delivered',
  rule: null,
  answer: null,
};
const visit: ReminderOf = { status: 'booked', startsAt: '2026-06-11T15:00:00.000Z', reminder, call: null };
const of = (change: Partial<ReminderOf>) => confirmationOf({ ...visit, ...change }, { now, reminderHours: 48 });
const refused = { ways: [{ state: 'refused', reason: 'message.opted-out' }], ending: 'callList' } as const;

test.each<[string, Partial<ReminderOf>, string, string]>([
  ['an answer', { reminder: { ...reminder, answer: 'yes' } }, 'confirmed', 'confirmed'],
  ['no answer', {}, 'noAnswer', 'reminded, no answer yet'],
  ['the call list', { reminder: { ...reminder, ...refused } }, 'toCall', 'on the call list: wants no messages'],
  [
    'a call',
    { reminder: { ...reminder, ...refused }, call: { isOpen: false, decision: 'leftWord' } },
    'called',
    'word was left, no answer yet',
  ],
  [
    'an answer after a call',
    { reminder: { ...reminder, answer: 'no' }, call: { isOpen: false, decision: 'leftWord' } },
    'cannotCome',
    'cannot come',
  ],
  ['under way', { reminder: { ...reminder, ending: null } }, 'underWay', 'reminder under way'],
  [
    'waiting',
    { reminder: { ...reminder, ending: null, rule: 'message.quiet-hours' } },
    'underWay',
    'reminder waits: the message would have come at night',
  ],
  ['nobody asked', { reminder: null }, 'notAsked', 'unknown: nobody was asked'],
  ['too early', { reminder: null, startsAt: '2026-06-20T15:00:00.000Z' }, 'notYet', 'is reminded 48 hours before'],
  ['no time known', { reminder: null, startsAt: null }, 'notAsked', 'unknown: nobody was asked'],
  ['missed', { status: 'missed' }, 'missed', 'did not come'],
])('%s', (_name, change, state, words) => {
  expect(of(change)).toMatchObject({ state, words });
});

test('every rule that keeps a message back has words of its own', () => {
  for (const rule of Object.keys(messageRules)) expect(ruleInWords(rule)).toMatch(/^[a-z].{8,}/);
  expect(ruleInWords('30003')).toBeNull();
});
