// The visits of a day by how far their confirmation has come: every one is counted once, one that was missed not at all.
import { expect, test } from 'vitest';
import { confirmationStates } from '../domain/outreach/confirmation.ts';
import { confirmationCounts } from './visits.ts';

test('every state but a missed visit is counted in one group', () => {
  const visits = confirmationStates.map((state) => ({
    visit: `appt_${state}`,
    patient: 'pat_1',
    name: null,
    startsAt: null,
    status: 'booked' as const,
    call: null,
    confirmation: { state, words: '', toDo: null },
  }));
  const counted = confirmationCounts(visits).reduce((sum, [, count]) => sum + count, 0);
  expect(counted).toBe(confirmationStates.length - 1);
});
