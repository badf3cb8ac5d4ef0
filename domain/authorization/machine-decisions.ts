// Why a decision on a work item is refused, in plain words; asked before anything is changed. Pure.

import { isDate } from '../calendar.ts';
import { isAllowedDecision } from '../work-item/kinds.ts';
import { answerStatuses } from './answer-schema.ts';
import type { AuthorizationState, Decision, OpenItem } from './machine-state.ts';

/**
 * The open item a decision is about. A person may decide in the moment between the server's opening of an item and the
 * workflow's learning of its id: then the one item of that kind whose id is not known yet is meant.
 */
export function itemOf(state: AuthorizationState, decision: Pick<Decision, 'workItem' | 'kind'>): OpenItem | null {
  const known = state.items.find((item) => item.workItem === decision.workItem);
  if (known !== undefined) return known;
  const opening = state.items.filter((item) => item.workItem === null && item.kind === decision.kind);
  return opening.length === 1 ? (opening[0] ?? null) : null;
}

/** `true` if exactly this decision was taken already: it is accepted again and changes nothing. */
export function isRepeated(state: AuthorizationState, { workItem, id }: Pick<Decision, 'workItem' | 'id'>): boolean {
  return state.decided.some((one) => one.workItem === workItem && one.decision === id);
}

/** Clocks of a person's machine and of the server may differ by so much. */
const clockSkewMs = 5 * 60_000;

/** `true` if something is said to have happened at an instant that has not come yet at `now`. */
export function liesAhead(instant: string, now: string): boolean {
  return Date.parse(instant) > Date.parse(now) + clockSkewMs;
}

/** The reason why this decision cannot be taken now, as a sentence without PHI; null if it can. */
export function refusal(state: AuthorizationState, decision: Decision): string | null {
  if (isRepeated(state, decision)) return null;
  if (state.decided.some((one) => one.workItem === decision.workItem)) return 'This item was decided already.';
  const item = itemOf(state, decision);
  if (item === null) return 'This item is not open for this authorization any more.';
  if (item.kind !== decision.kind) return `This item is of kind ${item.kind}, not ${decision.kind}.`;
  if (!isAllowedDecision(item.kind, decision.decision)) {
    return `An item of kind ${item.kind} does not allow this decision.`;
  }
  if (!/^usr_[0-9A-Za-z]+$/.test(decision.by)) return 'A decision needs the person who takes it.';
  if (Number.isNaN(Date.parse(decision.at))) return 'A decision needs the time it was taken.';
  return missingOutcome(decision);
}

function missingOutcome(decision: Decision): string | null {
  const { outcome } = decision;
  switch (decision.decision) {
    case 'approve':
      return decision.hash ? null : 'An approval must name the revision it approves.';
    case 'sent':
      if (outcome?.channel === undefined || outcome.at === undefined || Number.isNaN(Date.parse(outcome.at)))
        return 'Say by which channel and when the request was sent.';
      return liesAhead(outcome.at, decision.at) ? 'The time of sending lies in the future.' : null;
    case 'answered':
      return outcome?.status === undefined || !answerStatuses.includes(outcome.status)
        ? "Say what the payer's answer was."
        : null;
    case 'notRequired':
      return outcome?.on === undefined || !isDate(outcome.on)
        ? 'Say on which day the payer said that it requires none.'
        : null;
    case 'stillPending':
      return outcome?.until === undefined || Number.isNaN(Date.parse(outcome.until))
        ? 'Say until when the payer asked to wait.'
        : null;
    default:
      return null;
  }
}
