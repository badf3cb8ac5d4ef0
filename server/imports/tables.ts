// The tables of imports: where each row came from, what each file brought, and which authorizations it touched.
import type { ColumnType } from 'kysely';
import type { Instant, Json } from '../database/columns.ts';

type Counted = ColumnType<number, number | undefined, number>;

/** What became of a row. */
export type RowResult = 'added' | 'changed' | 'same' | 'unmatched';

/** A row that was not taken: where it stands and why, never what it holds. */
export interface RejectedRow {
  readonly row: number;
  readonly column: string | null;
  readonly reason: string;
}

/** Rows by what became of them, booked visits that a whole schedule no longer holds, rows whose payer nobody has mapped. */
export type ImportCounts = Readonly<
  Record<'added' | 'changed' | 'same' | 'unmatched' | 'cancelled' | 'unknownPayers', number>
>;

export interface ImportTables {
  imported_rows: {
    clinic: string;
    connection: string;
    kind: string;
    /** Keyed digest of the row's identity in the PT system. */
    source: Buffer;
    ref: string;
    /** Keyed digest of what the row said last. */
    content: Buffer;
    updated_at: Instant;
  };
  imports: {
    id: string;
    clinic: string;
    connection: string;
    kind: string;
    /** SHA-256 of the file, hex. */
    sha256: string;
    counts: Json<ImportCounts>;
    rejected: Json<readonly RejectedRow[]>;
    at: Instant;
  };
  /** How far the reading of a connection has come. */
  import_places: {
    clinic: string;
    connection: string;
    kinds: string;
    place: string | null;
    at: Instant;
  };
  /** What one system says of a patient whom several keep; the words lie in the vault. */
  patient_records: {
    ref: string;
    clinic: string;
    connection: string;
    patient: string;
    as_of: Instant;
    gone: 'deleted' | 'merged' | null;
    updated_at: Instant;
  };
  /** What imports added or changed, until it is told to the clinic's flows. */
  record_changes: {
    seq: ColumnType<number, never, never>;
    clinic: string;
    connection: string;
    kind: string;
    ref: string;
    change: 'added' | 'changed';
    at: Instant;
    told_at: Instant | null;
    written_by: ColumnType<string, never, never>;
  };
  import_leases: { connection: string; holder: string; until: Instant };
  import_watches: {
    connection: string;
    clinic: string;
    due_at: Instant;
    failures: number;
    pushed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  };
  import_runs: {
    id: string;
    clinic: string;
    connection: string;
    state: 'asked' | 'running' | 'done' | 'failed';
    started_by: string;
    asked_at: Instant;
    heard_at: Instant;
    finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    resumed: Counted;
    phase: ColumnType<'reading' | 'storing' | null, 'reading' | 'storing' | null | undefined>;
    kind: ColumnType<string | null, string | null | undefined>;
    bytes_done: ColumnType<string | null, number | null | undefined, number | null>;
    bytes_total: ColumnType<string | null, number | null | undefined, number | null>;
    rows_finished: Counted;
    rows_done: Counted;
    rows_total: Counted;
    added: Counted;
    changed: Counted;
    same: Counted;
    unmatched: Counted;
    refused: Counted;
    failure: ColumnType<string | null, string | null | undefined>;
  };
  /** How much of a piece is stored, until it is stored whole. */
  import_pieces: {
    clinic: string;
    connection: string;
    piece: string;
    kind: string;
    batches: number;
    said: Buffer;
    master_key: string;
    counts: Json<Readonly<Record<RowResult, number>>>;
    at: Instant;
  };
}
