// What an earlier import said of each row, as keyed digests: the same report read twice changes nothing.
import { createHmac } from 'node:crypto';
import type { Trx } from '../database/tables.ts';
import type { Keyring } from '../vault/keyring.ts';

export interface LedgerOf {
  readonly clinic: string;
  readonly connection: string;
  readonly kind: 'patients' | 'coverages' | 'authorizations' | 'appointments';
}

/** What is known of a row: the reference it became, and whether it says the same as last time. */
export interface Known {
  readonly ref: string;
  readonly unchanged: boolean;
}

export interface Ledger {
  /** `source` is the row's identity in the PT system, `content` all it says. Nothing of either is stored in clear. */
  look(source: readonly string[], content: unknown): Known | null;
  /** Remembers what a row says now; written by `flush`. */
  keep(source: readonly string[], content: unknown, ref: string): void;
  flush(trx: Trx, at: Date): Promise<void>;
}

const rowsAStatement = 1000;

/** Reads the whole ledger of one report kind of one connection: one query for a report of any length. */
export async function readLedger(trx: Trx, keyring: Keyring, of: LedgerOf): Promise<Ledger> {
  const digest = (keyId: string, part: string, value: unknown): Buffer =>
    createHmac('sha256', keyring.derive('lookup', keyId, of.clinic))
      .update(JSON.stringify(['import', of.connection, of.kind, part, value]))
      .digest();
  const stored = await trx
    .selectFrom('imported_rows')
    .select(['source', 'content', 'ref'])
    .where('clinic', '=', of.clinic)
    .where('connection', '=', of.connection)
    .where('kind', '=', of.kind)
    .execute();
  const known = new Map(stored.map((row) => [row.source.toString('hex'), row]));
  const kept = new Map<string, { source: Buffer; content: Buffer; ref: string }>();
  return {
    look(source, content) {
      // A row written under an older master key is still the same row.
      for (const keyId of keyring.ids) {
        const row = known.get(digest(keyId, 'source', source).toString('hex'));
        if (row !== undefined)
          return { ref: row.ref, unchanged: row.content.equals(digest(keyId, 'content', content)) };
      }
      return null;
    },
    keep(source, content, ref) {
      for (const keyId of keyring.ids) {
        const at = digest(keyId, 'source', source);
        if (keyId !== keyring.current && !known.has(at.toString('hex'))) continue;
        kept.set(at.toString('hex'), { source: at, content: digest(keyId, 'content', content), ref });
        known.set(at.toString('hex'), { source: at, content: digest(keyId, 'content', content), ref });
      }
    },
    async flush(trx, at) {
      const rows = [...kept.values()].map((row) => ({ ...of, ...row, updated_at: at }));
      for (let start = 0; start < rows.length; start += rowsAStatement) {
        await trx
          .insertInto('imported_rows')
          .values(rows.slice(start, start + rowsAStatement))
          .onConflict((conflict) =>
            conflict.columns(['clinic', 'connection', 'kind', 'source']).doUpdateSet((eb) => ({
              ref: eb.ref('excluded.ref'),
              content: eb.ref('excluded.content'),
              updated_at: eb.ref('excluded.updated_at'),
            })),
          )
          .execute();
      }
      kept.clear();
    },
  };
}
