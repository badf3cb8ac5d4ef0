// The table of flows that hear of new and changed records.
import type { ColumnType } from 'kysely';
import type { Instant } from '../database/columns.ts';

/** A transaction id, as PostgreSQL writes it. */
type TransactionId = ColumnType<string, string | undefined, string>;

export interface ListenerTables {
  record_listeners: {
    listener: string;
    clinic: string;
    flow: string;
    flow_name: string;
    url: string;
    /** The path of the address: which trigger of the flow it is. */
    place: ColumnType<string, never, never>;
    kinds: string[];
    connection: string | null;
    /** Everything up to this change was told. */
    told_by: TransactionId;
    told_seq: ColumnType<number, number | undefined, number>;
    call: string | null;
    call_by: ColumnType<string | null, string | null | undefined, string | null>;
    call_seq: number | null;
    failures: ColumnType<number, number | undefined, number>;
    try_at: Instant;
    registered_at: Instant;
    removed_at: Instant | null;
  };
}
