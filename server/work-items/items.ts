// Opens work items and follows them until a person has decided or nobody needs to any more.
import { GaitError } from '../../domain/errors.ts';
import { ownerOf } from '../../domain/authorization/request.ts';
import { isWorkItemKind, workItemKinds } from '../../domain/work-item/kinds.ts';
import type { Role, WorkItemKind } from '../../domain/work-item/kinds.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { roles } from '../http/principal.ts';
import { newReference } from '../vault/reference.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { DraftNeeds } from './drafts.ts';
import { firstDraft, waitsFor } from './drafts.ts';
import { rankOf, reasonOf } from './ranking.ts';
import { revisionHash } from './revision-hash.ts';
import type { WorkItemTables } from './tables.ts';

export type WorkItemRow = Selectable<WorkItemTables['work_items']>;

/** What an item is opened with. `key` makes opening idempotent; `workflow` null: the server acts on the decision itself. */
export interface OpenItem {
  readonly clinic: string;
  readonly key: string;
  readonly kind: WorkItemKind;
  readonly subject: string;
  readonly workflow: string | null;
  readonly dueAt: string | null;
  readonly context: Readonly<Record<string, unknown>>;
  readonly role?: Role;
  readonly reason?: string;
  readonly effectKey?: string;
  readonly payer?: string;
  /** What is laid before the person, where the item is about no authorization. */
  readonly draft?: VaultRecord;
}

export interface WorkItems {
  /** Opens an item, or gives the one that was opened under this key. */
  open(item: OpenItem, by: Principal, within?: Trx): Promise<{ workItem: string; status: string; created: boolean }>;
  remind(clinic: string, workItem: string, by: Principal): Promise<void>;
  escalate(clinic: string, workItem: string, role: Role, by: Principal): Promise<void>;
  close(clinic: string, workItem: string, reason: string, by: Principal): Promise<void>;
}

export interface WorkItemNeeds extends DraftNeeds {
  readonly db: Db;
  readonly audit: Audit;
}

/** The row of an item. Throws `reference.unknown`. */
export async function itemRow(db: Db, clinic: string, id: string, lock = false): Promise<WorkItemRow> {
  const query = db.selectFrom('work_items').selectAll().where('clinic', '=', clinic).where('id', '=', id);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such work item.', { where: 'workItem' });
  return row;
}

/** The kind of a row, as the code that handles kinds needs it. */
export function kindOf(row: { readonly kind: string }): WorkItemKind {
  if (!isWorkItemKind(row.kind))
    throw new GaitError('internal.bug', 'The database holds a kind of work item that is not one.');
  return row.kind;
}

/** The role a text names. Throws `input.invalid`. */
export function roleOf(text: string): Role {
  const role = roles.find((one) => one === text);
  if (role === undefined) throw new GaitError('input.invalid', 'There is no such role.', { where: 'role' });
  return role;
}

/** True if one of the roles holds the item, or owns this field of its draft. */
export function mayRevise(
  item: Pick<WorkItemRow, 'kind' | 'role' | 'escalated_from'>,
  roles: readonly Role[],
  path: string,
): boolean {
  // Why therapy was needed is the therapist's to say.
  const owner = item.kind === 'claim.appeal' ? 'therapist' : ownerOf(path);
  return roles.some((role) => role === item.role || role === item.escalated_from || role === owner);
}

export function createWorkItems(needs: WorkItemNeeds): WorkItems {
  const { db, audit, now } = needs;

  const openWithin = async (trx: Trx, item: OpenItem, by: Principal) => {
    const { clinic, key, kind } = item;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`work item ${clinic} ${item.effectKey ?? key}`}, 0))`.execute(
      trx,
    );
    const known = await trx
      .selectFrom('work_item_keys as k')
      .innerJoin('work_items as w', 'w.id', 'k.work_item')
      .select(['w.id', 'w.status', 'w.workflow_id'])
      .where('k.clinic', '=', clinic)
      .where('k.key', '=', key)
      .executeTakeFirst();
    if (known !== undefined) {
      await joinWorkflow(trx, known, item);
      return { workItem: known.id, status: known.status, created: false };
    }

    const doubt = await sameDoubt(trx, item);
    if (doubt !== null) {
      await trx.insertInto('work_item_keys').values({ clinic, key, work_item: doubt.id }).execute();
      await joinWorkflow(trx, doubt, item);
      return { workItem: doubt.id, status: doubt.status, created: false };
    }

    const { draft, facts } = await firstDraft(needs, trx, { ...item, by });
    const id = newReference('wi');
    const at = now();
    const ranking = rankOf(facts, item, at);
    const row = workItemKinds[kind];
    await trx
      .insertInto('work_items')
      .values({
        id,
        clinic,
        kind,
        role: item.role ?? row.role,
        waits_for:
          kind === 'authorization.request' && facts !== null ? waitsFor(needs.validator, draft, facts.policy) : null,
        status: 'open',
        priority: ranking.priority,
        priority_reason: ranking.reason,
        title: row.title,
        reason: item.reason ?? (await reasonOf(trx, item, facts)),
        subject: item.subject,
        payer: facts?.authorization.payer ?? item.payer ?? null,
        effect_key: item.effectKey ?? null,
        workflow_id: item.workflow,
        context: JSON.stringify(item.context),
        draft_kind: row.draft === 'none' ? null : row.draft,
        due_at: item.dueAt,
        opened_at: at,
      })
      .execute();
    await trx.insertInto('work_item_keys').values({ clinic, key, work_item: id }).execute();
    await addRevision(needs, trx, { clinic, workItem: id, number: 1, draft, by });
    await audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: 'workItem.opened',
      subject: id,
      purpose: kind,
      details: { about: item.subject, priority: ranking.priority },
    });
    return { workItem: id, status: 'open', created: true };
  };

  const change = (
    clinic: string,
    workItem: string,
    by: Principal,
    action: string,
    work: (trx: Trx, row: WorkItemRow) => Promise<Record<string, string> | null>,
  ) =>
    db.transaction().execute(async (trx) => {
      const row = await itemRow(trx, clinic, workItem, true);
      if (row.status !== 'open') return;
      const details = await work(trx, row);
      if (details === null) return;
      await audit.append(trx, { clinic, actor: actorOf(by), action, subject: workItem, purpose: row.kind, details });
    });

  return {
    open: (item, by, within) =>
      within === undefined
        ? db.transaction().execute((trx) => openWithin(trx, item, by))
        : openWithin(within, item, by),
    remind: (clinic, workItem, by) =>
      change(clinic, workItem, by, 'workItem.reminded', async (trx) => {
        await trx.updateTable('work_items').set({ reminded_at: now() }).where('id', '=', workItem).execute();
        return {};
      }),
    escalate: (clinic, workItem, role, by) =>
      change(clinic, workItem, by, 'workItem.escalated', async (trx, row) => {
        if (row.role === role && row.escalated_at !== null) return null;
        const escalated = { role, escalated_from: row.role, escalated_at: now() };
        await trx.updateTable('work_items').set(escalated).where('id', '=', workItem).execute();
        return { from: row.role, to: role };
      }),
    close: (clinic, workItem, reason, by) =>
      change(clinic, workItem, by, 'workItem.closed', async (trx) => {
        // A decision on its way to the workflow comes first: the workflow itself says whether it still counts.
        await trx
          .updateTable('work_items')
          .set({ status: 'closed', closed_at: now(), close_reason: reason })
          .where('id', '=', workItem)
          .execute();
        return { reason };
      }),
  };
}

/** A decision on what somebody else had opened goes to the workflow that asks for the same. */
async function joinWorkflow(
  trx: Trx,
  known: Pick<WorkItemRow, 'id' | 'status' | 'workflow_id'>,
  { workflow }: OpenItem,
): Promise<void> {
  if (known.workflow_id !== null || workflow === null || known.status !== 'open') return;
  await trx.updateTable('work_items').set({ workflow_id: workflow }).where('id', '=', known.id).execute();
}

/** One question about one effect: whoever asks it second is given the item of the first. */
async function sameDoubt(trx: Trx, item: OpenItem): Promise<WorkItemRow | null> {
  const isDoubt = item.kind === 'authorization.uncertain' || item.kind === 'claim.uncertain';
  if (!isDoubt || item.effectKey === undefined) return null;
  const row = await trx
    .selectFrom('work_items')
    .selectAll()
    .where('clinic', '=', item.clinic)
    .where('kind', '=', item.kind)
    .where('effect_key', '=', item.effectKey)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row ?? null;
}

/** Stores a revision of a draft and returns its hash. */
export async function addRevision(
  needs: Pick<WorkItemNeeds, 'vault' | 'now'>,
  trx: Trx,
  of: { clinic: string; workItem: string; number: number; draft: VaultRecord; by: Principal },
): Promise<string> {
  const hash = revisionHash(of.workItem, of.number, of.draft);
  const record = await needs.vault.put(of.clinic, 'draft', of.draft, { trx });
  await trx
    .insertInto('work_item_revisions')
    .values({ work_item: of.workItem, number: of.number, hash, record, by_whom: actorOf(of.by), at: needs.now() })
    .execute();
  return hash;
}
