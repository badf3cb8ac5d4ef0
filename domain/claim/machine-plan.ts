// What a claim's state wants to be true outside: which steps asked, when to wake. Pure.

import { claimKey } from '../effect/key.ts';
import { reminderTimes } from '../machine/items.ts';
import { after, earliest, refusedCallPauseMs, withinDay } from '../machine/times.ts';
import type { Instant } from '../machine/times.ts';
import { closedMemoryMs, pollEveryMinutes } from './machine-times.ts';
import type { Ask, AskStructure, ClaimState, Submission } from './machine-state.ts';
import type { Phase } from './phases.ts';

/** Phases in which nothing but the payer's word is waited for. */
const waits: ReadonlySet<Phase> = new Set<Phase>([
  'sent',
  'pending',
  'overdue',
  'awaitingRemittance',
  'partlyPaid',
  'reversed',
  'appealPending',
]);

/** Whether the claim waits for its payer. */
export function isWaiting({ phase }: Pick<ClaimState, 'phase'>): boolean {
  return waits.has(phase);
}

/** Whether the end of `dueBy` changes anything. */
export function wantsDeadline(state: ClaimState): boolean {
  if (state.held !== null || state.dueBy === null || state.isLate) return false;
  return isWaiting(state)
    ? state.phase !== 'overdue'
    : state.phase === 'patientBalance' || state.phase === 'paymentPlan';
}

/** Whether a question is about the submission in hand: one about an earlier one changes nothing any more. */
export function isAbout({ structure }: Ask, submission: Submission | null): boolean {
  return (
    submission !== null && structure.frequency === submission.frequency && structure.attempt === submission.attempt
  );
}

/** Whether the fate of the submission in hand is being asked about. */
export function isInquiring(state: ClaimState): boolean {
  return state.asks.some((ask) => ask.purpose !== 'poll' && isAbout(ask, state.submission));
}

/** Whether the payer may be asked by a step how the claim stands. */
export function canPoll(state: ClaimState): boolean {
  const { submission, phase } = state;
  return (
    state.held === null &&
    (phase === 'pending' || phase === 'overdue') &&
    submission?.channel === 'electronic' &&
    !submission.pollLost
  );
}

/** Whether the payer should be asked now. */
export function wantsPoll(state: ClaimState, at: Instant): boolean {
  const pollAt = state.submission?.pollAt ?? null;
  return canPoll(state) && (pollAt === null || pollAt <= at);
}

/** Whether a sending whose fate is unknown should be inquired about now. */
export function wantsInquiry(state: ClaimState, at: Instant): boolean {
  const inquireAt = state.submission?.inquireAt ?? null;
  return state.phase === 'uncertain' && inquireAt !== null && inquireAt <= at && !isInquiring(state);
}

/** `true` once a closed claim need not be remembered any longer. */
export function isForgotten({ closed }: ClaimState, at: Instant): boolean {
  return closed !== null && after(closed.at, closedMemoryMs) <= at;
}

/** When an assessment that has not come is asked for again. */
export function assessAgainAt({ assessing, phase }: ClaimState): Instant | null {
  return assessing === null || phase === 'closed' ? null : after(assessing, refusedCallPauseMs);
}

/** When the machine wants its next `tick`: the earliest reminder, deadline, inquiry, question or retry; null: nothing is due. */
export function wakeAt(state: ClaimState): Instant | null {
  const times: (Instant | null)[] = state.retries.map((retry) => retry.at);
  times.push(...reminderTimes(state.items));
  const { closed, submission, denial } = state;
  if (closed !== null && !closed.isForgotten) times.push(after(closed.at, closedMemoryMs));
  if (wantsDeadline(state)) times.push(state.dueBy);
  if (canPoll(state) && !state.asks.some((ask) => ask.purpose === 'poll')) times.push(submission?.pollAt ?? null);
  if (state.phase === 'uncertain' && !isInquiring(state)) times.push(submission?.inquireAt ?? null);
  if (watchesDenial(state) && denial?.decideBy) times.push(withinDay(denial.decideBy));
  times.push(assessAgainAt(state));
  return earliest(times);
}

/** Whether the last day to answer the denial still matters. */
export function watchesDenial({ denial, phase, held }: ClaimState): boolean {
  if (denial === null || denial.isLate || denial.decideBy === null || held !== null) return false;
  return phase === 'denied' || phase === 'appealInReview' || phase === 'appealSending';
}

/** The key under which a submission is sent, once. */
export function submissionKeyOf(state: Pick<ClaimState, 'claim'>, { frequency, attempt }: Submission): string {
  return claimKey({ claim: state.claim, frequency, attempt });
}

/** The question how the claim stands, under an id that is new for each round. */
export function pollAsk(state: ClaimState, submission: Submission, round: number): Ask {
  return {
    id: `status-${submission.frequency}-${submission.attempt}-${round}`,
    purpose: 'poll',
    step: 'claim.status',
    item: state.claim,
    structure: { ...structureOf(state, submission), pollEveryMinutes: pollEveryMinutes(state.plan?.terms) },
  };
}

/**
 * The sending of an approved claim, or an inquiry about it under the same effect key.
 * Null when nobody approved a revision: then there is nothing that may be sent.
 */
export function submitAsk(state: ClaimState, submission: Submission, inquiry: number | null): Ask | null {
  const { approval, approvedItem, frequency, attempt } = submission;
  if (approval === null || approvedItem === null) return null;
  const id = `submit-${frequency}-${attempt}`;
  return {
    id: inquiry === null ? id : `${id}-inquiry-${inquiry}`,
    purpose: inquiry === null ? 'submit' : 'inquire',
    step: 'claim.submit',
    item: approvedItem,
    structure: { ...structureOf(state, submission), approval, effectKey: submissionKeyOf(state, submission) },
  };
}

function structureOf(state: ClaimState, { frequency, attempt }: Submission): AskStructure {
  return { claim: state.claim, payer: state.plan?.payer ?? 'unknown', frequency, attempt };
}
