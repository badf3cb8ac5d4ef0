// Why a decision on a work item of a claim is refused, in plain words; asked before anything is changed. Pure.

import { isDate } from '../calendar.ts';
import { isRepeated, itemRefusal, missingPatience, missingPerson, missingSending } from '../machine/decisions.ts';
import { isWaiting } from './machine-plan.ts';
import type { ClaimState, Decision, VoidWish } from './machine-state.ts';

/** The reason why this decision cannot be taken now, as a sentence without PHI; null if it can. */
export function refusal(state: ClaimState, decision: Decision): string | null {
  if (isRepeated(state, decision)) return null;
  return itemRefusal(state, decision, 'claim') ?? missingOutcome(decision);
}

/** The reason why the claim cannot be taken back now; null if it can. */
export function voidRefusal(state: ClaimState, wish: VoidWish): string | null {
  if (state.heard.includes(wish.id)) return null;
  const missing = missingPerson(wish);
  if (missing !== null) return missing;
  if (state.held !== null) return 'The claim is held; decide about the hold first.';
  const isWithPayer = isWaiting(state) || state.phase === 'patientBalance' || state.phase === 'paymentPlan';
  if (!state.hasLeft || !(isWithPayer || state.phase === 'denied' || state.phase === 'closed'))
    return 'Only a claim that the payer has can be taken back.';
  if (state.submission?.frequency === '8') return 'The claim is being taken back already.';
  if (!state.payerNumberKnown) return "The payer's own number of the claim is not known yet; a void must name it.";
  if (state.plan?.terms.replacements === 'notAccepted')
    return 'This payer takes no void claims; ask it to reopen its decision.';
  return null;
}

function missingOutcome({ decision, hash, outcome, at }: Decision): string | null {
  switch (decision) {
    case 'approve':
      return hash ? null : 'An approval must name the revision it approves.';
    case 'sent':
      return missingSending(outcome, at);
    case 'stillPending':
      return missingPatience(outcome);
    case 'agreed':
      if (!outcome?.consent) return 'A payment plan needs the agreement the patient signed.';
      return outcome.until === undefined || !isDate(outcome.until) ? "Say the day of the plan's last payment." : null;
    default:
      return null;
  }
}
