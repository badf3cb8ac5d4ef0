// Blind indexes: finding a record by a value without the database holding the value.
import { createHmac } from 'node:crypto';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from './keyring.ts';

/** Values that a record can be found by, by field: `{recordNumber: '…'}`. */
export type Lookup = Readonly<Record<string, string>>;

/** HMAC-SHA256 under a key of this clinic alone; case, spaces at the ends and Unicode forms do not tell values apart. */
export function digestOf(
  keyring: Keyring,
  masterKey: string,
  where: { readonly clinic: string; readonly kind: string; readonly field: string },
  value: string,
): Buffer {
  const normal = value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return createHmac('sha256', keyring.derive('lookup', masterKey, where.clinic))
    .update(JSON.stringify([where.kind, where.field, normal]))
    .digest();
}

/** Makes the blind indexes of a record those of `lookup`, under the current master key. */
export async function writeLookup(
  trx: Trx,
  keyring: Keyring,
  { clinic, kind, ref }: { readonly clinic: string; readonly kind: string; readonly ref: string },
  lookup: Lookup,
): Promise<void> {
  await trx.deleteFrom('vault_lookups').where('ref', '=', ref).execute();
  await addLookups(trx, keyring, clinic, [{ kind, ref, lookup }]);
}

/** Adds the blind indexes of new records, under the current master key. */
export async function addLookups(
  trx: Trx,
  keyring: Keyring,
  clinic: string,
  records: readonly { readonly kind: string; readonly ref: string; readonly lookup: Lookup }[],
): Promise<void> {
  const master = keyring.current;
  const rows = records.flatMap(({ kind, ref, lookup }) =>
    Object.entries(lookup).map(([field, value]) => ({
      clinic,
      kind,
      field,
      master_key: master,
      digest: digestOf(keyring, master, { clinic, kind, field }, value),
      ref,
    })),
  );
  if (rows.length > 0) await trx.insertInto('vault_lookups').values(rows).execute();
}
