// What a step's answer, or its absence, does to the authorization.

import { refusalCode } from '../machine/refusal-code.ts';
import { inquiriesBeforePerson, nextInquiry } from '../machine/times.ts';
import type { StepAnswer } from '../step/call.ts';
import { afterAnswer, afterSubmission, answerOfStep, noted } from './machine-answers.ts';
import { patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { isAbout, nextPoll } from './machine-plan.ts';
import { again, withoutRequest } from './machine-proposals.ts';

export function answered(draft: Draft, id: string, answer: StepAnswer): void {
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
      if (draft.state.held === null) again(draft, refusalCode(structure));
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

export function askFailed(draft: Draft, id: string): void {
  const ask = draft.state.asks.find((one) => one.id === id);
  if (ask === undefined) return;
  draft.state = { ...draft.state, asks: draft.state.asks.filter((one) => one.id !== id) };
  if (ask.purpose === 'record') byPerson(draft, id, null);
  else if (!isAbout(ask, draft.state.request)) return;
  else if (ask.purpose === 'poll') patch(draft, { pollLost: true });
  else if (draft.state.phase === 'submitting' || draft.state.phase === 'uncertain') doubtful(draft);
}

export function recorded(draft: Draft, id: string, by: string, workItem: string | null): void {
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
