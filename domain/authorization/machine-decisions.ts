// Why a decision on a work item is refused, in plain words; asked before anything is changed. Pure.

import { isDate } from '../calendar.ts';
import { isRepeated, itemRefusal, missingPatience, missingSending } from '../machine/decisions.ts';
import { answerStatuses } from './answer-schema.ts';
import type { AuthorizationState, Decision } from './machine-state.ts';

/** The reason why this decision cannot be taken now, as a sentence without PHI; null if it can. */
export function refusal(state: AuthorizationState, decision: Decision): string | null {
  if (isRepeated(state, decision)) return null;
  return itemRefusal(state, decision, 'authorization') ?? missingOutcome(decision);
}

function missingOutcome(decision: Decision): string | null {
  const { outcome } = decision;
  switch (decision.decision) {
    case 'approve':
      return decision.hash ? null : 'An approval must name the revision it approves.';
    case 'sent':
      return missingSending(outcome, decision.at);
    case 'answered':
      return outcome?.status === undefined || !answerStatuses.includes(outcome.status)
        ? "Say what the payer's answer was."
        : null;
    case 'notRequired':
      return outcome?.on === undefined || !isDate(outcome.on)
        ? 'Say on which day the payer said that it requires none.'
        : null;
    case 'stillPending':
      return missingPatience(outcome);
    default:
      return null;
  }
}
