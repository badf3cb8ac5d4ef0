// What acknowledgments, statuses and steps tell of the claim: received, sent back, decided, or nothing yet.

import { refusalCode } from '../machine/refusal-code.ts';
import type { StepAnswer } from '../step/call.ts';
import { goTo, isNew, noted, patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { isAbout, submissionKeyOf } from './machine-plan.ts';
import { comesBack, doubtful, submitted } from './machine-submissions.ts';
import { nextPoll, paymentDue, remittanceDue } from './machine-times.ts';
import type { Acknowledgment } from './machine-state.ts';
import { standingOf } from './standing.ts';
import type { Standing } from './standing.ts';

/** A TA1, 999 or 277CA. The batch may be accepted and the claim in it rejected: only a 277CA accepts a claim. */
export function acknowledged(draft: Draft, id: string, said: Acknowledgment): void {
  if (!isNew(draft, id)) return;
  const { submission, phase, hasLeft } = draft.state;
  if (submission === null) return;
  // Without a key it can only be about the first that left.
  const names = said.key === null ? !hasLeft : said.key === submissionKeyOf(draft.state, submission);
  const isThis = names && submission.approval !== null;
  if ((phase === 'submitting' || phase === 'uncertain') && isThis) {
    // What is acknowledged was sent.
    submitted(draft, { by: 'workflow', workItem: submission.approvedItem, byHand: false, at: draft.at });
  } else if ((said.key !== null && !names) || !['sent', 'pending', 'overdue'].includes(phase)) return;
  if (!said.accepted) sentBack(draft, said.codes);
  else if (said.level === '277CA') accepted(draft);
}

function accepted(draft: Draft): void {
  if (draft.state.phase !== 'sent') return;
  const sentAt = draft.state.submission?.submittedAt ?? draft.at;
  goTo(draft, 'pending', paymentDue(draft.state, sentAt));
  noted(draft, 'acknowledged');
}

/** The claim never came into adjudication: corrected, it is sent again as what it was. */
function sentBack(draft: Draft, codes: string | null): void {
  noted(draft, 'sentBack', { detail: codes });
  comesBack(draft, 'sentBack', codes);
}

/** A claim status (277), whoever asked for it. */
export function statusTold(draft: Draft, id: string, standing: Standing, codes: string | null): void {
  if (isNew(draft, id)) stands(draft, standing, codes);
}

function stands(draft: Draft, standing: Standing, codes: string | null): void {
  const { phase } = draft.state;
  if (phase !== 'sent' && phase !== 'pending' && phase !== 'overdue') return;
  switch (standing) {
    case 'sentBack':
      sentBack(draft, codes);
      break;
    case 'decided':
      goTo(draft, 'awaitingRemittance', remittanceDue(draft.state, draft.at));
      noted(draft, 'decidedByPayer', { detail: codes });
      break;
    case 'accepted':
    case 'pending':
      accepted(draft);
      draft.state = { ...draft.state, attention: null };
      break;
    case 'moreInformation':
      accepted(draft);
      draft.state = { ...draft.state, attention: 'moreInformation' };
      break;
    case 'notOnFile':
      // Before its first acknowledgment a claim is on nobody's file.
      if (phase !== 'sent') draft.state = { ...draft.state, attention: 'notOnFile' };
      break;
    case 'nothing':
      break;
  }
}

export function answered(draft: Draft, id: string, answer: StepAnswer): void {
  const ask = draft.state.asks.find((one) => one.id === id);
  if (ask === undefined) return;
  if ('error' in answer) {
    askFailed(draft, id);
    return;
  }
  draft.state = { ...draft.state, asks: draft.state.asks.filter((one) => one.id !== id) };
  if (!isAbout(ask, draft.state.submission)) return;
  const structure = answer.structure ?? {};
  if (ask.purpose !== 'poll') {
    submissionAnswered(draft, answer.outcome, structure);
    return;
  }
  patch(draft, { pollAt: nextPoll(draft.state, draft.at) });
  if (answer.outcome === 'notFound') stands(draft, 'notOnFile', null);
  const category = structure['category'];
  if (answer.outcome !== 'answered' || typeof category !== 'string') return;
  const code = structure['code'];
  stands(draft, standingOf(category), typeof code === 'string' ? `${category} ${code}` : category);
}

function submissionAnswered(draft: Draft, outcome: string, structure: Readonly<Record<string, unknown>>): void {
  const { phase, submission } = draft.state;
  if (submission === null || (phase !== 'submitting' && phase !== 'uncertain')) return;
  switch (outcome) {
    // `sent`: a file left for the clearinghouse, which tells by its own acknowledgments whether it took it.
    case 'accepted':
    case 'sent':
      submitted(draft, { by: 'workflow', workItem: submission.approvedItem, byHand: false, at: draft.at });
      break;
    case 'rejected':
    case 'blocked':
    case 'notSent':
      noted(draft, 'notSent', { workItem: submission.approvedItem, detail: refusalCode(structure) });
      comesBack(draft, 'notSent', refusalCode(structure));
      break;
    case 'shadow':
      // Shadow mode records what would have been sent: the claim still has to leave by hand.
      goTo(draft, 'sendingByStaff');
      break;
    default:
      doubtful(draft);
      break;
  }
}

export function askFailed(draft: Draft, id: string): void {
  const ask = draft.state.asks.find((one) => one.id === id);
  if (ask === undefined) return;
  draft.state = { ...draft.state, asks: draft.state.asks.filter((one) => one.id !== id) };
  if (!isAbout(ask, draft.state.submission)) return;
  if (ask.purpose === 'poll') patch(draft, { pollLost: true });
  else if (draft.state.phase === 'submitting' || draft.state.phase === 'uncertain') doubtful(draft);
}

/** A person wants to know now: the payer is asked if it can be, else the claim is looked at again. */
export function restartPoll(draft: Draft): boolean {
  const { submission, phase } = draft.state;
  if (draft.state.held !== null || submission?.channel !== 'electronic') return false;
  if (phase !== 'pending' && phase !== 'overdue') return false;
  for (const ask of draft.state.asks) if (ask.purpose === 'poll') draft.commands.push({ type: 'stopAsk', id: ask.id });
  draft.state = { ...draft.state, asks: draft.state.asks.filter((ask) => ask.purpose !== 'poll') };
  patch(draft, { pollLost: false, pollAt: null });
  return true;
}
