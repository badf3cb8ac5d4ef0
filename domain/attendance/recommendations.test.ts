// What a manager is shown first: who is likely to miss and has not confirmed, hours nobody has, days that are too full or too empty.
import { expect, test } from 'vitest';
import { attendanceRule as rule } from '../../rules/testing/scheduling.ts';
import { recommendationsOf, usualOf } from './recommendations.ts';
import type { ManagerFacts } from './recommendations.ts';

const visit = (of: string, more: Partial<ManagerFacts['visits'][number]> = {}): ManagerFacts['visits'][number] => ({
  visit: `appt_${of}`,
  patient: `pat_${of}`,
  date: '2026-06-10',
  startsAt: `2026-06-10T15:0${of}:00.000Z`,
  risk: 0.3,
  from: 'model',
  reasons: ['Missed the last visit (odds × 2.0)'],
  confirmation: { state: 'noAnswer', words: 'reminded, no answer yet' },
  ...more,
});
const facts = (more: Partial<ManagerFacts> = {}): ManagerFacts => ({
  today: '2026-06-10',
  spoken: (instant) => instant.slice(11, 16),
  rule,
  baseRate: 0.12,
  visits: [],
  slots: [],
  conflicts: [],
  rebookings: [],
  loads: [],
  ...more,
});

test('a likely no-show that has not confirmed is called about, the likeliest first; who confirmed is left alone', () => {
  const confirmed = { state: 'confirmed', words: 'confirmed' } as const;
  const lines = recommendationsOf(
    facts({
      visits: [
        visit('1'),
        visit('2', { risk: 0.5 }),
        visit('3', { risk: 0.6, confirmation: confirmed }),
        visit('4', { risk: 0.13 }),
      ],
    }),
  );
  expect(lines.map(({ kind, about }) => `${kind} ${about}`)).toEqual(['callFirst appt_2', 'callFirst appt_1']);
  expect(lines[0]?.why).toBe('Missed with about 50 %, usual here 12 %; Missed the last visit (odds × 2.0)');
});

test('a base rate is no reason to call anybody first', () => {
  expect(recommendationsOf(facts({ visits: [visit('1', { from: 'baseRate', risk: 0.9 })] }))).toEqual([]);
  expect(recommendationsOf(facts({ baseRate: null, visits: [visit('1')] }))).toEqual([]);
});

test('who cannot come, hours nobody has, and days unlike their weekday are told with why; an even day is not', () => {
  const lines = recommendationsOf(
    facts({
      visits: [visit('1', { confirmation: { state: 'cannotCome', words: 'cannot come' } })],
      slots: [
        { slot: 'slot_1', start: '2026-06-11T15:00:00.000Z', minutes: 45, waiting: 3, asked: 1, isOver: false },
        { slot: 'slot_2', start: '2026-06-10T20:00:00.000Z', minutes: 45, waiting: 0, asked: 4, isOver: true },
      ],
      conflicts: [
        {
          id: 'conflict.room-twice 2026-06-12 appt_8 appt_9',
          date: '2026-06-12',
          words: 'The room is booked twice',
          patient: 'pat_9',
          suggestion: { words: 'Move the later visit to 11:00' },
        },
      ],
      loads: [
        { date: '2026-06-11', therapist: null, booked: 9, usual: 14 },
        { date: '2026-06-12', therapist: null, booked: 13, usual: 14 },
        { date: '2026-06-15', therapist: 'Dana Quill', booked: 14, usual: 9 },
        { date: '2026-06-16', therapist: null, booked: 0, usual: null },
      ],
    }),
  );
  expect(lines.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
    'findTime: Find another time for the visit of 15:01',
    'conflict: Fri 12 Jun: The room is booked twice',
    'fillSlot: 20:00 is free (45 minutes)',
    'fillSlot: 15:00 is free (45 minutes)',
    'load: Thu 11 Jun: 9 visits booked, 5 fewer than usual',
    'load: Dana Quill, Mon 15 Jun: 14 visits booked, 5 more than usual',
  ]);
  expect(lines[1]?.why).toBe('Move the later visit to 11:00');
  expect(lines[2]?.why).toContain('4 asked and nobody took it');
});

test('the usual of a weekday is the middle of at least four weeks', () => {
  expect(usualOf([9, 14, 12])).toBeNull();
  expect(usualOf([9, 14, 12, 13])).toBe(13);
});
