// The table of API keys: hashes of secrets, never the secrets.
import type { Instant } from '../database/columns.ts';

export interface KeyTables {
  api_keys: {
    id: string;
    name: string;
    /** Null: the key serves every clinic (the worker's). */
    clinic: string | null;
    capabilities: string[];
    secret_hash: string;
    created_at: Instant;
    expires_at: Instant | null;
    revoked_at: Instant | null;
    last_used_at: Instant | null;
  };
}
