// How a claim comes before a person, again and again if need be, and how its sending is told. Pure.

import { inquiriesBeforePerson, nextInquiry } from '../machine/times.ts';
import type { Frequency } from './event-schema.ts';
import { assess, goTo, noted, patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { acknowledgmentDue, firstPoll, paymentDue } from './machine-times.ts';
import type { CloseCause, Fix, FixCause, Submission } from './machine-state.ts';

function newSubmission(frequency: Frequency, attempt: number, version: number): Submission {
  return {
    frequency,
    attempt,
    version,
    approval: null,
    approvedItem: null,
    channel: null,
    submittedAt: null,
    inquiries: 0,
    inquireAt: null,
    pollAt: null,
    pollLost: false,
  };
}

/** Why this frequency cannot go to a person for approval yet; null: it can. */
function obstacle(draft: Draft, frequency: Frequency): FixCause | null {
  const { plan, payerNumberKnown } = draft.state;
  // What was wrong with a claim does not keep it from being taken back.
  if (frequency !== '8' && (plan?.blocks ?? 0) > 0) return 'findings';
  // A replacement or a void without the payer's number of the claim (REF*F8) is one more original.
  if (frequency !== '1' && !payerNumberKnown) return 'originalNumber';
  return null;
}

/** Lays the claim before a person: always as the next attempt, so that no effect key is ever used for two approvals. */
export function review(draft: Draft, frequency: Frequency): void {
  const { plan, attempts } = draft.state;
  const hindered = obstacle(draft, frequency);
  if (hindered !== null) {
    toFix(draft, frequency, { cause: hindered, codes: null });
    return;
  }
  const attempt = (attempts[frequency] ?? 0) + 1;
  draft.state = {
    ...draft.state,
    submission: newSubmission(frequency, attempt, plan?.version ?? 0),
    fix: null,
    attempts: { ...attempts, [frequency]: attempt },
  };
  goTo(draft, 'inReview');
  noted(draft, 'submissionOpened');
}

/** The claim waits until somebody has corrected it. */
export function toFix(draft: Draft, frequency: Frequency, fix: Pick<Fix, 'cause' | 'codes'>): void {
  const { plan, attempts } = draft.state;
  const version = plan?.version ?? 0;
  draft.state = {
    ...draft.state,
    submission: newSubmission(frequency, attempts[frequency] ?? 0, version),
    fix: { ...fix, version, isDone: false },
  };
  goTo(draft, 'toFix');
}

/** What the newest assessment makes of a claim that is being prepared. */
export function prepare(draft: Draft): void {
  const { plan, phase, submission, fix } = draft.state;
  if (plan === null || draft.state.held !== null) return;
  if (phase === 'new') {
    if (plan.sentBefore === null) review(draft, plan.frequency);
    else adopt(draft, plan.sentBefore);
  } else if (phase === 'inReview' && submission !== null) {
    // Whoever reviews the claim as it was would approve what is no longer so.
    const { version, frequency } = submission;
    if (plan.version !== version || obstacle(draft, frequency) !== null) review(draft, frequency);
  } else if (phase === 'toFix' && submission !== null && fix !== null) {
    if (fix.isDone || isMended(draft, fix, submission.frequency)) review(draft, submission.frequency);
  }
}

/** What could be seen to be wrong is seen to be right; what a payer or a person objected to has changed. */
function isMended(draft: Draft, { cause, version }: Fix, frequency: Frequency): boolean {
  if (obstacle(draft, frequency) !== null) return false;
  if (cause === 'findings' || cause === 'originalNumber') return true;
  return draft.state.plan?.version !== version;
}

/** A claim that went out without this workflow: it is followed from where it is. */
function adopt(
  draft: Draft,
  sent: { readonly frequency: Frequency; readonly attempt: number; readonly at: string },
): void {
  const submission = newSubmission(sent.frequency, sent.attempt, draft.state.plan?.version ?? 0);
  const submittedAt = new Date(sent.at).toISOString();
  const { attempts } = draft.state;
  draft.state = {
    ...draft.state,
    hasLeft: true,
    attempts: { ...attempts, [sent.frequency]: Math.max(sent.attempt, attempts[sent.frequency] ?? 0) },
    submission: { ...submission, channel: 'electronic', submittedAt, pollAt: firstPoll(draft.state, submittedAt) },
  };
  goTo(draft, 'pending', paymentDue(draft.state, submittedAt));
}

/** The claim left for the payer at `at`: from then its clocks run. */
export function submitted(
  draft: Draft,
  sent: { readonly by: string; readonly workItem: string | null; readonly byHand: boolean; readonly at: string },
): void {
  const submittedAt = new Date(sent.at).toISOString();
  const { by, workItem, byHand } = sent;
  draft.state = { ...draft.state, hasLeft: true };
  const pollAt = firstPoll(draft.state, submittedAt);
  patch(draft, { submittedAt, channel: byHand ? 'byHand' : 'electronic', inquireAt: null, pollAt });
  // Nobody acknowledges paper.
  if (byHand) goTo(draft, 'pending', paymentDue(draft.state, submittedAt));
  else goTo(draft, 'sent', acknowledgmentDue(draft.state, submittedAt));
  noted(draft, 'submitted', { by, workItem });
}

/** Whether the payer has the claim is unknown: inquire a few times, then a person finds out. It is never sent again. */
export function doubtful(draft: Draft): void {
  const { submission, phase } = draft.state;
  if (submission === null) return;
  if (phase !== 'uncertain') {
    goTo(draft, 'uncertain');
    noted(draft, 'uncertain');
  }
  patch(draft, { inquireAt: submission.inquiries < inquiriesBeforePerson ? nextInquiry(draft.at) : null });
}

/** The claim comes back to be corrected, and is looked at again. */
export function comesBack(draft: Draft, cause: FixCause, codes: string | null, frequency?: Frequency): void {
  const { submission } = draft.state;
  toFix(draft, frequency ?? submission?.frequency ?? '1', { cause, codes });
  assess(draft);
}

/** Nothing more is asked of anybody, unless the books or the payer say otherwise. */
export function close(draft: Draft, how: CloseCause, by = 'workflow', workItem: string | null = null): void {
  goTo(draft, 'closed');
  draft.state = {
    ...draft.state,
    held: null,
    assessing: null,
    closed: { at: draft.at, how, isForgotten: false },
    waitingPosting: null,
  };
  noted(draft, 'closed', { by, workItem, detail: how });
}
