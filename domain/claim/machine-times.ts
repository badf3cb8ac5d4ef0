// The claim's clocks: how long each wait may last, by the terms of its payer. Pure.

import type { ClaimState, Instant } from './machine-state.ts';
import type { ClaimTerms } from './terms.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A doubtful sending is inquired about so often, so far apart, before a person is asked. */
export const inquiriesBeforePerson = 3;
const inquiryPauseMs = 15 * 60_000;
/** A call the server refused for good, and an assessment that does not come, are tried again after this pause. */
export const refusedCallPauseMs = hourMs;
/** An appeal whose answer no regulation dates is asked about after so many days. */
const appealLookDays = 30;
/** A claim that waits for its books to settle, or for nothing that is dated, is looked at after so many days. */
const lookAgainDays = 14;
/** A closed claim is remembered so long: a payer may reopen its decision within a year for any reason (42 CFR 405.980(b)(1)). */
export const closedMemoryMs = 365 * dayMs;
/** Dates have no hour and the domain no clinic's zone: 17:00 UTC is within the day of every US zone. */
const withinTheDay = 'T17:00:00.000Z';

/** `at` plus milliseconds, as an instant. */
export function after(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** A date or an instant named by a person, as an instant not before `at`. */
export function untilInstant(until: string, at: Instant): Instant {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(until) ? until + withinTheDay : until;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) || ms <= Date.parse(at) ? after(at, dayMs) : new Date(ms).toISOString();
}

/** A date as an instant within that day. */
export function withinDay(date: string): Instant {
  return date + withinTheDay;
}

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

/** When to inquire again about a sending whose fate is unknown. */
export function nextInquiry(at: Instant): Instant {
  return after(at, inquiryPauseMs);
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
