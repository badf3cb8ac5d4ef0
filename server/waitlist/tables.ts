// The tables of the waitlist: references, structure and the course of each freed slot.
import type { ColumnType } from 'kysely';
import type { Priority } from '../../domain/waitlist/book-schema.ts';
import type { FreedSlot } from '../../domain/waitlist/candidate.ts';
import type { SlotPhase, SlotState } from '../../domain/waitlist/offer.ts';
import type { Ranking } from '../../domain/waitlist/rank.ts';
import type { Instant, Json } from '../database/columns.ts';
import type { Wishes } from './wishes.ts';

export interface WaitlistTables {
  waitlist_entries: {
    ref: string;
    clinic: string;
    patient: string;
    wishes: Json<Wishes>;
    priority: Priority;
    replaces: string | null;
    state: ColumnType<EntryState, EntryState | undefined, EntryState>;
    waiting_since: Instant;
    by_actor: string;
    updated_at: Instant;
  };
  freed_slots: {
    ref: string;
    clinic: string;
    appointment: string | null;
    facts: Json<FreedSlot>;
    ranking: Json<Ranking>;
    state: Json<SlotState>;
    phase: SlotPhase;
    wakes_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
    changes: ColumnType<number, number | undefined, number>;
    changes_told: ColumnType<number, number | undefined, number>;
    opened_by: string;
    opened_at: Instant;
    updated_at: Instant;
  };
  slot_offers: {
    ref: string;
    clinic: string;
    slot: string;
    number: string;
    entry: string;
    patient: string;
    message: string | null;
    at: Instant;
  };
  slot_holds: {
    slot: string;
    clinic: string;
    offer: string;
    patient: string;
    work_item: string | null;
    at: Instant;
  };
}

export type EntryState = 'waiting' | 'paused' | 'booked' | 'removed';
