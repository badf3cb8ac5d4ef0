// The ways between a claim's states, as a table and as a picture; a test holds both against the machine.

import type { ClaimStanding } from '../machine-state.ts';

/** From each state, the states one event may lead to. */
export const ways: Readonly<Partial<Record<ClaimStanding, readonly ClaimStanding[]>>> = {
  new: ['toFix', 'inReview', 'pending', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  toFix: ['inReview', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  inReview: [
    'toFix',
    'submitting',
    'sendingByStaff',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  submitting: [
    'toFix',
    'sendingByStaff',
    'uncertain',
    'sent',
    'pending',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  sendingByStaff: ['toFix', 'pending', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  uncertain: ['toFix', 'sent', 'pending', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  sent: [
    'toFix',
    'inReview',
    'pending',
    'awaitingRemittance',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  pending: [
    'toFix',
    'inReview',
    'overdue',
    'awaitingRemittance',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  overdue: [
    'toFix',
    'inReview',
    'pending',
    'awaitingRemittance',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  awaitingRemittance: ['toFix', 'inReview', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  partlyPaid: ['toFix', 'inReview', 'awaitingRemittance', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  reversed: ['toFix', 'inReview', 'awaitingRemittance', 'partlyPaid', 'denied', 'patientBalance', 'held', 'closed'],
  denied: ['toFix', 'inReview', 'partlyPaid', 'reversed', 'appealInReview', 'patientBalance', 'held', 'closed'],
  appealInReview: ['denied', 'appealSending', 'patientBalance', 'held', 'closed'],
  appealSending: ['denied', 'appealPending', 'patientBalance', 'held', 'closed'],
  appealPending: [
    'toFix',
    'inReview',
    'awaitingRemittance',
    'partlyPaid',
    'reversed',
    'denied',
    'patientBalance',
    'held',
    'closed',
  ],
  patientBalance: ['inReview', 'partlyPaid', 'reversed', 'denied', 'paymentPlan', 'held', 'closed'],
  paymentPlan: ['inReview', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held', 'closed'],
  held: [
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
  ],
  closed: ['inReview', 'partlyPaid', 'reversed', 'denied', 'patientBalance', 'held'],
};

/** The table as pairs. */
export function transitions(): readonly (readonly [string, string])[] {
  return Object.entries(ways).flatMap(([from, all]) => all.map((to) => [from, to] as const));
}

const apart: readonly string[] = ['held', 'closed'];

/** The picture; holding and closing are possible nearly everywhere and stand in words beside it. */
export function diagram(): string {
  const drawn = transitions().filter(([from, to]) => !apart.includes(from) && !apart.includes(to));
  const listed = (found: readonly string[]): string => found.map((state) => `\`${state}\``).join(', ');
  const into = (state: string): string => listed(transitions().flatMap(([from, to]) => (to === state ? [from] : [])));
  const outOf = (state: string): string => listed(transitions().flatMap(([from, to]) => (from === state ? [to] : [])));
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> new',
    ...drawn.map(([from, to]) => `  ${from} --> ${to}`),
    '```',
    '',
    `- **held** is entered from ${into('held')}; it is left for ${outOf('held')}.`,
    `- **closed** is entered from ${into('closed')}; it is left for ${outOf('closed')}.`,
  ].join('\n');
}
