// The tables of followed claims: states, codes, days and references.
import type { ColumnType } from 'kysely';
import type { Heard } from '../../../workflows/claim/messages.ts';
import type { ClaimShown } from '../../../domain/claim/shown.ts';
import type { Instant, Json, JsonOrNull } from '../../database/columns.ts';

export interface ClaimLifeTables {
  claim_lives: {
    claim: string;
    clinic: string;
    state: ClaimShown['status'];
    since: Instant;
    frequency: string | null;
    attempt: number | null;
    due_by: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
    denial: JsonOrNull<NonNullable<ClaimShown['denial']>>;
    hold: string | null;
    to_track: ColumnType<boolean, boolean | undefined, boolean>;
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
    body: Json<Heard>;
    at: Instant;
    outcome: ColumnType<
      'told' | 'untracked' | null,
      'told' | 'untracked' | null | undefined,
      'told' | 'untracked' | null
    >;
    told_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
  };
}
