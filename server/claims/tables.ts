// The tables of claims: structure only; the claims themselves and what payers said lie in the vault.
import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json } from '../database/columns.ts';

export interface ClaimTables {
  claims: {
    ref: string;
    clinic: string;
    payer: string;
    service_from: string | null;
    service_to: string | null;
    charge_cents: number | null;
    lines: number;
    frequency: string;
    version: number;
    heading: string;
    imported_at: Instant;
    changed_at: Instant;
  };
  claim_statuses: {
    clinic: string;
    claim: string;
    record: string;
    operation: string;
    sent_back: boolean;
    payer_number_known: ColumnType<boolean, boolean | undefined, boolean>;
    structure: Json<Readonly<Record<string, unknown>>>;
    at: Instant;
  };
  claim_inquiries: {
    trace: Generated<number>;
    clinic: string;
    claim: string;
    connection: string;
    state: 'open' | 'pending' | 'over';
    vendor_request_id: string | null;
    asked_at: Instant;
    asking_until: Instant | null;
  };
}
