// The claim's clocks: how long each wait may last, by the terms of its payer. Pure.

import { after, dayMs, hourMs, withinDay } from '../machine/times.ts';
import type { Instant } from '../machine/times.ts';
import type { ClaimState } from './machine-state.ts';
import type { ClaimTerms } from './terms.ts';

/** An appeal whose answer no regulation dates is asked about after so many days. */
const appealLookDays = 30;
/** A claim that waits for its books to settle, or for nothing that is dated, is looked at after so many days. */
const lookAgainDays = 14;
/** A closed claim is remembered so long: a payer may reopen its decision within a year for any reason (42 CFR 405.980(b)(1)). */
export const closedMemoryMs = 365 * dayMs;
function days(state: ClaimState, term: 'overdueDays' | 'remittanceDays' | 'statementDays' | 'firstStatusDays'): number {
  return state.plan?.terms[term] ?? lookAgainDays;
}

/** When the claim's own acknowledgment should be there. */
export function acknowledgmentDue(state: ClaimState, sentAt: Instant): Instant {
  return after(sentAt, (state.plan?.terms.acknowledgeHours ?? 72) * hourMs);
}

/** When the claim should be paid. */
export function paymentDue(state: ClaimState, sentAt: Instant): Instant {
  return after(sentAt, days(state, 'overdueDays') * dayMs);
}

/** When the remittance about a decision should be there. */
export function remittanceDue(state: ClaimState, at: Instant): Instant {
  return after(at, days(state, 'remittanceDays') * dayMs);
}

/** When a statement's time is over. */
export function statementDue(state: ClaimState, at: Instant): Instant {
  return after(at, days(state, 'statementDays') * dayMs);
}

/** When an appeal should be answered. */
export function appealAnswerDue(state: ClaimState, sentAt: Instant): Instant {
  return after(sentAt, (state.plan?.terms.appealAnswerDays ?? appealLookDays) * dayMs);
}

/** The first question how the claim stands. */
export function firstPoll(state: ClaimState, sentAt: Instant): Instant {
  return after(sentAt, days(state, 'firstStatusDays') * dayMs);
}

/** The next question after an answer that settled nothing. */
export function nextPoll(state: ClaimState, at: Instant): Instant {
  return after(at, pollEveryMinutes(state.plan?.terms) * 60_000);
}

/** A day, where nothing is known of the payer's pace. */
export function pollEveryMinutes(terms: ClaimTerms | undefined): number {
  return terms?.pollEveryMinutes ?? 1_440;
}

/** By when a person should have looked at an item. */
export function reviewDue(state: ClaimState, at: Instant): Instant {
  const due = after(at, (state.plan?.terms.reviewDueDays ?? 1) * dayMs);
  const { denial } = state;
  const last = denial?.decideBy ?? null;
  const fileBy = state.hasLeft ? null : (state.plan?.fileBy ?? null);
  const dates = [due, ...(last === null ? [] : [withinDay(last)]), ...(fileBy === null ? [] : [withinDay(fileBy)])];
  const first = dates.sort()[0] ?? due;
  return first > at ? first : after(at, hourMs);
}
