// Messages in words: every purpose has its own, a rule is told in words and a vendor's code as a code, unknown is not zero.
import { expect, test } from 'vitest';
import { purposes } from '../domain/outreach/words.ts';
import { messageInWords, purposeInWords, riskInWords, scopeInWords, wayInWords } from './outreach-words.ts';

test('every purpose is told in words of its own', () => {
  const words = purposes.map(purposeInWords);
  expect(new Set(words).size).toBe(purposes.length);
  for (const one of words) expect(one).not.toMatch(/[.]/);
});

test('a way tells its state with the rule in words, or the code of the vendor', () => {
  const way = { channel: 'text', notBefore: null, sentAt: null } as const;
  expect(wayInWords({ ...way, state: 'refused', reason: 'message.opted-out' })).toBe(
    'Text: not sent, wants no messages',
  );
  expect(wayInWords({ ...way, state: 'failed', reason: '30003' })).toBe('Text: did not arrive (30003)');
  expect(wayInWords({ ...way, state: 'delivered', reason: null })).toBe('Text: delivered');
});

test('an answer goes before what became of the message; one that waits says why', () => {
  const message = {
    message: 'msg_1',
    category: 'reminder',
    purpose: 'visit.reminder',
    startsAt: null,
    ending: 'sent',
    rule: null,
    waitsUntil: null,
    answer: null,
    answeredAt: null,
    at: '',
    ways: [],
  } as const;
  expect(messageInWords(message)).toBe('sent');
  expect(messageInWords({ ...message, answer: 'no' })).toBe('they said no');
  const waiting = { ...message, ending: null, waitsUntil: '2026-06-10T13:00:00.000Z', rule: 'message.quiet-hours' };
  expect(messageInWords(waiting)).toBe('waits: the message would have come at night');
});

test('the scope of a word names what and how; an unknown risk is no number', () => {
  expect(scopeInWords({ categories: null, channels: null })).toBe('all messages');
  expect(scopeInWords({ categories: ['waitlist'], channels: ['text', 'voice'] })).toBe(
    'earlier visits, by text and phone call',
  );
  expect([null, 0, 0.004, 0.336].map(riskInWords)).toEqual(['unknown', '0 %', 'under 1 %', '34 %']);
});
