// What a named person approved: the revision, and the request it belongs to.
import type { Db } from '../database/tables.ts';

/** The request a work item is about; null where its context does not say. */
export interface RequestOf {
  readonly authorization: string;
  readonly period: number;
  readonly kind: string;
  readonly attempt: number;
}

/** An accepted approval. `record` is the vault reference of exactly the revision that was approved. */
export interface Approval {
  readonly workItem: string;
  readonly hash: string;
  readonly record: string;
}

/** A settled decision as a flow may name it: `approval` is what an effect asked on its account must carry. */
export interface SettledDecision {
  readonly decision: string;
  readonly approval: string;
}

/** The accepted decisions on these items, by item. */
export async function settledDecisions(db: Db, workItems: readonly string[]): Promise<Map<string, SettledDecision>> {
  if (workItems.length === 0) return new Map();
  const rows = await db
    .selectFrom('work_item_decisions')
    .select(['work_item', 'decision', 'hash'])
    .where('work_item', 'in', workItems)
    .where('state', '=', 'accepted')
    .execute();
  return new Map(rows.map(({ work_item: item, decision, hash }) => [item, { decision, approval: hash }]));
}

/** Reads which request an item of the kind `authorization.request` is about. */
export function requestOf(item: {
  readonly subject: string;
  readonly context: Readonly<Record<string, unknown>>;
}): RequestOf | null {
  const { period, requestKind, attempt } = item.context;
  if (typeof period !== 'number' || typeof requestKind !== 'string' || typeof attempt !== 'number') return null;
  return { authorization: item.subject, period, kind: requestKind, attempt };
}

/** Whether the approval of this revision is taken down and not yet settled: the workflow may have acted on it already. */
export async function isOnItsWay(db: Db, workItem: string, hash: string | undefined): Promise<boolean> {
  if (hash === undefined) return false;
  const row = await db
    .selectFrom('work_item_decisions')
    .select('id')
    .where('work_item', '=', workItem)
    .where('hash', '=', hash)
    .where('decision', '=', 'approve')
    .where('state', '=', 'claimed')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The newest accepted approval of a claim in this frequency; `attempt` and `version` are those of its item.
 * @param also `onItsWay`: one whose workflow acts on it before it is settled counts too
 */
export async function newestClaimApproval(
  db: Db,
  clinic: string,
  of: { readonly claim: string; readonly frequency: string },
  also: 'onItsWay' | 'nothing' = 'nothing',
): Promise<(Approval & { readonly attempt: unknown; readonly version: unknown }) | null> {
  const row = await db
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 'd.work_item').onRef('r.number', '=', 'd.revision'),
    )
    .select(['w.id', 'd.hash', 'r.record', 'w.context'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'claim.submit')
    .where('w.subject', '=', of.claim)
    .where('d.state', 'in', also === 'onItsWay' ? ['accepted', 'claimed'] : ['accepted'])
    .where('d.decision', '=', 'approve')
    .where((where) => where(where.ref('w.context', '->>').key('frequency'), '=', of.frequency))
    .orderBy('d.at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { attempt, version } = row.context;
  return { workItem: row.id, hash: row.hash, record: row.record, attempt, version };
}

/** The newest accepted approval of a request of this authorization, period and kind, whichever attempt it was. */
export async function newestApproval(db: Db, clinic: string, of: Omit<RequestOf, 'attempt'>): Promise<Approval | null> {
  const row = await db
    .selectFrom('work_item_decisions as d')
    .innerJoin('work_items as w', 'w.id', 'd.work_item')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 'd.work_item').onRef('r.number', '=', 'd.revision'),
    )
    .select(['w.id', 'd.hash', 'r.record', 'w.context'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', '=', 'authorization.request')
    .where('w.subject', '=', of.authorization)
    .where('d.state', '=', 'accepted')
    .where('d.decision', '=', 'approve')
    .where((where) => where(where.ref('w.context', '->>').key('requestKind'), '=', of.kind))
    .where((where) => where(where.ref('w.context', '->>').key('period'), '=', String(of.period)))
    .orderBy('d.settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { workItem: row.id, hash: row.hash, record: row.record };
}
