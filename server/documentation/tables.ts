// The tables of session records and of the saves they are made of.
import type { Instant } from '../database/columns.ts';

export interface DocumentationTables {
  session_records: {
    ref: string;
    clinic: string;
    patient: string;
    appointment: string;
    date: string;
    revision: number;
    state: 'open' | 'closed';
    clinician: string;
    begun_at: Instant;
    updated_at: Instant;
    closed_at: Instant | null;
    closed_by: string | null;
  };
  session_saves: {
    id: string;
    session: string;
    revision: number;
    by_user: string;
    at: Instant;
  };
}
