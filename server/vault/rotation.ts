// Changing keys and destroying them: rotation in batches that can be taken up again, and the shredding of a clinic.
import { resealHeads } from '../audit/append.ts';
import type { Audit } from '../audit/append.ts';
import type { Db } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { actorOf } from '../http/principal.ts';
import { currentKey, newDataKey, rewrapDataKeys, unwrapKey } from './data-keys.ts';
import type { Keyring } from './keyring.ts';
import { writeLookup } from './lookup.ts';
import { openSealed, sealRecord } from './sealed-record.ts';

export interface RotationNeeds {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly audit: Audit;
  readonly now: () => Date;
}

/** Gives the clinic a new data key for what is sealed from now on. What lies sealed already is for `rewrapAll`. */
export function rotateClinicKey(needs: RotationNeeds, clinic: string, by: Principal): Promise<string> {
  return needs.db.transaction().execute(async (trx) => {
    const id = await newDataKey(trx, needs.keyring, clinic, needs.now());
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'vault.rotated', subject: clinic });
    return id;
  });
}

/**
 * Seals every record again that lies under an older data key, `batch` records per transaction, then destroys the older
 * keys. Broken off at any point it may simply be called again. Returns how many records were sealed anew.
 */
export async function rewrapAll(needs: RotationNeeds, clinic: string, by: Principal, batch = 200): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await rewrapBatch(needs, clinic, batch);
    total += done;
    if (done === 0) break;
  }
  await needs.db.transaction().execute(async (trx) => {
    // A writer that still holds the older key for a record keeps that key alive.
    const gone = await trx
      .updateTable('vault_keys')
      .set({ wrapped: null, destroyed_at: needs.now() })
      .where('clinic', '=', clinic)
      .where('retired_at', 'is not', null)
      .where('destroyed_at', 'is', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb.selectFrom('vault_records').select('ref').whereRef('vault_records.key_id', '=', 'vault_keys.id'),
          ),
        ),
      )
      .returning('id')
      .execute();
    const details = { records: total, keysDestroyed: gone.length };
    await needs.audit.append(trx, { clinic, actor: actorOf(by), action: 'vault.resealed', subject: clinic, details });
  });
  return total;
}

function rewrapBatch({ db, keyring, now }: RotationNeeds, clinic: string, batch: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const target = await currentKey(trx, clinic);
    const targetKey = unwrapKey(keyring, target);
    const rows = await trx
      .selectFrom('vault_records as r')
      .innerJoin('vault_keys as k', 'k.id', 'r.key_id')
      .select(['r.ref', 'r.kind', 'r.version', 'r.sealed', 'k.id', 'k.clinic', 'k.master_key', 'k.wrapped'])
      .where('r.clinic', '=', clinic)
      .where('r.key_id', '!=', target.id)
      .orderBy('r.ref')
      .limit(batch)
      .forUpdate('r')
      .execute();
    for (const row of rows) {
      const binding = { clinic, ref: row.ref, kind: row.kind, version: row.version };
      const value = openSealed(unwrapKey(keyring, row), binding, row.sealed);
      await trx
        .updateTable('vault_records')
        .set({ key_id: target.id, sealed: sealRecord(targetKey, binding, value), updated_at: now() })
        .where('ref', '=', row.ref)
        .execute();
      await writeLookup(trx, keyring, { clinic, kind: row.kind, ref: row.ref }, value.lookup);
    }
    return rows.length;
  });
}

/**
 * Wraps all data keys under the keyring's current master key and seals the heads of all chains under it; afterwards the older
 * master keys open nothing of the vault, and no chain needs them. Returns the number of data keys.
 */
export function rewrapMasterKey({ db, keyring }: RotationNeeds): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await resealHeads(trx, keyring);
    return rewrapDataKeys(trx, keyring);
  });
}

/** Destroys every data key of the clinic: its records can never be opened again. The audit chain stays. */
export function shredClinic({ db, audit, now }: RotationNeeds, clinic: string, by: Principal): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const at = now();
    await trx
      .updateTable('vault_keys')
      .set({ wrapped: null, destroyed_at: at, retired_at: at })
      .where('clinic', '=', clinic)
      .where('destroyed_at', 'is', null)
      .execute();
    await trx.deleteFrom('vault_lookups').where('clinic', '=', clinic).execute();
    await trx.updateTable('clinics').set({ shredded_at: at }).where('id', '=', clinic).execute();
    await audit.append(trx, { clinic, actor: actorOf(by), action: 'clinic.shredded', subject: clinic });
  });
}
