// The tables of imports: where each row came from, what each file brought, and which authorizations it touched.
import type { Instant, Json } from '../database/columns.ts';

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
  /** The latest import that changed an authorization, its visits, its chart or its coverage. */
}
