// The tables of what vendors left or told: files, reports and transactions, each kept once, and what became of messages.
import type { DeliveryStatus } from '../../connectors/delivery.ts';
import type { Generated } from 'kysely';
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
  message_events: {
    id: Generated<number>;
    clinic: string;
    connection: string;
    vendor_message: string;
    kind: 'status' | 'reply';
    status: DeliveryStatus | null;
    error_code: string | null;
    mark: string | null;
    document: string;
    received_at: Instant;
    handled_at: Instant | null;
  };
}
