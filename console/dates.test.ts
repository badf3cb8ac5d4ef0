import { expect, test } from 'vitest';
import { dateInZone, datesInWords, dayInWords, distanceInWords, dueInWords, instantInWords } from './dates.ts';

const zone = 'America/Chicago';
const now = new Date('2026-05-04T15:00:00Z');

test('a day is named the way a front desk says it, with the year only when it is another one', () => {
  expect(dayInWords('2026-05-12', '2026-05-04')).toBe('Tue 12 May');
  expect(dayInWords('2027-01-04', '2026-05-04')).toBe('Mon 4 Jan 2027');
  expect(dayInWords(null, '2026-05-04')).toBe('unknown');
});

test('late in the evening it is still the clinic’s own date', () => {
  expect(dateInZone(new Date('2026-05-05T03:30:00Z'), zone)).toBe('2026-05-04');
  expect(instantInWords('2026-05-05T03:30:00Z', now, zone)).toBe('today 10:30\u00a0PM');
});

test('a due time that has passed is overdue, one later today is due today', () => {
  expect(dueInWords('2026-05-03T21:00:00Z', now, zone)).toEqual({
    state: 'overdue',
    words: 'overdue since yesterday 4:00\u00a0PM',
  });
  expect(dueInWords('2026-05-04T21:00:00Z', now, zone)).toEqual({ state: 'today', words: 'due today 4:00\u00a0PM' });
  expect(dueInWords('2026-05-08T14:00:00Z', now, zone)).toEqual({
    state: 'later',
    words: 'due Fri 8 May 9:00\u00a0AM',
  });
  expect(dueInWords(null, now, zone).state).toBe('none');
});

test('distances are counted in calendar days', () => {
  expect(distanceInWords('2026-05-05', '2026-05-04')).toBe('tomorrow');
  expect(distanceInWords('2026-05-01', '2026-05-04')).toBe('3 days ago');
});

test('a fact with dates inside is read in words, and nothing else of it changes', () => {
  expect(datesInWords('2026-05-12, visit 13 of 12', '2026-05-04')).toBe('Tue 12 May, visit 13 of 12');
  expect(datesInWords('group 2026-0512', '2026-05-04')).toBe('group 2026-0512');
});
