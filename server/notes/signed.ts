// What happens once a version carries its last signature: a row is left for whoever files it, in the same transaction.
import type { Db, Trx } from '../database/tables.ts';
import type { NoteNeeds } from './needs.ts';

export interface SignedVersion {
  readonly clinic: string;
  readonly note: string;
  /** 1: the document; every further one is an addendum. */
  readonly version: number;
}

/** Called in the transaction of the last signature: kept or dropped with it. */
export async function noteSigned({ now }: Pick<NoteNeeds, 'now'>, trx: Trx, { clinic, note, version }: SignedVersion) {
  await trx
    .insertInto('signed_notes')
    .values({ clinic, note, version, at: now(), told_at: null })
    .onConflict((conflict) => conflict.columns(['note', 'version']).doNothing())
    .execute();
}

/** Versions of which the listener has not heard, the oldest first. */
export function untoldVersions(db: Db, limit: number): Promise<SignedVersion[]> {
  return db
    .selectFrom('signed_notes')
    .select(['clinic', 'note', 'version'])
    .where('told_at', 'is', null)
    .orderBy('at')
    .orderBy('note')
    .orderBy('version')
    .limit(limit)
    .execute();
}

/** Marks one as heard of. A crash before it tells the same version once more, under the same reference and number. */
export async function versionTold(db: Db, { note, version }: SignedVersion, at: Date): Promise<void> {
  await db
    .updateTable('signed_notes')
    .set({ told_at: at })
    .where('note', '=', note)
    .where('version', '=', version)
    .where('told_at', 'is', null)
    .execute();
}
