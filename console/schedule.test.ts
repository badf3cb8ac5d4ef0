// Facts on where visits stand in the picture of a week.
import { expect, test } from 'vitest';
import { lanesOf, movedTime, shownHours, timeInWords } from './schedule.ts';
import type { WeekVisit } from './schedule.ts';

const visit = (name: string, from: number, to: number): WeekVisit => ({
  visit: name,
  series: null,
  state: 'booked',
  patient: 'pat_1',
  name: null,
  therapist: null,
  room: null,
  date: '2026-06-01',
  time: '09:00',
  minutes: to - from,
  from,
  to,
  kind: null,
  notes: [],
});

test('visits that overlap stand side by side, others have the whole width', () => {
  const laid = lanesOf([visit('c', 600, 645), visit('a', 540, 585), visit('b', 570, 615), visit('d', 700, 745)]);
  expect(laid.map(({ visit: { visit: name }, lane, lanes }) => [name, lane, lanes])).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ]);
});

test('the picture holds every hour of work and every visit, eight to five at least', () => {
  expect(shownHours({ visits: [], therapists: [] })).toEqual({ from: 480, to: 1020 });
  const hours = [{ weekday: 0, from: '07:15', to: '18:30' }];
  const therapists = [{ therapist: 'thr_1', name: null, hours, hoursSaid: true, daysOff: [] }];
  expect(shownHours({ visits: [visit('late', 1110, 1155)], therapists })).toEqual({ from: 420, to: 1200 });
});

test('a time moves on the grain and stays within its day', () => {
  expect([movedTime('09:10', 15, 15), movedTime('00:00', -15, 15), movedTime('23:45', 60, 15)]).toEqual([
    '09:30',
    '00:00',
    '23:45',
  ]);
  expect([timeInWords('00:15'), timeInWords('12:00'), timeInWords('13:05')]).toEqual([
    '12:15\u00a0AM',
    '12:00\u00a0PM',
    '1:05\u00a0PM',
  ]);
});
