// What a list shows of a claim: told whenever it changes, so that no list says another thing than the workflow.

import { canonicalJson } from '../canonical-json.ts';
import { statusOf } from './machine-state.ts';
import type { ClaimState } from './machine-state.ts';
import type { ClaimShown } from './shown-schema.ts';

/** What is shown of a claim in this state. */
export function shownOf(state: ClaimState): ClaimShown {
  const { submission, denial, dueBy, held } = state;
  return {
    status: statusOf(state),
    frequency: submission?.frequency ?? null,
    attempt: submission?.attempt ?? null,
    dueBy,
    denial:
      denial === null
        ? null
        : {
            class: denial.class,
            whatToDo: denial.whatToDo,
            group: denial.group,
            reason: denial.reason,
            remarks: [...denial.remarks],
            cents: denial.cents,
            decideBy: denial.decideBy,
            posting: denial.posting,
          },
    hold: held?.why ?? null,
  };
}

/** Whether a list that shows the one would have to show the other. */
export function isShownAlike(one: ClaimShown, other: ClaimShown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
