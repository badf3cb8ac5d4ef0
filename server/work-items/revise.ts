// Takes a person's edit of a draft as its next revision: the earlier ones stay, and only the newest can be approved.
import type { JSONSchema } from 'json-schema-to-ts';
import { authorizationRequestSchema } from '../../domain/authorization/request-schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { authorizationRow, factsOfRow } from '../authorizations/facts.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import { waitsFor } from './drafts.ts';
import type { DraftNeeds } from './drafts.ts';
import { changedPaths, normalizedRequest } from './fields.ts';
import { addRevision, itemRow, kindOf, mayRevise } from './items.ts';
import type { WorkItemRow } from './items.ts';

interface ReviseNeeds extends DraftNeeds {
  readonly db: Db;
  readonly audit: Audit;
}

/** Of an appeal only the letter is edited; the claim stays the one that was denied. */
function withLetter(before: VaultRecord, { letter }: Readonly<Record<string, unknown>>): VaultRecord {
  if (typeof letter !== 'string' || letter.trim() === '')
    throw new GaitError('input.invalid', 'The letter is empty.', { where: 'draft.letter' });
  return { ...before, letter };
}

/** Whether the request still lacks what another role owns. */
async function noteWaiting(needs: ReviseNeeds, trx: Trx, row: WorkItemRow, draft: VaultRecord): Promise<void> {
  const facts = await factsOfRow(
    { db: trx, policies: needs.policies },
    await authorizationRow(trx, row.clinic, row.subject),
    needs.now(),
  );
  await trx
    .updateTable('work_items')
    .set({ waits_for: waitsFor(needs.validator, draft, facts.policy) })
    .where('id', '=', row.id)
    .execute();
}

/** Stores an edited draft as the next revision. Throws `state.conflict` when somebody else was faster. */
export function revise(
  needs: ReviseNeeds,
  clinic: string,
  workItem: string,
  basedOn: string,
  edited: Readonly<Record<string, unknown>>,
  by: SessionPrincipal,
): Promise<{ number: number; hash: string }> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await itemRow(trx, clinic, workItem, true);
    const kind = kindOf(row);
    const waiting = await trx
      .selectFrom('work_item_decisions')
      .select('id')
      .where('work_item', '=', workItem)
      .where('state', '<>', 'refused')
      .executeTakeFirst();
    if (row.status !== 'open' || waiting !== undefined) {
      throw new GaitError('state.conflict', 'This item is decided; its draft stays as it was.', { where: 'workItem' });
    }
    if (kind !== 'authorization.request' && kind !== 'claim.appeal') {
      throw new GaitError('state.conflict', 'The draft of this item is not edited.', { where: 'draft' });
    }
    const last = await trx
      .selectFrom('work_item_revisions')
      .select(['number', 'hash', 'record'])
      .where('work_item', '=', workItem)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (last.hash !== basedOn) {
      throw new GaitError('state.conflict', 'Somebody changed the draft meanwhile.', {
        where: 'basedOn',
        fix: 'Read the newest revision and edit that.',
      });
    }
    const before = await needs.vault.open(clinic, last.record, { purpose: 'workItem.revise', actor: by, trx });
    const draft = kind === 'claim.appeal' ? withLetter(before, edited) : normalizedRequest(edited);
    if (kind === 'authorization.request') {
      const schema: JSONSchema = authorizationRequestSchema;
      needs.validator.check(schema, draft, 'draft');
    }
    const foreign = changedPaths(before, draft).find((path) => !mayRevise(row, by.roles, path));
    if (foreign !== undefined) {
      throw new GaitError('access.forbidden', `This field is for the role ${row.role}.`, { where: foreign });
    }
    if (kind === 'authorization.request') await noteWaiting(needs, trx, row, draft);
    const number = last.number + 1;
    const hash = await addRevision(needs, trx, { clinic, workItem, number, draft, by });
    await needs.audit.append(trx, {
      clinic,
      actor: by.user,
      action: 'workItem.revised',
      subject: workItem,
      purpose: kind,
      details: { number, revision: hash },
    });
    return { number, hash };
  });
}
