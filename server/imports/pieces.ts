// How much of a piece is stored: written with every batch, so that whoever goes on after a crash begins behind it.
import type { RecordKind } from '../../connectors/pt-records/rows.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';
import { digestOf } from '../vault/lookup.ts';
import type { RowResult } from './tables.ts';

export type RowCounts = Readonly<Record<RowResult, number>>;

export const noRows: RowCounts = { added: 0, changed: 0, same: 0, unmatched: 0 };

interface Needs {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly now: () => Date;
}

/** Which piece of which connection. */
export interface PieceName {
  readonly clinic: string;
  readonly connection: string;
  /** SHA-256, hex. */
  readonly piece: string;
  readonly kind: RecordKind;
}

/** Batches that are stored, and what came of their rows. */
export interface StoredBatches {
  readonly batches: number;
  readonly counts: RowCounts;
}

/** One digest over another: what all batches so far said, in their order. */
function saidAfter(keyring: Keyring, key: string, of: PieceName, before: string, batch: unknown): Buffer {
  const where = { clinic: of.clinic, kind: `${of.connection}/piece`, field: of.kind };
  return digestOf(keyring, key, where, `${before} ${JSON.stringify(batch)}`);
}

/** What is stored of a piece whose batches are these; nothing where they read differently now, as by another mapping profile. */
export async function storedBatches(
  { db, keyring }: Needs,
  of: PieceName,
  batches: readonly unknown[],
): Promise<StoredBatches & { readonly said: string }> {
  const row = await db
    .selectFrom('import_pieces')
    .selectAll()
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('piece', '=', of.piece)
    .where('kind', '=', of.kind)
    .executeTakeFirst();
  const nothing = { batches: 0, counts: noRows, said: '' };
  if (row === undefined || row.batches > batches.length || row.master_key !== keyring.current) return nothing;
  let said = '';
  for (const batch of batches.slice(0, row.batches))
    said = saidAfter(keyring, row.master_key, of, said, batch).toString('hex');
  return said === row.said.toString('hex') ? { batches: row.batches, counts: row.counts, said } : nothing;
}

/** To be written in the transaction of the batch. Returns what has been said by now. */
export async function keepBatch(
  { keyring, now }: Needs,
  trx: Trx,
  of: PieceName,
  stored: StoredBatches & { readonly said: string },
  batch: unknown,
): Promise<string> {
  const said = saidAfter(keyring, keyring.current, of, stored.said, batch);
  const row = {
    batches: stored.batches,
    said,
    master_key: keyring.current,
    counts: JSON.stringify(stored.counts),
    at: now(),
  };
  await trx
    .insertInto('import_pieces')
    .values({ ...of, ...row })
    .onConflict((conflict) => conflict.columns(['clinic', 'connection', 'piece', 'kind']).doUpdateSet(row))
    .execute();
  return said.toString('hex');
}

/** The piece is stored whole. */
export async function forgetBatches(trx: Trx, of: PieceName): Promise<void> {
  await trx
    .deleteFrom('import_pieces')
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('piece', '=', of.piece)
    .where('kind', '=', of.kind)
    .execute();
}
