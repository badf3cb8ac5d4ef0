// The authorization's state machine: what happened goes in, what is to be done comes out. Pure, JSON in and out.

import type { StepAnswer } from '../step/call.ts';
import { isRepeated, itemOf, refusal } from './machine-decisions.ts';
import {
  afterAnswer,
  afterSubmission,
  answerOfStep,
  heldNoted,
  holdEnded,
  noted,
  numberCorrected,
  requiresNone,
} from './machine-answers.ts';
import {
  after,
  escalationRole,
  hasOpenPartial,
  inquiriesBeforePerson,
  isAbout,
  isElectronic,
  isForgotten,
  nextInquiry,
  nextPoll,
  restUntil,
  retryAt,
  turnaroundEnds,
  untilInstant,
  wantsLook,
} from './machine-plan.ts';
import { reconcile } from './machine-reconcile.ts';
import type {
  Advance,
  AuthorizationState,
  Command,
  Decision,
  MachineEvent,
  OpenItem,
  Request,
} from './machine-state.ts';
import type { Draft } from './machine-draft.ts';
import { begin } from './machine-draft.ts';
import type { Assessment } from './assessment.ts';
import type { RequestKind } from './schema.ts';

/**
 * Takes one event. Facts are written first; then the difference between what the new state wants open, asked or polled and what
 * is, becomes commands. An event that does not fit the state changes nothing.
 * @returns the next state (JSON-safe) and the commands in the order they should be begun
 */
export function advance(state: AuthorizationState, event: MachineEvent): Advance {
  const draft = begin(state, event.at);
  switch (event.type) {
    case 'changed':
      draft.commands.push({ type: 'assess' });
      break;
    case 'checkNow':
      check(draft);
      break;
    case 'assessed':
      draft.state = { ...draft.state, assessment: event.assessment, need: event.assessment.need, lookedAt: event.at };
      assessed(draft);
      break;
    case 'itemOpened':
      opened(draft, event.key, event.workItem);
      break;
    case 'decided':
      if (!isRepeated(state, event) && refusal(state, event) === null) decided(draft, event);
      break;
    case 'answered':
      answered(draft, event.ask, event.answer);
      break;
    case 'askFailed':
      askFailed(draft, event.ask);
      break;
    case 'callFailed':
      draft.state = {
        ...draft.state,
        retries: [...draft.state.retries, { command: event.command, at: retryAt(event.at), code: event.code }],
      };
      break;
    case 'tick':
      tick(draft);
      break;
    case 'closed':
      close(draft, 'workflow', null);
      break;
  }
  reconcile(draft);
  return { state: draft.state, commands: draft.commands };
}

/** `true` when the workflow may end: closed so long ago that it is forgotten, and nothing on its way. */
export function isFinished(state: AuthorizationState): boolean {
  return state.phase === 'closed' && state.closedAt === null && state.asks.length === 0;
}

function check(draft: Draft): void {
  const { state } = draft;
  const polling = state.asks.some((ask) => ask.purpose === 'poll');
  const waiting = state.phase === 'pending' || state.phase === 'overdue';
  const canPoll = state.held === null && waiting && isElectronic(state);
  if (polling || canPoll) {
    for (const ask of state.asks) if (ask.purpose === 'poll') draft.commands.push({ type: 'stopAsk', id: ask.id });
    draft.state = { ...state, asks: state.asks.filter((ask) => ask.purpose !== 'poll') };
    patch(draft, { pollLost: false, pollAt: null });
    return;
  }
  // A person who asks for a check wants the proposal again even if it was set aside before.
  draft.state = { ...state, rest: null, phase: state.phase === 'closed' ? 'none' : state.phase };
  if (state.phase === 'closed') draft.state = { ...draft.state, closedAt: null, request: null };
  draft.commands.push({ type: 'assess' });
}

function assessed(draft: Draft): void {
  const { assessment, phase } = draft.state;
  if (assessment === null) return;
  if (phase === 'closed') {
    const { rest } = draft.state;
    const rests = rest === null || (assessment.period <= rest.period && (rest.until === null || draft.at < rest.until));
    if (rests || !isNeed(assessment.need)) return;
    draft.state = { ...draft.state, phase: 'none', closedAt: null, request: null };
  }
  if (assessment.need === 'held') {
    if (draft.state.held === null) hold(draft);
    return;
  }
  if (draft.state.held !== null) draft.state = { ...draft.state, held: null };
  propose(draft);
}

function isNeed(need: AuthorizationState['need']): need is 'initial' | 'renewal' {
  return need === 'initial' || need === 'renewal';
}

/** Opens, keeps or withdraws the request that the newest assessment asks for. */
function propose(draft: Draft): void {
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
    pollAt: null,
    open: null,
    requested: { visits: null, units: null },
    from: null,
    to: null,
  };
}

/** Begins a new request: always the next attempt, so that no effect key is ever used for two approvals. */
function review(draft: Draft, period: number, kind: RequestKind, phase: 'inReview' | 'appealInReview'): void {
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
function hold(draft: Draft): void {
  const { phase } = draft.state;
  const withdraw = phase === 'inReview' || phase === 'appealInReview' || phase === 'sendingByStaff';
  draft.state = { ...draft.state, held: { since: draft.at } };
  if (withdraw) draft.state = withoutRequest(draft.state);
  heldNoted(draft);
}

function withoutRequest(state: AuthorizationState): AuthorizationState {
  return { ...state, phase: 'none', request: null };
}

function opened(draft: Draft, key: string, workItem: string): void {
  if (draft.state.items.some((item) => item.key === key)) {
    const items = draft.state.items.map((item) => (item.key === key ? { ...item, workItem } : item));
    draft.state = { ...draft.state, items };
  } else if (!draft.state.decided.some((one) => one.workItem === workItem)) {
    draft.commands.push({ type: 'closeItem', workItem, reason: 'superseded' });
  }
}

function decided(draft: Draft, decision: Decision): void {
  const item = itemOf(draft.state, decision);
  if (item === null) return;
  settle(draft, item, decision);
  if (item.kind === 'authorization.answer' && draft.state.request !== null) patch(draft, { attention: null });
  const { by, workItem, outcome = {} } = decision;
  const { request } = draft.state;
  switch (decision.decision) {
    case 'approve':
      approve(draft, decision);
      break;
    case 'reject':
      if (request === null) return;
      noted(draft, 'requestRejected', by, workItem);
      draft.state = {
        ...draft.state,
        phase: 'rejected',
        rest: { period: request.period, until: restUntil(draft.state, draft.at) },
      };
      break;
    case 'sent':
      afterSubmission(draft, { by, workItem, channel: outcome.channel ?? 'portal', at: outcome.at ?? draft.at });
      break;
    case 'wasSent':
      afterSubmission(draft, { by, workItem, channel: 'electronic', at: draft.at });
      break;
    case 'wasNotSent':
      noted(draft, 'notSent', by, workItem);
      again(draft);
      break;
    case 'answered':
      afterAnswer(draft, { ...outcome, status: outcome.status ?? 'unknown' }, by, workItem);
      break;
    case 'stillPending':
      draft.state = { ...draft.state, phase: 'pending' };
      patch(draft, { dueBy: untilInstant(outcome.until ?? '', draft.at), pollLost: false });
      break;
    case 'accept':
      accept(draft, item, by, workItem);
      break;
    case 'appeal':
      if (request !== null) review(draft, request.period, 'appeal', 'appealInReview');
      break;
    case 'resume':
      holdEnded(draft, 'resumed', by, workItem);
      draft.state = { ...draft.state, held: null, need: 'none' };
      break;
    case 'askNewPayer':
      leaveOldPayer(draft, by, workItem);
      break;
    case 'close': {
      leaveOldPayer(draft, by, workItem);
      close(draft, by, workItem);
      // What was approved is no cover any more, so the very next period is the one a later need asks for.
      const period = (draft.state.rest?.period ?? 1) + 1;
      draft.state = { ...draft.state, rest: { period, until: restUntil(draft.state, draft.at) } };
      break;
    }
    case 'recorded':
      recorded(draft, item.name, by, workItem);
      break;
    case 'corrected':
      draft.state = { ...draft.state, need: 'none' };
      numberCorrected(draft, outcome.number ?? 'present', by, workItem);
      break;
    case 'notRequired':
      requiresNone(draft, outcome.on ?? draft.at.slice(0, 10), by, workItem);
      draft.state = { ...withoutRequest(draft.state), need: 'none' };
      break;
    case 'moved':
    case 'covered':
    case 'goAhead':
      draft.state = {
        ...draft.state,
        visitsDecided: [...draft.state.visitsDecided, item.name].slice(-visitsRemembered),
      };
      break;
    case 'done':
    case 'notDone':
      break;
  }
}

/** More visits than a patient has in the days between two imports. */
const visitsRemembered = 20;

/** A decision is delivered again within minutes or never; an authorization has some twenty in a year. */
const decidedRemembered = 20;

/** What the old payer was asked or has approved is over; the next look opens the first request to the present one. */
function leaveOldPayer(draft: Draft, by: string, workItem: string): void {
  holdEnded(draft, 'coverageReplaced', by, workItem);
  draft.state = { ...withoutRequest(draft.state), held: null, need: 'none', recordings: [], rest: null };
}

/** Takes a decided item off the open ones and remembers it, so that a second decision is told from a wrong one. */
function settle(draft: Draft, item: OpenItem, { workItem, id }: Decision): void {
  draft.state = {
    ...draft.state,
    items: draft.state.items.filter((one) => one.key !== item.key),
    decided: [...draft.state.decided, { workItem, decision: id }].slice(-decidedRemembered),
  };
}

function approve(draft: Draft, decision: Decision): void {
  const { outcome = {}, hash = null, by, workItem } = decision;
  patch(draft, {
    approval: hash,
    approvedItem: workItem,
    requested: outcome.requested ?? { visits: null, units: null },
    from: outcome.from ?? null,
    to: outcome.to ?? null,
  });
  noted(draft, 'requestApproved', by, workItem);
  draft.state = { ...draft.state, phase: isElectronic(draft.state) ? 'submitting' : 'sendingByStaff' };
}

function accept(draft: Draft, item: OpenItem, by: string, workItem: string): void {
  const { request } = draft.state;
  if (request === null) return;
  patch(draft, { open: null });
  if (item.kind === 'authorization.denied') {
    noted(draft, 'denialAccepted', by, workItem);
    draft.state = { ...draft.state, rest: { period: request.period, until: null } };
  } else {
    noted(draft, 'partialAccepted', by, workItem);
  }
}

/** The request goes back to a person, as a new attempt. */
function again(draft: Draft): void {
  const { request } = draft.state;
  if (request !== null) review(draft, request.period, request.kind, 'inReview');
}

function close(draft: Draft, by: string, workItem: string | null): void {
  const period = draft.state.assessment?.period ?? draft.state.request?.period ?? 1;
  noted(draft, 'closed', by, workItem);
  draft.state = {
    ...draft.state,
    phase: 'closed',
    held: null,
    need: 'none',
    closedAt: draft.at,
    recordings: [],
    rest: { period, until: null },
  };
}

function answered(draft: Draft, id: string, answer: StepAnswer): void {
  const ask = draft.state.asks.find((one) => one.id === id);
  if (ask === undefined) return;
  if ('error' in answer) {
    askFailed(draft, id);
    return;
  }
  draft.state = { ...draft.state, asks: draft.state.asks.filter((one) => one.id !== id) };
  const structure = answer.structure ?? {};
  if (ask.purpose === 'record') {
    if (answer.outcome === 'recorded') recorded(draft, id, 'workflow', null);
    else byPerson(draft, id, typeof structure['workItem'] === 'string' ? structure['workItem'] : null);
    return;
  }
  if (!isAbout(ask, draft.state.request) || draft.state.phase === 'closed') return;
  if (ask.purpose === 'poll') {
    const read = answerOfStep(answer.outcome, structure);
    if (read.status === 'unknown' || read.status === 'pended') {
      const asksForPerson = answer.outcome === 'attention' ? { attention: (read.reasonCodes ?? []).join(' ') } : {};
      patch(draft, { pollAt: nextPoll(draft.state, draft.at), ...asksForPerson });
    } else afterAnswer(draft, read, 'workflow', null);
    return;
  }
  submissionAnswered(draft, answer.outcome, structure);
}

function submissionAnswered(draft: Draft, outcome: string, structure: Readonly<Record<string, unknown>>): void {
  const { phase, request } = draft.state;
  if (request === null || (phase !== 'submitting' && phase !== 'uncertain')) return;
  switch (outcome) {
    case 'accepted':
    case 'pended':
    case 'approved':
    case 'partlyApproved':
    case 'denied':
      afterSubmission(draft, { by: 'workflow', workItem: request.approvedItem, channel: 'electronic', at: draft.at });
      if (outcome !== 'accepted') afterAnswer(draft, answerOfStep(outcome, structure), 'workflow', null);
      break;
    case 'blocked':
    case 'notSent':
      noted(draft, 'notSent', 'workflow', request.approvedItem);
      if (draft.state.held === null) again(draft);
      else draft.state = withoutRequest(draft.state);
      break;
    case 'shadow':
      // Shadow mode records what would have been sent: the packet still has to leave by hand.
      draft.state =
        draft.state.held === null ? { ...draft.state, phase: 'sendingByStaff' } : withoutRequest(draft.state);
      break;
    default:
      doubtful(draft);
  }
}

/** Whether the payer has the request is unknown: inquire a few times, then a person finds out. It is never sent again. */
function doubtful(draft: Draft): void {
  const { request, phase } = draft.state;
  if (request === null) return;
  if (phase !== 'uncertain') noted(draft, 'uncertain', 'workflow', request.approvedItem);
  draft.state = { ...draft.state, phase: 'uncertain' };
  patch(draft, { inquireAt: request.inquiries < inquiriesBeforePerson ? nextInquiry(draft.at) : null });
}

function askFailed(draft: Draft, id: string): void {
  const ask = draft.state.asks.find((one) => one.id === id);
  if (ask === undefined) return;
  draft.state = { ...draft.state, asks: draft.state.asks.filter((one) => one.id !== id) };
  if (ask.purpose === 'record') byPerson(draft, id, null);
  else if (!isAbout(ask, draft.state.request)) return;
  else if (ask.purpose === 'poll') patch(draft, { pollLost: true });
  else if (draft.state.phase === 'submitting' || draft.state.phase === 'uncertain') doubtful(draft);
}

function recorded(draft: Draft, id: string, by: string, workItem: string | null): void {
  const { request, phase } = draft.state;
  const done = draft.state.recordings.find((one) => one.id === id);
  draft.state = { ...draft.state, recordings: draft.state.recordings.filter((one) => one.id !== id) };
  if (phase === 'closed') return;
  noted(draft, 'recorded', by, workItem);
  const current =
    done?.period === request?.period && done?.kind === request?.kind && done?.attempt === request?.attempt;
  if (current && (phase === 'approved' || phase === 'partlyApproved'))
    draft.state = { ...draft.state, phase: 'recorded' };
}

function byPerson(draft: Draft, id: string, workItem: string | null): void {
  const recordings = draft.state.recordings.map((one) =>
    one.id === id ? { ...one, how: 'byPerson' as const, workItem } : one,
  );
  draft.state = { ...draft.state, recordings };
}

function patch(draft: Draft, change: Partial<Request>): void {
  if (draft.state.request !== null) draft.state = { ...draft.state, request: { ...draft.state.request, ...change } };
}

function tick(draft: Draft): void {
  const { at } = draft;
  if (isForgotten(draft.state, at)) draft.state = { ...draft.state, closedAt: null };
  const due = draft.state.retries.filter((retry) => retry.at <= at);
  draft.state = { ...draft.state, retries: draft.state.retries.filter((retry) => retry.at > at) };
  for (const { command } of due) if (isStillWanted(draft.state, command)) draft.commands.push(command);
  const items = draft.state.items.map((item) => {
    if (item.workItem === null) return item;
    if (!item.reminded && item.remindAt <= at) {
      draft.commands.push({ type: 'remindItem', workItem: item.workItem });
      return { ...item, reminded: true, escalateAt: item.escalateAt > at ? item.escalateAt : after(at, 3_600_000) };
    }
    if (item.reminded && !item.escalated && item.escalateAt <= at) {
      draft.commands.push({
        type: 'escalateItem',
        workItem: item.workItem,
        role: escalationRole(draft.state, item.kind),
      });
      return { ...item, escalated: true };
    }
    return item;
  });
  draft.state = { ...draft.state, items };
  const { request, phase, held } = draft.state;
  if (phase === 'pending' && held === null && request?.dueBy && request.dueBy <= at) {
    draft.state = { ...draft.state, phase: 'overdue' };
    noted(draft, 'overdue', 'workflow', null);
  }
  if (wantsLook(draft.state, at)) {
    draft.state = { ...draft.state, lookedAt: at };
    draft.commands.push({ type: 'assess' });
  }
}

/** A command that the server refused is worth another try only while the state still calls for it. */
function isStillWanted(state: AuthorizationState, command: Command): boolean {
  if (command.type === 'openItem') return state.items.some((item) => item.key === command.key);
  if (command.type === 'remindItem' || command.type === 'escalateItem') {
    return state.items.some((item) => item.workItem === command.workItem);
  }
  return true;
}
