// What of a claim's state is shown outside: the query's answer and the search attributes. Pure, and without PHI.

import type { SearchAttributeUpdatePair, TypedSearchAttributes } from '@temporalio/common';
import { wakeAt } from '../../domain/claim/machine-plan.ts';
import { needsPerson, statusOf } from '../../domain/claim/machine-state.ts';
import type { ClaimState } from '../../domain/claim/machine-state.ts';
import { searchAttributes } from './messages.ts';
import type { FlowState } from './messages.ts';

/** The answer of the query `flowState`. */
export function flowStateOf(state: ClaimState): FlowState {
  const { submission } = state;
  return {
    status: statusOf(state),
    payer: state.plan?.payer ?? null,
    submission: submission === null ? null : { frequency: submission.frequency, attempt: submission.attempt },
    dueBy: state.dueBy,
    items: state.items.map(({ workItem, kind, dueAt }) => ({ workItem, kind, dueAt })),
    asking: state.asks.map((ask) => ask.id),
    trouble: state.retries.map((retry) => retry.code),
    wakeAt: wakeAt(state),
  };
}

/** The search attributes whose values differ from those set: references, a state, a date and a flag. */
export function changedAttributes(state: ClaimState, set: TypedSearchAttributes): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  const { clinic, payer, state: status, actBy, needsPerson: person } = searchAttributes;
  if (set.get(clinic) !== state.clinic) pairs.push({ key: clinic, value: state.clinic });
  const payerId = state.plan?.payer;
  if (payerId !== undefined && set.get(payer) !== payerId) pairs.push({ key: payer, value: payerId });
  if (set.get(status) !== statusOf(state)) pairs.push({ key: status, value: statusOf(state) });
  const date = state.denial?.decideBy ?? null;
  const instant = date === null ? null : new Date(date + 'T00:00:00.000Z');
  if ((set.get(actBy)?.getTime() ?? null) !== (instant?.getTime() ?? null)) pairs.push({ key: actBy, value: instant });
  if (set.get(person) !== needsPerson(state)) pairs.push({ key: person, value: needsPerson(state) });
  return pairs;
}
