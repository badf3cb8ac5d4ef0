// How far a confirmation has come, in words: an answer before everything, and unknown where nobody asked.
import { expect, test } from 'vitest';
import { confirmationInWords } from './visits.ts';

const visit = {
  visit: 'appt_1',
  patient: 'pat_1',
  name: null,
  startsAt: null,
  status: 'booked' as const,
  message: 'msg_1',
  state: 'over',
  ending: 'delivered',
  answer: null,
};

test.each([
  [{ answer: 'yes' }, 'confirmed'],
  [{}, 'reminded, no answer yet'],
  [{ ending: 'callList' }, 'on the call list'],
  [{ state: 'open', ending: null }, 'reminder under way'],
  [{ message: null, state: null, ending: null }, 'unknown: nobody was asked'],
])('%j', (change, words) => {
  expect(confirmationInWords({ ...visit, ...change })).toBe(words);
});
