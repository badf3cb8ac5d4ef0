// The tables of work items: the item, the keys it was opened under, its draft's revisions and its decision.
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

export interface WorkItemTables {
  work_items: {
    id: string;
    clinic: string;
    kind: string;
    role: string;
    /** The role that owns an element the draft still lacks, where that is another role than the item's. */
    waits_for: string | null;
    status: string;
    priority: number;
    priority_reason: string;
    title: string;
    reason: string;
    subject: string;
    payer: string | null;
    effect_key: string | null;
    /** The workflow that waits for the decision; null where the server itself acts on it. */
    workflow_id: string | null;
    context: Json<Readonly<Record<string, unknown>>>;
    draft_kind: string | null;
    due_at: Instant | null;
    opened_at: Instant;
    reminded_at: Instant | null;
    escalated_from: string | null;
    escalated_at: Instant | null;
    closed_at: Instant | null;
    close_reason: string | null;
  };
  work_item_keys: { clinic: string; key: string; work_item: string };
  work_item_revisions: {
    work_item: string;
    number: number;
    hash: string;
    /** Vault reference of the draft. */
    record: string;
    by_whom: string;
    at: Instant;
  };
  work_item_decisions: {
    id: string;
    clinic: string;
    work_item: string;
    decision: string;
    hash: string;
    revision: number;
    by_user: string;
    at: Instant;
    /** Vault reference of the reason in the person's words. */
    reason: string | null;
    /** Structure only; what names a person lies in the vault under its `refs`. */
    outcome: JsonOrNull<Readonly<Record<string, unknown>>>;
    state: string;
    tried_at: Instant | null;
    settled_at: Instant | null;
  };
}
