// The ways between an authorization's states; a test holds them and their picture against the machine.

import type { RequestState } from '../machine-state.ts';

/** From each state, the states one event may lead to. */
export const ways: Readonly<Partial<Record<RequestState, readonly RequestState[]>>> = {
  none: ['inReview', 'pending', 'denied', 'held', 'closed'],
  inReview: ['none', 'submitting', 'sendingByStaff', 'pending', 'denied', 'rejected', 'held', 'closed'],
  appealInReview: ['none', 'sendingByStaff', 'rejected', 'held', 'closed'],
  submitting: [
    'inReview',
    'sendingByStaff',
    'uncertain',
    'pending',
    'approved',
    'partlyApproved',
    'denied',
    'held',
    'closed',
  ],
  sendingByStaff: ['pending', 'rejected', 'held', 'closed'],
  uncertain: ['inReview', 'pending', 'approved', 'denied', 'held', 'closed'],
  pending: ['none', 'inReview', 'overdue', 'approved', 'partlyApproved', 'denied', 'held', 'closed'],
  overdue: ['none', 'inReview', 'pending', 'approved', 'partlyApproved', 'denied', 'held', 'closed'],
  approved: ['recorded', 'held', 'closed'],
  partlyApproved: ['appealInReview', 'recorded', 'held', 'closed'],
  recorded: ['inReview', 'appealInReview', 'pending', 'denied', 'held', 'closed'],
  denied: ['none', 'inReview', 'appealInReview', 'pending', 'held', 'closed'],
  rejected: ['inReview', 'pending', 'denied', 'held', 'closed'],
  held: [
    'none',
    'inReview',
    'submitting',
    'uncertain',
    'pending',
    'overdue',
    'approved',
    'partlyApproved',
    'recorded',
    'denied',
    'rejected',
    'closed',
  ],
  closed: ['none', 'inReview'],
};
