// The tables of remittances and of the ledger: codes, days and cents by reference.
import type { ColumnType, Generated } from 'kysely';
import type { Entry } from '../../domain/posting/entries.ts';
import type { Instant, Json } from '../database/columns.ts';

/** What is wrong with a remittance, and in which segment. */
export interface RemittanceFinding {
  readonly code: string;
  readonly segment: number | null;
}

export type RemittanceState = 'posted' | 'held' | 'setAside';
export type RemittanceClaimState = 'held' | 'unmatched' | 'posted' | 'informs' | 'setAside';

export interface PostingTables {
  remittance_files: {
    record: string;
    clinic: string;
    arrived_at: Instant;
    read_at: Instant | null;
    try_at: Instant | null;
    tries: number;
    damage_accepted: boolean;
  };
  remittances: {
    ref: string;
    clinic: string;
    file: string;
    state: RemittanceState;
    payer: string;
    payer_name: string | null;
    amount_cents: number | null;
    method: string | null;
    paid_on: string | null;
    produced_on: string | null;
    claims: number;
    findings: Json<readonly RemittanceFinding[]>;
    received_at: Instant;
    posted_at: Instant | null;
  };
  remittance_claims: {
    ref: string;
    clinic: string;
    remittance: string;
    position: number;
    state: RemittanceClaimState;
    claim: string | null;
    payer: string;
    status: string | null;
    effect: 'decides' | 'reverses' | 'informs' | null;
    rank: number | null;
    passed_on: boolean;
    charge_cents: number | null;
    paid_cents: number | null;
    patient_cents: number | null;
    payer_number_known: boolean;
    remarks: string[];
    why: string[];
    posting_order: ColumnType<number | null, number | null | undefined, number | null>;
    posted_at: Instant | null;
  };
  postings: {
    id: Generated<number>;
    clinic: string;
    remittance: string;
    remittance_claim: string | null;
    claim: string | null;
    kind: string;
    group_code: string | null;
    reason: string | null;
    cents: number;
    line: number | null;
    source: string;
    at: Instant;
  };
  claim_entries: {
    event: string;
    claim: string;
    clinic: string;
    kind: Entry['kind'];
    of_whom: Entry['of'];
    cents: number;
    by_user: string;
    at: Instant;
  };
}
