// The table of connections: which outside system, in which mode, under which agreement; config and secrets lie in the vault.
import type { Instant, Json } from '../database/columns.ts';
import type { Agreement } from './agreement.ts';

export interface ConnectionTables {
  connections: {
    id: string;
    clinic: string;
    name: string;
    system: string;
    mode: string;
    /** Reference of the sealed `{config, secrets}`. */
    record: string;
    agreement: Json<Agreement | null>;
    created_at: Instant;
    updated_at: Instant;
    tested_at: Instant | null;
    test_outcome: string | null;
    removed_at: Instant | null;
  };
}
