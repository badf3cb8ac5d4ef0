// A way in which a PT system hands its records over (reports, HL7, FHIR, an API of a partner): asked alike, answered alike.
import type { ConnectionTest, ConnectorContext, Outcome } from '../connector.ts';
import type { Gone, RecordKind, RowsOf } from './rows.ts';

/** What holds for the whole clinic: its zone, and payer names as they stand in its systems, each with Gait's payer id. */
export interface ClinicWords {
  readonly zone?: string;
  readonly payers?: Readonly<Record<string, string>>;
}

/** Rows that came in one piece: a report, a message, a page. */
export type Delivery = {
  /**
   * What the piece is known by: the SHA-256 (hex) of its bytes, of a page that of its canonical JSON. A piece taken once is not
   * taken again.
   */
  readonly id: string;
  /** When the system said so, ISO UTC. */
  readonly asOf: string;
  /** The file it was. */
  readonly file?: string;
  /** Appointments only: every visit between its first and its last day is in it, a booked one that is missing is gone. */
  readonly whole?: boolean;
} & { readonly [Kind in RecordKind]: RowsOf<Kind> }[RecordKind];

export interface RecordsRequest {
  /** Only these; all the source has when absent. */
  readonly kinds?: readonly RecordKind[];
  /** What the last answer said; null at the first time: then everything is told. */
  readonly cursor: string | null;
  /** Pieces already taken, by their `id`. */
  readonly skip: readonly string[];
  /** Of those the ones that no longer are the word of their kind, each with the instant since when: told again after that, the file holds anew. */
  readonly superseded?: ReadonlyMap<string, string>;
  readonly clinic: ClinicWords;
  /** About how many rows one answer may hold; `more` then says that others wait. */
  readonly limit?: number;
  /** Hears how far the reading of files has come. */
  readonly reading?: (so: { readonly bytes: number; readonly ofBytes: number }) => void;
}

export interface RecordsFetched {
  readonly deliveries: readonly Delivery[];
  readonly gone: readonly Gone[];
  /** To be asked with next time, once everything in this answer is stored. Opaque, without PHI; null: always from the start. */
  readonly cursor: string | null;
  readonly more: boolean;
  /** Pieces still being written. */
  readonly waiting: number;
  /** Pieces that were taken before. */
  readonly skipped: number;
  /** Pieces of a kind nobody knows; they are counted, not named. */
  readonly unrecognised: number;
  /** Files of which nothing is left to be told: to be put aside once this answer is stored. */
  readonly files?: readonly string[];
}

/** One way in. It reads its own part of the connection's settings. */
export interface RecordSource {
  /** The kinds it can ever tell of with these settings. */
  kinds(config: ConnectorContext['config']): readonly RecordKind[];
  fetch(context: ConnectorContext, request: RecordsRequest): Promise<Outcome<RecordsFetched>>;
  test(context: ConnectorContext): Promise<Outcome<ConnectionTest>>;
  /** Moves files that are stored out of the way; returns how many it could. A source without files has none. */
  putAside?(context: ConnectorContext, files: readonly string[]): Promise<number>;
}
