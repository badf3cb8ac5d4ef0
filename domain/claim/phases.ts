// Where a claim can stand in its life.

/** Where the claim stands; `held` lies over it (see `statusOf`). */
export const phases = [
  'new',
  'toFix',
  'inReview',
  'submitting',
  'sendingByStaff',
  'uncertain',
  'sent',
  'pending',
  'overdue',
  'awaitingRemittance',
  'partlyPaid',
  'reversed',
  'denied',
  'appealInReview',
  'appealSending',
  'appealPending',
  'patientBalance',
  'paymentPlan',
  'closed',
] as const;

export type Phase = (typeof phases)[number];

/** What a person or a list is shown. */
export type ClaimStanding = Phase | 'held';
