// The data keys of a clinic: random, wrapped by the master key, replaced by rotation, destroyed to shred a clinic.
import { randomBytes } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from './keyring.ts';
import { randomText } from './reference.ts';
import { seal, unseal } from './seal.ts';

/** A wrapped data key as the database holds it. */
export interface WrappedKey {
  readonly id: string;
  readonly clinic: string;
  readonly master_key: string;
  readonly wrapped: Buffer | null;
}

function binding(clinic: string, keyId: string): string {
  return JSON.stringify(['gait data key', clinic, keyId]);
}

/** The 32 bytes of a data key. Throws `reference.unknown` once the clinic's keys are destroyed. */
export function unwrapKey(keyring: Keyring, key: WrappedKey): Buffer {
  if (key.wrapped === null) throw destroyed();
  return unseal(keyring.derive('vault', key.master_key), binding(key.clinic, key.id), key.wrapped);
}

/** What is said of a record whose key is gone: it is gone with it. */
export function destroyed(): GaitError {
  return new GaitError('reference.unknown', 'The records of this clinic were destroyed with its key.');
}

/** Makes the clinic's current data key; the earlier one is retired: it opens old records, seals no new ones. */
export async function newDataKey(trx: Trx, keyring: Keyring, clinic: string, now: Date): Promise<string> {
  await trx
    .updateTable('vault_keys')
    .set({ retired_at: now })
    .where('clinic', '=', clinic)
    .where('retired_at', 'is', null)
    .where('destroyed_at', 'is', null)
    .execute();
  const id = `dk-${randomText(12)}`;
  const master = keyring.current;
  const wrapped = seal(keyring.derive('vault', master), binding(clinic, id), randomBytes(32));
  await trx
    .insertInto('vault_keys')
    .values({ id, clinic, master_key: master, wrapped, created_at: now, retired_at: null, destroyed_at: null })
    .execute();
  return id;
}

/**
 * The key that seals the clinic's new records, held until the transaction ends: a rotation waits for whoever still seals
 * under the older key, so that no record is written under a key that is about to be destroyed.
 * Throws `reference.unknown` for a shredded clinic.
 */
export async function currentKey(trx: Trx, clinic: string): Promise<WrappedKey> {
  const look = (): Promise<WrappedKey | undefined> =>
    trx
      .selectFrom('vault_keys')
      .select(['id', 'clinic', 'master_key', 'wrapped'])
      .where('clinic', '=', clinic)
      .where('retired_at', 'is', null)
      .where('destroyed_at', 'is', null)
      .forShare()
      .executeTakeFirst();
  // Having waited for a rotation, the first look finds its row retired and does not see the new one yet.
  const key = (await look()) ?? (await look());
  if (key === undefined) throw destroyed();
  return key;
}

/** Wraps every data key again under the current master key; returns how many were under an older one. */
export async function rewrapDataKeys(trx: Trx, keyring: Keyring): Promise<number> {
  const stale = await trx
    .selectFrom('vault_keys')
    .select(['id', 'clinic', 'master_key', 'wrapped'])
    .where('master_key', '!=', keyring.current)
    .where('destroyed_at', 'is', null)
    .forUpdate()
    .execute();
  for (const key of stale) {
    const plain = unwrapKey(keyring, key);
    await trx
      .updateTable('vault_keys')
      .set({
        master_key: keyring.current,
        wrapped: seal(keyring.derive('vault', keyring.current), binding(key.clinic, key.id), plain),
      })
      .where('id', '=', key.id)
      .execute();
  }
  return stale.length;
}
