// Hands a decision that was written down to the workflow that waits for it, whichever kind of record it follows.
import type { Selectable } from 'kysely';
import type { Decision as AuthorizationDecision, DecisionOutcome } from '../../domain/authorization/machine-state.ts';
import type { Decision as ClaimDecision, DecisionOutcome as ClaimOutcome } from '../../domain/claim/machine-state.ts';
import { GaitError } from '../../domain/errors.ts';
import { isAllowedDecision, isAuthorizationKind, isClaimKind } from '../../domain/work-item/kinds.ts';
import type { Decision, WorkItemKind } from '../../domain/work-item/kinds.ts';
import { channels } from '../../domain/work-item/schema.ts';
import { decisionUpdateId } from '../../workflows/authorization/messages.ts';
import type { Delivery, Workflows } from '../temporal/workflows.ts';
import { kindOf } from './items.ts';
import type { WorkItemRow } from './items.ts';
import type { WorkItemTables } from './tables.ts';

export type DecisionRow = Selectable<WorkItemTables['work_item_decisions']>;

/** Tells the workflow of the item; null where none waits: the server acts on the decision itself. */
export function delivering(
  workflows: Workflows,
  item: WorkItemRow,
  row: DecisionRow,
): (() => Promise<Delivery>) | null {
  const kind = kindOf(item);
  const { workflow_id: workflow } = item;
  const update = decisionUpdateId(item.id, row.id);
  if (workflow === null) return null;
  if (isAuthorizationKind(kind)) {
    const message: AuthorizationDecision = { ...messageOf(kind, row), ...outcomeOf(row) };
    return () => workflows.decide(workflow, update, message);
  }
  if (!isClaimKind(kind)) return null;
  const message: ClaimDecision = { ...messageOf(kind, row), outcome: claimOutcomeOf(row) };
  return () => workflows.decideClaim(workflow, update, message);
}

function messageOf<K extends WorkItemKind>(kind: K, row: DecisionRow) {
  return {
    id: row.id,
    workItem: row.work_item,
    kind,
    decision: decisionIn(kind, row.decision),
    by: row.by_user,
    at: row.at.toISOString(),
    hash: row.hash,
  };
}

function decisionIn(kind: WorkItemKind, decision: string): Decision {
  if (isAllowedDecision(kind, decision)) return decision;
  throw new GaitError('internal.bug', 'The database holds a decision that its kind does not allow.');
}

function outcomeOf({ outcome }: DecisionRow): { readonly outcome?: DecisionOutcome } {
  return outcome === null ? {} : { outcome };
}

/** Of what a person said only what the claim's machine reads: a channel, days and a reference. */
function claimOutcomeOf({ outcome }: DecisionRow): ClaimOutcome {
  const { channel, at, until, consent } = outcome ?? {};
  const way = channels.find((one) => one === channel);
  return {
    ...(way === undefined ? {} : { channel: way }),
    ...(typeof at === 'string' ? { at } : {}),
    ...(typeof until === 'string' ? { until } : {}),
    ...(typeof consent === 'string' ? { consent } : {}),
  };
}
