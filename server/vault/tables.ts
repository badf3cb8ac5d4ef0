// The tables of the vault: wrapped data keys, sealed records, blind indexes.
import type { Instant } from '../database/columns.ts';

export interface VaultTables {
  vault_keys: {
    id: string;
    clinic: string;
    master_key: string;
    /** nonce, ciphertext and tag of the data key; null once destroyed. */
    wrapped: Buffer | null;
    created_at: Instant;
    retired_at: Instant | null;
    destroyed_at: Instant | null;
  };
  vault_records: {
    ref: string;
    clinic: string;
    kind: string;
    version: number;
    key_id: string;
    /** nonce, ciphertext and tag of the record's JSON. */
    sealed: Buffer;
    created_at: Instant;
    updated_at: Instant;
  };
  vault_lookups: {
    clinic: string;
    kind: string;
    field: string;
    master_key: string;
    digest: Buffer;
    ref: string;
  };
}
