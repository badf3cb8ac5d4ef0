// The tables of followed claims: states, codes, days and references.
import type { ColumnType } from 'kysely';
import type { Acknowledgment } from '../../../domain/claim/machine-state.ts';
import type { ClaimShown } from '../../../domain/claim/shown-schema.ts';
import type { Standing } from '../../../domain/claim/standing.ts';
import type { Instant, Json, JsonOrNull } from '../../database/columns.ts';

type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type TellingOutcome = 'told' | 'untracked' | null;

/** References and codes only. Of a posting the books are read when it is told: of two tellings the later one is true. */
export type ToTell =
  | ({ readonly what: 'acknowledgment' } & Acknowledgment)
  | { readonly what: 'status'; readonly standing: Standing; readonly codes: string | null }
  | { readonly what: 'posting'; readonly remittanceClaim: string }
  /** `ledger` stands in the same order as the postings of remittances. */
  | { readonly what: 'payment'; readonly on: string; readonly ledger: number };

export interface ClaimLifeTables {
  claim_lives: {
    claim: string;
    clinic: string;
    state: ClaimShown['status'];
    since: Instant;
    frequency: string | null;
    attempt: number | null;
    due_by: NullableInstant;
    denial: JsonOrNull<NonNullable<ClaimShown['denial']>>;
    hold: string | null;
    changes: ColumnType<number, number | undefined, number>;
    changes_told: ColumnType<number, number | undefined, number>;
    tracked_by: string;
    tracked_at: Instant;
    updated_at: Instant;
  };
  claim_events: {
    id: string;
    claim: string;
    clinic: string;
    seq: ColumnType<number, never, never>;
    type: string;
    at: Instant;
    by_whom: string;
    work_item: string | null;
    frequency: string | null;
    attempt: number | null;
    detail: string | null;
  };
  claim_tellings: {
    id: string;
    clinic: string;
    claim: string;
    seq: ColumnType<number, never, never>;
    body: Json<ToTell>;
    at: Instant;
    outcome: ColumnType<TellingOutcome, TellingOutcome | undefined, TellingOutcome>;
    told_at: NullableInstant;
    try_at: Instant;
    tries: ColumnType<number, number | undefined, number>;
  };
}
