// The ways between an authorization's states, as a table and as a picture; a test holds both against the machine.

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
    '  [*] --> none',
    ...drawn.map(([from, to]) => `  ${from} --> ${to}`),
    '```',
    '',
    `- **held** is entered from ${into('held')}; it is left for ${outOf('held')}.`,
    `- **closed** is entered from ${into('closed')}; it is left for ${outOf('closed')}.`,
  ].join('\n');
}
