// What a person's decision does to the authorization.

import { decidedItem } from '../machine/decisions.ts';
import type { OpenItem } from '../machine/items.ts';
import { untilInstant } from '../machine/times.ts';
import { afterAnswer, afterSubmission, holdEnded, noted, numberCorrected, requiresNone } from './machine-answers.ts';
import { recorded } from './machine-steps.ts';
import { patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { isElectronic, restUntil } from './machine-plan.ts';
import { again, review, withoutRequest } from './machine-proposals.ts';
import type { Decision, ItemKind } from './machine-state.ts';

export function decided(draft: Draft, decision: Decision): void {
  const item = decidedItem(draft.state, decision);
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
    default:
      // Decisions on items of no authorization never come here.
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
function settle(draft: Draft, item: OpenItem<ItemKind>, { workItem, id }: Decision): void {
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

function accept(draft: Draft, item: OpenItem<ItemKind>, by: string, workItem: string): void {
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

export function close(draft: Draft, by: string, workItem: string | null): void {
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
