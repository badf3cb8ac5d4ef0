// The tables of coverage checks: batches, the checks in them and the summaries that came of them.
import type { Generated } from 'kysely';
import type { Instant, Json } from '../database/columns.ts';

export interface EligibilityTables {
  eligibility_batches: {
    id: string;
    clinic: string;
    key: string;
    kind: string;
    patients: string[] | null;
    day: string;
    until: Instant;
    started_by: string;
    created_at: Instant;
    planned_at: Instant | null;
    started_at: Instant | null;
    finished_at: Instant | null;
  };
  eligibility_checks: {
    ref: string;
    clinic: string;
    batch: string;
    chunk: number;
    patient: string;
    coverage: string;
    payer: string;
    service_date: string;
    service_types: string[];
    reasons: string[];
    trace: Generated<number>;
    state: string;
    attempts: Generated<number>;
    asking_until: Instant | null;
    connection: string | null;
    vendor_request_id: string | null;
    code: string | null;
    answer: string | null;
    asked_at: Instant | null;
    settled_at: Instant | null;
    delivered_at: Instant | null;
  };
  eligibility_summaries: {
    ref: string;
    clinic: string;
    check_ref: string;
    position: number;
    structure: Json<Readonly<Record<string, unknown>>>;
    at: Instant;
  };
}
