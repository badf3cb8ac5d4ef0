// What a person's decision does to the claim.

import { decidedItem } from '../machine/decisions.ts';
import { nextNumber } from '../machine/draft.ts';
import { untilInstant } from '../machine/times.ts';
import { backToBooks, release, settle } from './machine-books.ts';
import { assess, goTo, isNew, noted, patch } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { close, comesBack, review, submitted } from './machine-submissions.ts';
import { appealAnswerDue, paymentDue, remittanceDue, statementDue } from './machine-times.ts';
import type { Appeal, Decision, OpenDenial, VoidWish } from './machine-state.ts';

/** A decision is delivered again within minutes or never; a claim has some twenty in its life. */
const decidedRemembered = 30;

export function decided(draft: Draft, decision: Decision): void {
  const item = decidedItem(draft.state, decision);
  if (item === null) return;
  const { by, workItem, outcome = {}, id } = decision;
  draft.state = {
    ...draft.state,
    items: draft.state.items.filter((one) => one.key !== item.key),
    decided: [...draft.state.decided, { workItem, decision: id }].slice(-decidedRemembered),
  };
  const { phase } = draft.state;
  const sentAt = outcome.at ?? draft.at;
  switch (decision.decision) {
    case 'fixed':
      if (draft.state.fix !== null) draft.state = { ...draft.state, fix: { ...draft.state.fix, isDone: true } };
      assess(draft);
      break;
    case 'approve':
      if (phase === 'appealInReview') approveAppeal(draft, decision);
      else approve(draft, decision);
      break;
    case 'reject':
      reject(draft, by, workItem);
      break;
    case 'sent':
      if (phase === 'appealSending') appealSent(draft, sentAt, by, workItem);
      else submitted(draft, { by, workItem, byHand: true, at: sentAt });
      break;
    case 'wasSent':
      submitted(draft, { by, workItem, byHand: false, at: draft.at });
      break;
    case 'wasNotSent':
      noted(draft, 'notSent', { by, workItem });
      comesBack(draft, 'notSent', null);
      break;
    case 'stillPending':
      goTo(draft, phase === 'overdue' ? 'pending' : phase, untilInstant(outcome.until ?? '', draft.at));
      patch(draft, { pollLost: false });
      break;
    case 'paid':
      goTo(draft, 'awaitingRemittance', remittanceDue(draft.state, draft.at));
      noted(draft, 'decidedByPayer', { by, workItem, detail: 'paid' });
      break;
    case 'denied':
      draft.state = { ...draft.state, denial: toldDenial(draft) };
      goTo(draft, 'denied');
      noted(draft, 'denied', { by, workItem });
      break;
    case 'notOnFile':
      comesBack(draft, 'notOnFile', null, '1');
      break;
    case 'correct':
      correct(draft, by, workItem);
      break;
    case 'appeal':
      startAppeal(draft, 'appeal', by, workItem);
      break;
    case 'billPatient':
      leftToPatient(draft, by, workItem);
      break;
    case 'writeOff':
      writeOff(draft, by, workItem);
      break;
    case 'resume':
      noted(draft, 'resumed', { by, workItem });
      release(draft);
      assess(draft);
      break;
    case 'close':
      close(draft, 'byPerson', by, workItem);
      break;
    case 'billed':
      goTo(draft, 'patientBalance', statementDue(draft.state, draft.at));
      noted(draft, 'statementSent', { by, workItem });
      break;
    case 'offerPlan':
      goTo(draft, 'paymentPlan');
      break;
    case 'agreed':
      goTo(draft, 'paymentPlan', untilInstant(outcome.until ?? '', draft.at));
      noted(draft, 'planAgreed', { by, workItem, detail: outcome.until ?? null });
      break;
    case 'declined':
      goTo(draft, 'patientBalance');
      break;
    default:
      // Decisions on items of no claim never come here.
      break;
  }
}

function approve(draft: Draft, { hash, by, workItem }: Decision): void {
  patch(draft, { approval: hash ?? null, approvedItem: workItem });
  goTo(draft, draft.state.plan?.route === 'staffSend' ? 'sendingByStaff' : 'submitting');
  noted(draft, 'submissionApproved', { by, workItem });
}

/** Nothing is sent: the draft goes back to where it came from. */
function reject(draft: Draft, by: string, workItem: string): void {
  const { denial, submission } = draft.state;
  noted(draft, 'submissionRejected', { by, workItem });
  draft.state = { ...draft.state, appeal: null };
  if (denial !== null) goTo(draft, 'denied');
  else if (submission?.frequency === '8') backToBooks(draft);
  else comesBack(draft, 'rejectedHere', null);
}

/** What the payer could not process is sent as a new claim; what it decided is replaced, or reopened where it takes no replacement. */
function correct(draft: Draft, by: string, workItem: string): void {
  const { denial, plan } = draft.state;
  if (denial?.whatToDo === 'resubmit') comesBack(draft, 'denied', codesOf(denial), '1');
  else if (plan?.terms.replacements === 'notAccepted') startAppeal(draft, 'reopening', by, workItem);
  else comesBack(draft, 'denied', codesOf(denial), '7');
}

function codesOf(denial: OpenDenial | null): string | null {
  return denial === null ? null : [`${denial.group}-${denial.reason}`, ...denial.remarks].join(' ');
}

function startAppeal(draft: Draft, kind: Appeal['kind'], by: string, workItem: string): void {
  draft.state = { ...draft.state, appeal: { kind, number: nextNumber(draft), approval: null, sentAt: null } };
  goTo(draft, 'appealInReview');
  noted(draft, 'appealStarted', { by, workItem, detail: kind });
}

function approveAppeal(draft: Draft, { hash, by, workItem }: Decision): void {
  const { appeal } = draft.state;
  if (appeal !== null) draft.state = { ...draft.state, appeal: { ...appeal, approval: hash ?? null } };
  goTo(draft, 'appealSending');
  noted(draft, 'appealApproved', { by, workItem });
}

function appealSent(draft: Draft, at: string, by: string, workItem: string): void {
  const sentAt = new Date(at).toISOString();
  const { appeal } = draft.state;
  if (appeal !== null) draft.state = { ...draft.state, appeal: { ...appeal, sentAt } };
  goTo(draft, 'appealPending', appealAnswerDue(draft.state, sentAt));
  noted(draft, 'appealSent', { by, workItem });
}

/** A denial a person heard of: nobody knows its codes yet. */
function toldDenial({ state: { denial, plan } }: Draft): OpenDenial {
  if (denial !== null) return denial;
  return {
    class: 'unknown',
    whatToDo: 'ask',
    role: 'biller',
    deadlineDays: plan?.terms.appealDays ?? null,
    deadlineCitation: plan?.terms.citations.appealDays ?? null,
    why: 'The payer told a person that it denied the claim.',
    rule: null,
    group: '',
    reason: '',
    remarks: [],
    cents: 0,
    posting: 'told',
    decideBy: null,
    isLate: false,
  };
}

/** What insurance leaves open becomes the patient's; the books follow from the event. */
function leftToPatient(draft: Draft, by: string, workItem: string): void {
  noted(draft, 'leftToPatient', { by, workItem });
  draft.state = { ...draft.state, denial: null };
  goTo(draft, 'patientBalance');
}

/** A named person gives up what is owed: of insurance first, of the patient where only that is left. */
function writeOff(draft: Draft, by: string, workItem: string): void {
  const { phase, books, submission } = draft.state;
  if (phase === 'toFix' && submission?.frequency === '8') {
    // The claim is not taken back after all; what it is worth has not changed.
    reject(draft, by, workItem);
    return;
  }
  const part = phase === 'patientBalance' ? 'patient' : phase === 'denied' ? 'insurance' : 'all';
  noted(draft, 'writtenOff', { by, workItem, detail: part });
  if (part === 'insurance' && (books?.patientCents ?? 0) > 0) settle(draft, { patientCents: books?.patientCents ?? 0 });
  else {
    draft.state = { ...draft.state, denial: null, fix: null };
    close(draft, 'writtenOff', by, workItem);
  }
}

/** A named person wants the payer to forget the claim: a void, approved and sent like any other claim. */
export function voidWished(draft: Draft, wish: VoidWish): void {
  if (!isNew(draft, wish.id)) return;
  draft.state = { ...draft.state, closed: null, denial: null, appeal: null };
  review(draft, '8');
  assess(draft);
}

/** What was paid by hand is asked about again when its time is over. */
export function waitOver(draft: Draft): void {
  const { phase } = draft.state;
  if (phase === 'paymentPlan') goTo(draft, 'patientBalance');
  else if (phase === 'pending') {
    goTo(draft, 'overdue', draft.state.dueBy ?? paymentDue(draft.state, draft.at));
    noted(draft, 'overdue');
  } else draft.state = { ...draft.state, isLate: true };
}
