// The tables of the audit chain: one chain per clinic, and its authenticated head.
import type { Instant } from '../database/columns.ts';

export interface AuditTables {
  audit_entries: {
    clinic: string;
    seq: number;
    at: Instant;
    actor: string;
    action: string;
    subject: string | null;
    purpose: string | null;
    flow: string | null;
    rule: string | null;
    template: string | null;
    /** Canonical JSON as text, so that every byte of it is under the hash. */
    details: string;
    prev: string;
    hash: string;
  };
  audit_heads: {
    clinic: string;
    seq: number;
    hash: string;
    master_key: string;
    mac: string;
  };
}
