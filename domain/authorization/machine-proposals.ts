// Which request is opened, kept or withdrawn: what the newest assessment asks for, and what a hold takes back.

import { untilInstant } from '../machine/times.ts';
import type { Assessment } from './assessment.ts';
import { heldNoted, noted } from './machine-answers.ts';
import { patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { hasOpenPartial, turnaroundEnds } from './machine-plan.ts';
import type { AuthorizationState, Request } from './machine-state.ts';
import type { RequestKind } from './schema.ts';

export function isNeed(need: AuthorizationState['need']): need is 'initial' | 'renewal' {
  return need === 'initial' || need === 'renewal';
}

/** Opens, keeps or withdraws the request that the newest assessment asks for. */
export function propose(draft: Draft): void {
  const { assessment, need, phase, request, rest } = draft.state;
  if (assessment === null || draft.state.held !== null) return;
  if (phase === 'inReview' && request !== null) {
    if (isNeed(need) && need === request.kind && assessment.period === request.period) return;
    draft.state = withoutRequest(draft.state);
  }
  if (adoptedAndSettled(draft.state)) draft.state = withoutRequest(draft.state);
  const free = draft.state.phase;
  const idle =
    free === 'none' || free === 'recorded' || free === 'rejected' || (free === 'denied' && request?.open === null);
  if (!idle || hasOpenPartial(draft.state)) return;
  const resting = (period: number): boolean =>
    rest !== null && rest.period === period && (rest.until === null || draft.at < rest.until);
  if (isNeed(need)) {
    if (!resting(assessment.period)) review(draft, assessment.period, need, 'inReview');
  } else if (assessment.pending !== null) {
    adoptPending(draft, assessment.pending);
  } else if (assessment.denied !== null && !resting(assessment.denied.period) && free !== 'denied') {
    const { period } = assessment.denied;
    draft.state = {
      ...draft.state,
      phase: 'denied',
      request: { ...newRequest(period, kindOf(period), 0), open: 'denied' },
    };
  }
}

/** A request that was sent without Gait, as the PT system's export tells: a person follows it, because no step of ours knows it. */
function adoptPending(draft: Draft, pending: NonNullable<Assessment['pending']>): void {
  const submittedAt = pending.since === null ? draft.at : untilInstant(pending.since, pending.since);
  const dueBy = pending.dueOn === null ? turnaroundEnds(draft.state, submittedAt) : `${pending.dueOn}T17:00:00.000Z`;
  const request = {
    ...newRequest(pending.period, kindOf(pending.period), 0),
    submittedAt,
    dueBy,
    pollLost: true,
    requested: pending.requested,
  };
  draft.state = { ...draft.state, phase: 'pending', request };
}

/** Attempt 0 marks a request Gait did not send; once the import shows its end there is nothing left to follow. */
function adoptedAndSettled(state: AuthorizationState): boolean {
  const { request, phase, assessment } = state;
  if (request === null || request.attempt !== 0 || assessment === null) return false;
  if (phase === 'pending' || phase === 'overdue') return assessment.pending === null;
  return phase === 'denied' && request.open === 'denied' && assessment.denied === null;
}

function kindOf(period: number): RequestKind {
  return period === 1 ? 'initial' : 'renewal';
}

function newRequest(period: number, kind: RequestKind, attempt: number): Request {
  return {
    period,
    kind,
    attempt,
    approval: null,
    approvedItem: null,
    submittedAt: null,
    dueBy: null,
    inquiries: 0,
    inquireAt: null,
    pollLost: false,
    attention: null,
    notSentBy: null,
    pollAt: null,
    open: null,
    requested: { visits: null, units: null },
    from: null,
    to: null,
  };
}

/** Begins a new request: always the next attempt, so that no effect key is ever used for two approvals. */
export function review(draft: Draft, period: number, kind: RequestKind, phase: 'inReview' | 'appealInReview'): void {
  const counter = `${period}/${kind}`;
  const attempt = (draft.state.attempts[counter] ?? 0) + 1;
  const request = newRequest(period, kind, attempt);
  draft.state = {
    ...draft.state,
    phase,
    request,
    rest: null,
    attempts: { ...draft.state.attempts, [counter]: attempt },
  };
  noted(draft, phase === 'inReview' ? 'requestOpened' : 'appealStarted', 'workflow', null);
}

/** Coverage or payer changed: drafts are withdrawn, what was sent stays sent, everything else waits. */
export function hold(draft: Draft): void {
  const { phase } = draft.state;
  const withdraw = phase === 'inReview' || phase === 'appealInReview' || phase === 'sendingByStaff';
  draft.state = { ...draft.state, held: { since: draft.at } };
  if (withdraw) draft.state = withoutRequest(draft.state);
  heldNoted(draft);
}

export function withoutRequest(state: AuthorizationState): AuthorizationState {
  return { ...state, phase: 'none', request: null };
}

/** The request goes back to a person, as a new attempt; `notSentBy` is the rule or code that kept this one back. */
export function again(draft: Draft, notSentBy: string | null = null): void {
  const { request } = draft.state;
  if (request === null) return;
  review(draft, request.period, request.kind, 'inReview');
  patch(draft, { notSentBy });
}
