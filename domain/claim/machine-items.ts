// Which work items a claim's state wants open: of each kind one at most. Pure.

import type { WantedItem } from '../machine/items.ts';
import { after, dayMs } from '../machine/times.ts';
import type { Instant } from '../machine/times.ts';
import type { ClaimItemKind } from '../work-item/kinds.ts';
import { isInquiring, isWaiting } from './machine-plan.ts';
import { reviewDue } from './machine-times.ts';
import type { ClaimState } from './machine-state.ts';
import type { Phase } from './phases.ts';

/** What the payer is asked about when a wait is over. */
const questions: Readonly<Partial<Record<Phase, string>>> = {
  sent: 'acknowledgment',
  pending: 'status',
  overdue: 'payment',
  awaitingRemittance: 'remittance',
  partlyPaid: 'payment',
  reversed: 'reversal',
  appealPending: 'appeal',
};

/** The items that should be open now; while held only the hold itself and the question whether something was sent. */
export function wantedItems(state: ClaimState, at: Instant): readonly WantedItem<ClaimItemKind>[] {
  const { phase, held, submission, denial, fix, appeal, books } = state;
  if (phase === 'closed') return [];
  const items: WantedItem<ClaimItemKind>[] = [];
  const soon = reviewDue(state, at);
  const tomorrow = after(at, dayMs);
  const { frequency = null, attempt = null } = submission ?? {};
  const about = { frequency, attempt };
  const want = (
    name: string,
    kind: ClaimItemKind,
    dueAt: Instant,
    context: WantedItem<ClaimItemKind>['context'],
  ): void => {
    items.push({ name, kind, dueAt, context });
  };
  if (phase === 'uncertain' && submission !== null && submission.inquireAt === null && !isInquiring(state)) {
    want(`uncertain-${frequency}-${attempt}`, 'claim.uncertain', tomorrow, about);
  }
  if (held !== null) {
    want('held', 'claim.held', tomorrow, { ...about, why: held.why });
    return items;
  }
  const why =
    denial === null
      ? {}
      : {
          denialClass: denial.class,
          whatToDo: denial.whatToDo,
          group: denial.group,
          reason: denial.reason,
          remarks: denial.remarks.join(' '),
          cents: denial.cents,
          decideBy: denial.decideBy,
          posting: denial.posting,
        };
  switch (phase) {
    case 'toFix':
      if (fix !== null && !fix.isDone)
        want(`fix-${frequency}-${attempt}`, 'claim.fix', soon, {
          ...about,
          ...why,
          cause: fix.cause,
          codes: fix.codes,
        });
      break;
    case 'inReview':
      want(`submit-${frequency}-${attempt}`, 'claim.submit', soon, {
        ...about,
        version: submission?.version ?? null,
        blocks: state.plan?.blocks ?? null,
      });
      break;
    case 'sendingByStaff':
      want(`send-${frequency}-${attempt}`, 'claim.send', soon, { ...about, what: 'claim' });
      break;
    case 'denied':
      want(`denied-${denial?.posting ?? 'told'}`, 'claim.denied', soon, { ...about, ...why });
      break;
    case 'appealInReview':
      want(`appeal-${appeal?.number ?? 0}`, 'claim.appeal', soon, { ...why, what: appeal?.kind ?? null });
      break;
    case 'appealSending':
      want(`sendAppeal-${appeal?.number ?? 0}`, 'claim.send', soon, { ...why, what: appeal?.kind ?? null });
      break;
    case 'patientBalance':
      if (state.dueBy === null || state.isLate)
        want('patient', 'claim.patientBalance', soon, { cents: books?.patientCents ?? null });
      break;
    case 'paymentPlan':
      if (state.dueBy === null) want('plan', 'claim.paymentPlan', soon, { cents: books?.patientCents ?? null });
      break;
    default:
      break;
  }
  if (isWaiting(state) && mustAsk(state)) {
    const question = state.attention ?? questions[phase] ?? 'status';
    want(`ask-${phase}-${question}`, 'claim.followUp', tomorrow, { ...about, question, dueBy: state.dueBy });
  }
  return items;
}

/** The wait is over, the payer asks for something, or nobody is asking it any more. */
function mustAsk({ phase, isLate, attention, submission }: ClaimState): boolean {
  if (isLate || phase === 'overdue' || attention !== null) return true;
  return phase === 'pending' && submission?.pollLost === true;
}
