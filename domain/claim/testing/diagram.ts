// The ways between a claim's states; a test holds them and their picture against the machine.

import { phases } from '../phases.ts';
import type { ClaimStanding } from '../phases.ts';

/** Whatever is being done about a claim, its books may settle it, and something may hold it. */
const settled = ['patientBalance', 'held', 'closed'] as const satisfies readonly ClaimStanding[];
/** Once it is with the payer, or may be, every answer of the payer may come. */
const answered = ['partlyPaid', 'reversed', 'denied', ...settled] as const satisfies readonly ClaimStanding[];

/** From each state, the states one event may lead to. */
export const ways: Readonly<Partial<Record<ClaimStanding, readonly ClaimStanding[]>>> = {
  new: ['toFix', 'inReview', 'pending', ...answered],
  toFix: ['inReview', ...answered],
  inReview: ['toFix', 'submitting', 'sendingByStaff', ...answered],
  submitting: ['toFix', 'sendingByStaff', 'uncertain', 'sent', 'pending', ...answered],
  sendingByStaff: ['toFix', 'pending', ...answered],
  uncertain: ['toFix', 'sent', 'pending', ...answered],
  sent: ['toFix', 'inReview', 'pending', 'awaitingRemittance', ...answered],
  pending: ['toFix', 'inReview', 'overdue', 'awaitingRemittance', ...answered],
  overdue: ['toFix', 'inReview', 'pending', 'awaitingRemittance', ...answered],
  awaitingRemittance: ['toFix', 'inReview', ...answered],
  partlyPaid: ['toFix', 'inReview', 'awaitingRemittance', 'reversed', 'denied', ...settled],
  reversed: ['toFix', 'inReview', 'awaitingRemittance', 'partlyPaid', 'denied', ...settled],
  denied: ['toFix', 'inReview', 'partlyPaid', 'reversed', 'appealInReview', ...settled],
  appealInReview: ['denied', 'appealSending', ...settled],
  appealSending: ['denied', 'appealPending', ...settled],
  appealPending: ['toFix', 'inReview', 'awaitingRemittance', ...answered],
  patientBalance: ['inReview', 'partlyPaid', 'reversed', 'denied', 'paymentPlan', 'held', 'closed'],
  paymentPlan: ['inReview', 'partlyPaid', 'reversed', 'denied', ...settled],
  held: phases,
  closed: ['inReview', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held'],
};
