// The table of what clearinghouses left for the clinic: files, reports and transactions, each kept once.
import type { Instant, Json } from '../database/columns.ts';

export interface ReceivedTables {
  received_documents: {
    clinic: string;
    connection: string;
    source: string;
    name: string;
    kinds: string[];
    record: string | null;
    structure: Json<Readonly<Record<string, unknown>>>;
    told_at: Instant;
    kept_at: Instant | null;
    confirmed_at: Instant | null;
    try_at: Instant | null;
    tries: number;
  };
}
