// What a posting does to the claim: paid, partly paid, taken back, denied, or left to the patient. Pure.

import { addDays } from '../calendar.ts';
import { goTo, isNew, noted } from './machine-draft.ts';
import type { Draft } from './machine-draft.ts';
import { paymentDue, remittanceDue } from './machine-times.ts';
import type { ClaimState, Posting } from './machine-state.ts';
import type { Phase } from './phases.ts';
import { close, review, submitted } from './machine-submissions.ts';

/** Phases in which a correction or an appeal is prepared: only a claim that is settled after all takes it back. */
const preparing: ReadonlySet<Phase> = new Set<Phase>([
  'toFix',
  'inReview',
  'sendingByStaff',
  'appealInReview',
  'appealSending',
]);

/** Phases that end when nothing is owed any more, whoever paid; a denial leaves nothing open in the books and ends by a decision. */
const settling: ReadonlySet<Phase> = new Set<Phase>([
  'awaitingRemittance',
  'partlyPaid',
  'reversed',
  'patientBalance',
  'paymentPlan',
]);

/** Takes what was posted; of two postings the one that stands later in the ledger is true, in whatever order they come. */
export function posted(draft: Draft, id: string, posting: Posting): void {
  if (!isNew(draft, id)) return;
  const { phase, submission, hasLeft } = draft.state;
  if (posting.payerNumberKnown) draft.state = { ...draft.state, payerNumberKnown: true };
  if (posting.ledger <= (draft.state.books?.ledger ?? -1)) return;
  const { ledger, insuranceCents, patientCents } = posting;
  draft.state = { ...draft.state, books: { ledger, insuranceCents, patientCents } };
  if (phase === 'submitting' || phase === 'uncertain') {
    const isFirst = posting.source === 'remittance' && !hasLeft;
    if (!isFirst) {
      draft.state = { ...draft.state, waitingPosting: { id, posting } };
      return;
    }
    // A payer decides on nothing it does not have.
    submitted(draft, { by: 'workflow', workItem: submission?.approvedItem ?? null, byHand: false, at: draft.at });
  }
  read(draft, id, posting);
}

/** Once it is known whether the submission left, what was posted meanwhile is read. */
export function readWaiting(draft: Draft): void {
  const { waitingPosting, phase } = draft.state;
  if (waitingPosting === null || phase === 'submitting' || phase === 'uncertain') return;
  draft.state = { ...draft.state, waitingPosting: null };
  read(draft, waitingPosting.id, waitingPosting.posting);
}

function read(draft: Draft, id: string, posting: Posting): void {
  const doubt = doubtOf(posting);
  if (doubt !== null) {
    hold(draft, doubt, 'books');
    return;
  }
  // The books add up again.
  if (draft.state.held?.by === 'books') endBooksHold(draft);
  const { phase, hasLeft } = draft.state;
  const owed = (posting.insuranceCents ?? 0) > 0;
  if (posting.source !== 'remittance') {
    if (!owed && (settling.has(phase) || phase === 'closed')) settle(draft, posting);
    else if (phase === 'closed') goTo(open(draft), 'partlyPaid', paymentDue(draft.state, draft.at));
    return;
  }
  // What a payer decides about has left, with Gait or without it.
  draft.state = { ...draft.state, hasLeft: true };
  if (hasLeft && preparing.has(phase) && (owed || posting.denial !== null)) {
    if (posting.denial !== null) remember(draft, id, posting);
    return;
  }
  draft.state = { ...draft.state, fix: null };
  if (posting.denial !== null) {
    remember(draft, id, posting);
    goTo(open(draft), 'denied');
    noted(draft, 'denied', { detail: posting.denial.reason });
  } else if (posting.reversal && draft.state.submission?.frequency === '8') close(draft, 'voided');
  else if (!owed) settle(draft, posting);
  else if (posting.reversal) goTo(open(draft), 'reversed', remittanceDue(draft.state, draft.at));
  else goTo(open(draft), 'partlyPaid', paymentDue(draft.state, draft.at));
}

/** Amounts nobody knows, and amounts paid too much, are no state of a claim but a question to a person. */
function doubtOf({ doubt, insuranceCents, patientCents }: Posting): string | null {
  if (doubt !== null) return doubt;
  // The patient's part is known when insurance has said its last word.
  if (insuranceCents === null || (insuranceCents === 0 && patientCents === null)) return 'books.unknown';
  // What Medicare paid too much is reported and returned within 60 days (42 CFR 401.305).
  if (insuranceCents < 0) return 'books.overpaid';
  return (patientCents ?? 0) < 0 ? 'books.patientCredit' : null;
}

function remember(draft: Draft, id: string, { denial, on }: Posting): void {
  if (denial === null) return;
  const decideBy = denial.deadlineDays === null ? null : addDays(on, denial.deadlineDays);
  draft.state = { ...draft.state, denial: { ...denial, posting: id, decideBy, isLate: false } };
}

/** Insurance owes nothing more: the rest is the patient's, or the claim is done. */
export function settle(draft: Draft, { patientCents }: Pick<ClaimState['books'] & object, 'patientCents'>): void {
  draft.state = { ...draft.state, denial: null, appeal: null, fix: null };
  if ((patientCents ?? 0) > 0) {
    const { phase } = draft.state;
    if (phase !== 'patientBalance' && phase !== 'paymentPlan') goTo(open(draft), 'patientBalance');
  } else if (draft.state.phase !== 'closed') close(draft, 'paid');
}

/** Back to what the books say: nothing that was being prepared counts. */
export function backToBooks(draft: Draft): void {
  const { books } = draft.state;
  draft.state = { ...draft.state, submission: null, fix: null };
  if (books !== null && (books.insuranceCents ?? 1) <= 0) settle(draft, books);
  else goTo(draft, 'partlyPaid', paymentDue(draft.state, draft.at));
}

/** Drafts are withdrawn, what was sent stays sent, everything else waits. */
export function hold(draft: Draft, why: string, by: 'plan' | 'books'): void {
  const { phase, held } = draft.state;
  if (phase === 'closed') open(draft);
  if (held?.why === why && held.by === by) return;
  draft.state = { ...draft.state, held: { since: held?.since ?? draft.at, why, by } };
  noted(draft, 'held', { detail: why });
}

/** What the server holds the claim for stays so. */
function endBooksHold(draft: Draft): void {
  const { held, plan } = draft.state;
  if (held !== null && plan !== null && plan.hold !== null)
    draft.state = { ...draft.state, held: { ...held, why: plan.hold, by: 'plan' } };
  else release(draft);
}

/** The hold is over. What was under review is laid before a person anew: its item was closed. */
export function release(draft: Draft): void {
  draft.state = { ...draft.state, held: null };
  const { phase, submission } = draft.state;
  if (phase === 'inReview' && submission !== null) review(draft, submission.frequency);
}

/** What was closed is open again. */
function open(draft: Draft): Draft {
  if (draft.state.phase === 'closed') {
    goTo(draft, 'partlyPaid', paymentDue(draft.state, draft.at));
    draft.state = { ...draft.state, closed: null };
  }
  return draft;
}
