// What every decision on a work item of a machine has to bring, and why one is refused, in plain words without PHI. Pure.

import { isAllowedDecision } from '../work-item/kinds.ts';
import type { Decision as DecisionWord, WorkItemKind } from '../work-item/kinds.ts';
import type { OpenItem } from './items.ts';
import { liesAhead } from './times.ts';
import type { Instant } from './times.ts';

/** What a machine remembers of its items, open and decided. */
interface ItemState<Kind extends WorkItemKind> {
  readonly items: readonly OpenItem<Kind>[];
  readonly decided: readonly { readonly workItem: string; readonly decision: string }[];
}

/** Who decided what on which item. */
interface ItemDecision<Kind extends WorkItemKind> {
  readonly id: string;
  readonly workItem: string;
  readonly kind: Kind;
  readonly decision: DecisionWord;
  readonly by: string;
  readonly at: Instant;
}

/**
 * The open item a decision is about. A person may decide in the moment between the server's opening of an item and the
 * workflow's learning of its id: then the one item of that kind whose id is not known yet is meant.
 */
export function decidedItem<Kind extends WorkItemKind>(
  state: ItemState<Kind>,
  decision: Pick<ItemDecision<Kind>, 'workItem' | 'kind'>,
): OpenItem<Kind> | null {
  const known = state.items.find((item) => item.workItem === decision.workItem);
  if (known !== undefined) return known;
  const opening = state.items.filter((item) => item.workItem === null && item.kind === decision.kind);
  return opening.length === 1 ? (opening[0] ?? null) : null;
}

/** `true` if exactly this decision was taken already: it is accepted again and changes nothing. */
export function isRepeated(
  state: Pick<ItemState<WorkItemKind>, 'decided'>,
  { workItem, id }: { readonly workItem: string; readonly id: string },
): boolean {
  return state.decided.some((one) => one.workItem === workItem && one.decision === id);
}

/**
 * Why nobody can decide so on this item now; null: a person can.
 * @param record what the item belongs to, such as `claim`
 */
export function itemRefusal<Kind extends WorkItemKind>(
  state: ItemState<Kind>,
  decision: ItemDecision<Kind>,
  record: string,
): string | null {
  if (state.decided.some((one) => one.workItem === decision.workItem)) return 'This item was decided already.';
  const item = decidedItem(state, decision);
  if (item === null) return `This item is not open for this ${record} any more.`;
  if (item.kind !== decision.kind) return `This item is of kind ${item.kind}, not ${decision.kind}.`;
  if (!isAllowedDecision(item.kind, decision.decision)) {
    return `An item of kind ${item.kind} does not allow this decision.`;
  }
  return missingPerson(decision);
}

/** A decision is a named person's, at a time. */
export function missingPerson({ by, at }: Pick<ItemDecision<WorkItemKind>, 'by' | 'at'>): string | null {
  if (!/^usr_[0-9A-Za-z]+$/.test(by)) return 'A decision needs the person who takes it.';
  return Number.isNaN(Date.parse(at)) ? 'A decision needs the time it was taken.' : null;
}

/** `sent`: by which channel, and when: not after the decision. */
export function missingSending(
  outcome: { readonly channel?: string; readonly at?: Instant } | undefined,
  decidedAt: Instant,
): string | null {
  if (outcome?.channel === undefined || outcome.at === undefined || Number.isNaN(Date.parse(outcome.at)))
    return 'Say by which channel and when it was sent.';
  return liesAhead(outcome.at, decidedAt) ? 'The time of sending lies in the future.' : null;
}

/** `stillPending`: up to which day the payer asked for patience. */
export function missingPatience(outcome: { readonly until?: string } | undefined): string | null {
  const until = outcome?.until;
  return until === undefined || Number.isNaN(Date.parse(until)) ? 'Say until when the payer asked to wait.' : null;
}
