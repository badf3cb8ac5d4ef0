// The waitlist in words: how much time is left, how a slot stands, what is unknown.
import { expect, test } from 'vitest';
import { groupValueInWords, shareInWords, slotInWords, timeLeft, timesInWords } from './waitlist.ts';
import type { FreedSlotLine } from './waitlist.ts';

const now = new Date('2026-06-01T14:18:00.000Z');
const zone = 'America/Chicago';
const slot: FreedSlotLine = {
  slot: 'slot_1',
  start: '2026-06-03T15:00:00.000Z',
  minutes: 45,
  therapist: 'Dana Quill',
  discipline: 'PT',
  location: null,
  equipment: null,
  phase: 'offering',
  winner: null,
  open: [{ patientName: 'Reyes, Ana', until: '2026-06-01T14:30:00.000Z' }],
  asked: 1,
  toAsk: 2,
  needStaff: 0,
  waitsUntil: null,
};

test('an open offer says who is asked, until when, and what is left of it', () => {
  expect(slotInWords(slot, now, zone).replace(/\u00a0/g, ' ')).toBe(
    'Asking Reyes, Ana until 9:30 AM (12 minutes left)',
  );
  expect(timeLeft('2026-06-01T15:23:00.000Z', now)).toBe('1 hour 5 minutes left');
  expect(timeLeft('2026-06-01T14:18:00.000Z', now)).toBe('time is up');
});

test('a slot nobody took says whether somebody could find out more, and never that none waits where one does', () => {
  const exhausted = { ...slot, phase: 'exhausted', open: [] } as const;
  expect(slotInWords({ ...exhausted, asked: 0 }, now, zone)).toBe('Still free: nobody who waits can use it');
  expect(slotInWords({ ...exhausted, needStaff: 2 }, now, zone)).toBe('Still free: find out about 2 who may fit');
});

test('days of the same hours stand together', () => {
  const mornings = { from: '08:00', to: '12:00' };
  const times = [
    { weekday: 0, ...mornings },
    { weekday: 2, ...mornings },
    { weekday: 4, from: '13:30', to: '24:00' },
  ];
  expect(timesInWords(times)).toBe('Mon, Wed 8:00 AM–12:00 PM; Fri 1:30 PM–12:00 AM');
});

test('unknown is said, not shown as nothing', () => {
  expect(timesInWords(null)).toBe('nobody asked yet');
  expect(groupValueInWords(null)).toBe('Unknown');
  expect(shareInWords(null)).toBe('–');
  expect(shareInWords({ share: 0.4, low: 0.246, high: 0.577 })).toBe('40 % (25–58 %)');
});
