// What filing is made of, and the row it works on.
import type { Selectable } from 'kysely';
import { GaitError } from '../../domain/errors.ts';
import type { Filing } from '../../domain/note-filing/course.ts';
import type { Attestation } from '../../domain/note/signing.ts';
import type { Audit } from '../audit/append.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import type { WorkItems } from '../work-items/items.ts';
import type { NoteFilingTables } from './tables.ts';

export interface FilingNeeds {
  readonly db: Db;
  readonly now: () => Date;
  readonly audit: Audit;
  readonly vault: Vault;
  readonly validator: Validator;
  readonly workItems: WorkItems;
  /** The words of signatures, by which a filed note says what was attested. */
  readonly attestations: readonly Attestation[];
}

export type FilingRow = Selectable<NoteFilingTables['note_filings']>;

/** The filing of a signed version, alone in changing it. Throws `reference.unknown`. */
export async function filingRow(trx: Trx, clinic: string, of: { note: string; version: number }): Promise<FilingRow> {
  const row = await trx
    .selectFrom('note_filings')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('note', '=', of.note)
    .where('version', '=', of.version)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such signed note.', { where: 'note' });
  return row;
}

/** Its course, as the domain knows it. */
export function courseOf({ state, signed_at, not_before, reason }: FilingRow): Filing {
  return { state, signedAt: signed_at.toISOString(), notBefore: not_before?.toISOString() ?? null, reason };
}

type Change = Partial<
  Pick<
    FilingRow,
    'state' | 'not_before' | 'reason' | 'connection' | 'way' | 'receipt' | 'work_item' | 'filed_at' | 'filed_by'
  >
>;

/** Writes how it stands; its workflow is told where `tell` says so. A first version that is filed makes the note a filed one. */
export async function updateFiling(
  { now }: Pick<FilingNeeds, 'now'>,
  trx: Trx,
  { note, version }: Pick<FilingRow, 'note' | 'version'>,
  change: Change,
  { tell = false }: { readonly tell?: boolean } = {},
): Promise<void> {
  await trx
    .updateTable('note_filings')
    .set((eb) => ({ ...change, ...(tell ? { changes: eb('changes', '+', 1) } : {}), updated_at: now() }))
    .where('note', '=', note)
    .where('version', '=', version)
    .execute();
  if (change.state !== 'filed' || version !== 1) return;
  await trx
    .updateTable('notes')
    .set({ state: 'filed', updated_at: now() })
    .where('ref', '=', note)
    .where('state', '=', 'signed')
    .execute();
}
