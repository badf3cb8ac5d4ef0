// The tables of records that are one person, and of what systems tell of visits besides the schedule.
import type { NoteRow } from '../../connectors/pt-records/rows.ts';
import type { Instant, Json } from '../database/columns.ts';
import type { Moved, Stayed } from './moved.ts';

export interface PatientLinkTables {
  patient_links: {
    id: string;
    clinic: string;
    patient: string;
    stands_for: string;
    work_item: string | null;
    moved: Json<Moved>;
    stayed: Json<readonly Stayed[]>;
    by_user: string;
    at: Instant;
    undone_by: string | null;
    undone_at: Instant | null;
  };
  patient_pairs: {
    clinic: string;
    /** Sorts before `other`. */
    one: string;
    other: string;
    state: 'asked' | 'apart' | 'merged' | 'gone';
    said: Buffer;
    master_key: string;
    work_item: string | null;
    times: number;
    at: Instant;
  };
}

export interface VisitTables {
  visit_notes: {
    ref: string;
    clinic: string;
    connection: string;
    patient: string;
    date: string;
    kind: NoteRow['kind'];
    signed_on: string | null;
    updated_at: Instant;
  };
  visit_charges: {
    ref: string;
    clinic: string;
    connection: string;
    patient: string;
    date: string;
    code: string;
    modifiers: string[];
    units: number | null;
    charge_cents: number | null;
    updated_at: Instant;
  };
  outcome_scores: {
    /** Vault reference of measure and score. */
    record: string;
    clinic: string;
    connection: string;
    patient: string;
    date: string;
    updated_at: Instant;
  };
}
