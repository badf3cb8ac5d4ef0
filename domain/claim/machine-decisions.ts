// Why a decision on a work item of a claim is refused, in plain words; asked before anything is changed. Pure.

import { isDate } from '../calendar.ts';
import { isAllowedDecision } from '../work-item/kinds.ts';
import { isWaiting } from './machine-plan.ts';
import type { ClaimState, Decision, OpenItem, VoidWish } from './machine-state.ts';

/**
 * The open item a decision is about. A person may decide in the moment between the server's opening of an item and the
 * workflow's learning of its id: then the item of that kind whose id is not known yet is meant.
 */
export function itemOf(state: ClaimState, decision: Pick<Decision, 'workItem' | 'kind'>): OpenItem | null {
  const known = state.items.find((item) => item.workItem === decision.workItem);
  if (known !== undefined) return known;
  return state.items.find((item) => item.workItem === null && item.kind === decision.kind) ?? null;
}

/** `true` if exactly this decision was taken already: it is accepted again and changes nothing. */
export function isRepeated(state: ClaimState, { workItem, id }: Pick<Decision, 'workItem' | 'id'>): boolean {
  return state.decided.some((one) => one.workItem === workItem && one.decision === id);
}

/** Clocks of a person's machine and of the server may differ by so much. */
const clockSkewMs = 5 * 60_000;

/** The reason why this decision cannot be taken now, as a sentence without PHI; null if it can. */
export function refusal(state: ClaimState, decision: Decision): string | null {
  if (isRepeated(state, decision)) return null;
  if (state.decided.some((one) => one.workItem === decision.workItem)) return 'This item was decided already.';
  const item = itemOf(state, decision);
  if (item === null) return 'This item is not open for this claim any more.';
  if (item.kind !== decision.kind) return `This item is of kind ${item.kind}, not ${decision.kind}.`;
  if (!isAllowedDecision(item.kind, decision.decision)) {
    return `An item of kind ${item.kind} does not allow this decision.`;
  }
  return missingPerson(decision) ?? missingOutcome(decision);
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

function missingPerson({ by, at }: Pick<Decision, 'by' | 'at'>): string | null {
  if (!/^usr_[0-9A-Za-z]+$/.test(by)) return 'A decision needs the person who takes it.';
  return Number.isNaN(Date.parse(at)) ? 'A decision needs the time it was taken.' : null;
}

function missingOutcome({ decision, hash, outcome, at }: Decision): string | null {
  switch (decision) {
    case 'approve':
      return hash ? null : 'An approval must name the revision it approves.';
    case 'sent':
      if (outcome?.channel === undefined || outcome.at === undefined || Number.isNaN(Date.parse(outcome.at)))
        return 'Say by which channel and when it was sent.';
      return Date.parse(outcome.at) > Date.parse(at) + clockSkewMs ? 'The time of sending lies in the future.' : null;
    case 'stillPending':
      return outcome?.until === undefined || Number.isNaN(Date.parse(outcome.until))
        ? 'Say until when the payer asked to wait.'
        : null;
    case 'agreed':
      if (!outcome?.consent) return 'A payment plan needs the agreement the patient signed.';
      return outcome.until === undefined || !isDate(outcome.until) ? "Say the day of the plan's last payment." : null;
    default:
      return null;
  }
}
