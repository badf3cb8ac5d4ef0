// What the PT system learned since a draft was made comes into the draft, as long as no person has touched it.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Audit } from '../audit/append.ts';
import { authorizationRow } from '../authorizations/facts.ts';
import type { AuthorizationRow } from '../authorizations/facts.ts';
import type { Db, Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { DraftNeeds } from './drafts.ts';
import { firstDraft, waitsFor } from './drafts.ts';
import { addRevision, itemRow } from './items.ts';

interface Needs extends DraftNeeds {
  readonly db: Db;
  readonly audit: Audit;
}

/** Writes a new revision by Gait of each open request draft whose records changed and that only Gait has written so far. */
export async function refillDrafts(needs: Needs, clinic: string, authorization: string, by: Principal): Promise<void> {
  const items = await needs.db
    .selectFrom('work_items')
    .select('id')
    .where('clinic', '=', clinic)
    .where('subject', '=', authorization)
    .where('kind', '=', 'authorization.request')
    .where('status', '=', 'open')
    .orderBy('id')
    .execute();
  for (const { id } of items) {
    await needs.db.transaction().execute((trx) => refill(needs, trx, clinic, id, by));
  }
}

async function refill(needs: Needs, trx: Trx, clinic: string, workItem: string, by: Principal): Promise<void> {
  const item = await itemRow(trx, clinic, workItem, true);
  const revisions = await trx
    .selectFrom('work_item_revisions')
    .selectAll()
    .where('work_item', '=', workItem)
    .orderBy('number')
    .execute();
  const last = revisions.at(-1);
  if (item.status !== 'open' || last === undefined) return;
  const touched = revisions.some((revision) => revision.by_whom.startsWith('usr_'));
  const decided = await trx
    .selectFrom('work_item_decisions')
    .select('id')
    .where('work_item', '=', workItem)
    .where('state', '<>', 'refused')
    .executeTakeFirst();
  const row = await authorizationRow(trx, clinic, item.subject);
  if (touched || decided !== undefined || !(await changedSince(trx, row, last.at))) return;
  const actor = systemPrincipal('drafts', by);
  const { draft, facts } = await firstDraft(needs, trx, {
    clinic,
    kind: 'authorization.request',
    subject: item.subject,
    context: item.context,
    by,
  });
  const before = await needs.vault.open(clinic, last.record, { purpose: 'workItem.refill', actor, trx });
  if (canonicalJson(before) === canonicalJson(draft)) return;
  const number = last.number + 1;
  const revision = await addRevision(needs, trx, { clinic, workItem, number, draft, by: actor });
  await trx
    .updateTable('work_items')
    .set({ waits_for: facts === null ? null : waitsFor(needs.validator, draft, facts.policy) })
    .where('id', '=', workItem)
    .execute();
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(actor),
    action: 'workItem.refilled',
    subject: workItem,
    purpose: item.kind,
    details: { number, revision },
  });
}

/** Whether a record that a request is filled from was written after an instant: reading them all for nothing would fill the audit. */
async function changedSince(trx: Trx, row: AuthorizationRow, at: Date): Promise<boolean> {
  const patient = await trx
    .selectFrom('patients')
    .select('chart')
    .where('ref', '=', row.patient)
    .executeTakeFirstOrThrow();
  const refs = [row.patient, row.coverage, row.ref, ...(patient.chart === null ? [] : [patient.chart])];
  const changed = await trx
    .selectFrom('vault_records')
    .select('ref')
    .where('clinic', '=', row.clinic)
    .where('ref', 'in', refs)
    .where('updated_at', '>', at)
    .limit(1)
    .executeTakeFirst();
  return changed !== undefined;
}
