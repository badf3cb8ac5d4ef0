// What a clinic sets goes before the dated rule, field by field; what it leaves out stays the rule's.
import { expect, test } from 'vitest';
import { waitlistRule as rule } from '../../rules/testing/scheduling.ts';
import { advanceSlot, openSlot } from './offer.ts';
import { rank } from './rank.ts';
import { offersFor } from './settings.ts';
import { now, slot, waiting } from './testing/waiting.ts';

const list = rank(slot, [waiting('wait_1'), waiting('wait_2')], rule, now);
const first = (own: Parameters<typeof offersFor>[1], at = now) =>
  advanceSlot(openSlot(slot, list, offersFor(rule, own)), { type: 'tick', at });

test('a clinic that sets nothing offers by the dated rule', () => {
  expect(offersFor(rule, {})).toEqual(rule.offers);
});

test('two at a time, for an hour each, where the clinic says so', () => {
  const { commands } = first({ fanOut: 2, answerMinutes: 60 });
  expect(commands).toEqual([
    { type: 'offer', offer: '1', entry: 'wait_1', until: '2026-06-01T15:00:00.000Z' },
    { type: 'offer', offer: '2', entry: 'wait_2', until: '2026-06-01T15:00:00.000Z' },
  ]);
});

test('a clinic that wants four hours of notice asks nobody three hours before', () => {
  const threeBefore = '2026-06-03T12:00:00.000Z';
  const early = { from: '05:00', to: '20:30' };
  expect(first({ hours: early }, threeBefore).state.phase).toBe('offering');
  expect(first({ hours: early, leastNoticeMinutes: 240 }, threeBefore).state.phase).toBe('lapsed');
});

test('five minutes to answer are five minutes, though the rule would give ten at least', () => {
  expect(first({ answerMinutes: 5 }).commands).toMatchObject([{ until: '2026-06-01T14:05:00.000Z' }]);
});
