// What an authorization's state wants to be true outside: which work items open, which steps asked, when to wake. Pure.

import { reminderTimes } from '../machine/items.ts';
import type { WantedItem } from '../machine/items.ts';
import { after, dayMs, earliest, hourMs, withinDay } from '../machine/times.ts';
import type { Instant } from '../machine/times.ts';
import type { Ask, AuthorizationState, ItemKind, Recording, Request } from './machine-state.ts';

/** When neither regulation nor contract nor the clinic names a turnaround, a pending request is looked at after so many days. */
const lookAgainDays = 14;
/** A closed authorization is remembered so long, that the next imports do not wake it. */
const closedMemoryMs = 90 * dayMs;
/** Two looks caused by the calendar alone lie at least so far apart. */
const lookPauseMs = 12 * hourMs;
/** Dates have no hour and the domain no clinic's zone: 09:00 UTC is before opening in every US zone. */
const beforeOpening = 'T09:00:00.000Z';

/** A work item that should be open; `workItem`: the server has opened it already. */
export interface WantedAuthorizationItem extends WantedItem<ItemKind> {
  readonly workItem: string | null;
}

/** The end of the payer's expected turnaround for a request that went out at `at`. */
export function turnaroundEnds(state: AuthorizationState, at: Instant): Instant {
  const days = state.assessment?.policy.turnaroundDays ?? state.assessment?.projection.turnaround.days ?? lookAgainDays;
  return after(at, days * dayMs);
}

/** When a rejected request may be proposed again. */
export function restUntil(state: AuthorizationState, at: Instant): Instant {
  return after(at, Math.max(1, state.assessment?.policy.reviewDueDays ?? 1) * dayMs);
}

/** When to poll again after an answer that settled nothing. */
export function nextPoll(state: AuthorizationState, at: Instant): Instant {
  return after(at, (state.assessment?.policy.pollEveryMinutes ?? 240) * 60_000);
}

/** `true` once a closed authorization need not be remembered any longer. */
export function isForgotten(state: AuthorizationState, at: Instant): boolean {
  return state.phase === 'closed' && state.closedAt !== null && after(state.closedAt, closedMemoryMs) <= at;
}

function reviewDue(state: AuthorizationState, at: Instant): Instant {
  const policyDue = after(at, (state.assessment?.policy.reviewDueDays ?? 1) * dayMs);
  const actBy = state.assessment?.actBy;
  if (actBy === null || actBy === undefined) return policyDue;
  const due = withinDay(actBy) < policyDue ? withinDay(actBy) : policyDue;
  return due > at ? due : after(at, hourMs);
}

function requestContext(request: Request): WantedAuthorizationItem['context'] {
  return { period: request.period, requestKind: request.kind, attempt: request.attempt, approval: request.approval };
}

/** The items that should be open now; while held only the hold itself and the question whether something was sent. */
export function wantedItems(state: AuthorizationState, at: Instant): readonly WantedAuthorizationItem[] {
  if (state.phase === 'closed') return [];
  const items: WantedAuthorizationItem[] = [];
  const want = (name: string, kind: ItemKind, dueAt: Instant, more: Partial<WantedAuthorizationItem> = {}): void => {
    items.push({ name, kind, dueAt, context: {}, workItem: null, ...more });
  };
  const { request } = state;
  const soon = reviewDue(state, at);
  if (request !== null && state.phase === 'uncertain' && request.inquireAt === null && !isInquiring(state)) {
    want('uncertain', 'authorization.uncertain', after(at, dayMs), { context: requestContext(request) });
  }
  if (state.held !== null) {
    want('held', 'authorization.held', after(at, dayMs), { context: { period: state.assessment?.period ?? null } });
    return items;
  }
  if (request !== null) {
    const context = requestContext(request);
    switch (state.phase) {
      case 'inReview':
      case 'appealInReview':
        want(`request-${request.period}-${request.kind}-${request.attempt}`, 'authorization.request', soon, {
          context: { ...context, notSentBy: request.notSentBy },
        });
        break;
      case 'sendingByStaff':
        want('send', 'authorization.send', soon, { context });
        break;
      case 'pending':
      case 'overdue':
        if (request.attention !== null) {
          const asked = { ...context, attention: request.attention };
          want('answer', 'authorization.answer', after(at, dayMs), { context: asked });
        } else if (state.phase === 'overdue' || request.pollLost || !isElectronic(state)) {
          const due = request.dueBy ?? after(at, dayMs);
          want('answer', 'authorization.answer', due > at ? due : after(at, dayMs), { context });
        }
        break;
      case 'denied':
        if (request.open === 'denied') want('denied', 'authorization.denied', after(at, dayMs), { context });
        break;
      default:
        break;
    }
    if (hasOpenPartial(state)) want('partial', 'authorization.partial', after(at, dayMs), { context });
  }
  for (const recording of state.recordings) {
    if (recording.how !== 'byPerson') continue;
    const { period, kind, attempt, workItem } = recording;
    const context = { period, requestKind: kind, attempt };
    want(recording.id, 'authorization.record', after(at, dayMs), { workItem, context });
  }
  if (state.need === 'number') {
    want('number', 'authorization.number', soon, { context: { period: state.assessment?.period ?? null } });
  }
  const visit = uncoveredVisit(state);
  // Every other item tells of the uncovered visit too, and what to do about it.
  if (items.length === 0 && visit !== null && visit.warnAt <= at) {
    const due = visit.date + beforeOpening;
    want(visit.name, 'authorization.uncovered', due > at ? due : after(at, hourMs), {
      context: { period: state.assessment?.period ?? null },
    });
  }
  return items;
}

/** The first visit nothing covers, unless a person has decided about it, and from when a person must know. */
function uncoveredVisit(
  state: AuthorizationState,
): { readonly name: string; readonly date: string; readonly warnAt: Instant } | null {
  const uncovered = state.assessment?.uncovered ?? null;
  if (uncovered === null) return null;
  const name = `uncovered-${uncovered.appointment}`;
  if (state.visitsDecided.includes(name)) return null;
  return { name, date: uncovered.date, warnAt: uncovered.warnOn + beforeOpening };
}

function isInquiring(state: AuthorizationState): boolean {
  return state.asks.some(
    (ask) => (ask.purpose === 'inquire' || ask.purpose === 'submit') && isAbout(ask, state.request),
  );
}

/** Whether a question is about the request in hand: one about an earlier request is answered, but changes nothing any more. */
export function isAbout({ structure }: Ask, request: Request | null): boolean {
  return (
    request !== null &&
    structure.period === request.period &&
    structure.kind === request.kind &&
    structure.attempt === request.attempt
  );
}

/** The payer approved less than was asked and nobody has said yet whether that is accepted. */
export function hasOpenPartial(state: AuthorizationState): boolean {
  return state.request?.open === 'partial' && (state.phase === 'partlyApproved' || state.phase === 'recorded');
}

/**
 * Whether the request in hand goes to the payer and is asked about by a step. An appeal never is: as another 278 the payer
 * would take it for a duplicate of the request it denied, so a person sends it.
 */
export function isElectronic(state: AuthorizationState): boolean {
  return state.assessment?.route === 'submitAfterApproval' && state.request?.kind !== 'appeal';
}

/** Whether the payer should be polled. */
export function wantsPoll(state: AuthorizationState, at: Instant): boolean {
  const pollAt = state.request?.pollAt ?? null;
  return (
    (pollAt === null || pollAt <= at) &&
    state.held === null &&
    (state.phase === 'pending' || state.phase === 'overdue') &&
    state.request !== null &&
    !state.request.pollLost &&
    isElectronic(state)
  );
}

/** The recordings that should be asked for now. */
export function wantedRecordings(state: AuthorizationState): readonly Recording[] {
  if (state.held !== null || state.phase === 'closed') return [];
  return state.recordings.filter((recording) => recording.how === 'notAsked');
}

/** Whether a submission whose fate is unknown should be inquired about now. */
export function wantsInquiry(state: AuthorizationState, at: Instant): boolean {
  const inquireAt = state.request?.inquireAt ?? null;
  return state.phase === 'uncertain' && inquireAt !== null && inquireAt <= at && !isInquiring(state);
}

/** Whether the calendar alone asks for another look at the facts. */
export function wantsLook(state: AuthorizationState, at: Instant): boolean {
  const next = nextLook(state);
  return next !== null && next <= at;
}

const restingPhases: ReadonlySet<string> = new Set(['none', 'recorded', 'rejected', 'denied']);

function nextLook(state: AuthorizationState): Instant | null {
  if (state.held !== null || !restingPhases.has(state.phase) || state.lookedAt === null) return null;
  const dates = [
    state.rest?.until ?? null,
    state.assessment?.nextLookOn ? state.assessment.nextLookOn + beforeOpening : null,
  ];
  const next = earliest(dates);
  if (next === null) return null;
  const soonest = after(state.lookedAt, lookPauseMs);
  return next > soonest ? next : soonest;
}

/** When the machine wants its next `tick`: the earliest reminder, escalation, deadline, inquiry, look or retry; null: nothing is due. */
export function wakeAt(state: AuthorizationState): Instant | null {
  const times: (Instant | null)[] = state.retries.map((retry) => retry.at);
  times.push(...reminderTimes(state.items));
  if (state.phase === 'closed') times.push(state.closedAt === null ? null : after(state.closedAt, closedMemoryMs));
  if (state.phase === 'pending' && state.held === null) times.push(state.request?.dueBy ?? null);
  if (state.phase === 'pending' || state.phase === 'overdue') {
    const pollAt = state.request?.pollAt ?? null;
    if (pollAt !== null && wantsPoll(state, pollAt) && !state.asks.some((ask) => ask.purpose === 'poll'))
      times.push(pollAt);
  }
  if (state.phase === 'uncertain' && !isInquiring(state)) times.push(state.request?.inquireAt ?? null);
  times.push(nextLook(state));
  if (state.items.length === 0 && state.phase !== 'closed') times.push(uncoveredVisit(state)?.warnAt ?? null);
  return earliest(times);
}

/** The poll of a request, under an id that is new for each round. */
export function pollAsk(state: AuthorizationState, request: Request, round: number): Ask {
  return {
    id: `status-${request.period}-${request.kind}-${request.attempt}-${round}`,
    purpose: 'poll',
    step: 'authorization.status',
    item: state.authorization,
    structure: {
      ...baseStructure(state, request),
      pollEveryMinutes: state.assessment?.policy.pollEveryMinutes ?? 240,
    },
  };
}

/** The question to write an approval into the PT system. */
export function recordAsk(state: AuthorizationState, recording: Recording): Ask {
  return {
    id: recording.id,
    purpose: 'record',
    step: 'authorization.record',
    item: state.authorization,
    structure: baseStructure(state, recording),
  };
}

/**
 * The submission of an approved request, or an inquiry about it under the same effect key.
 * Null when nobody approved a revision: then there is nothing that may be sent.
 */
export function submitAsk(state: AuthorizationState, request: Request, inquiry: number | null): Ask | null {
  if (request.approval === null || request.approvedItem === null) return null;
  const { period, kind, attempt } = request;
  const id = `submit-${period}-${kind}-${attempt}`;
  return {
    id: inquiry === null ? id : `${id}-inquiry-${inquiry}`,
    purpose: inquiry === null ? 'submit' : 'inquire',
    step: 'authorization.submit',
    item: request.approvedItem,
    structure: {
      ...baseStructure(state, request),
      approval: request.approval,
      effectKey: `authorization.submit/${state.authorization}/${period}/${kind}/${attempt}`,
    },
  };
}

function baseStructure(
  state: AuthorizationState,
  of: { readonly period: number; readonly kind: Request['kind']; readonly attempt: number },
): Ask['structure'] {
  return {
    authorization: state.authorization,
    payer: state.assessment?.payer ?? 'unknown',
    period: of.period,
    kind: of.kind,
    attempt: of.attempt,
  };
}
