// The table of connections: which outside system, in which mode, under which agreement; config and secrets lie in the vault.
import type { Generated } from 'kysely';
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
  connection_grants: {
    connection: string;
    clinic: string;
    /** Reference of the sealed tokens; null: nobody signed in yet. */
    record: string | null;
    version: Generated<number>;
    signed_in_at: Instant | null;
    lasts_until: Instant | null;
    lapsed_at: Instant | null;
    keep_at: Instant;
    updated_at: Instant;
  };
  connection_sign_ins: {
    /** SHA-256 of the state. */
    state: Buffer;
    connection: string;
    clinic: string;
    person: string;
    master_key: string;
    until: Instant;
  };
}
