// The tables of the schedule: who treats and where, when patients can come, what was proposed and held. Names of staff, references, structure.
import type { ColumnType, RawBuilder } from 'kysely';
import type { WeeklyWindow } from '../../domain/schedule/clock.ts';
import type { Plan, Unplaced } from '../../domain/series/plan.ts';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';

type Counted = ColumnType<number, number | undefined, number>;

export interface ScheduleTables {
  therapists: {
    ref: string;
    clinic: string;
    name: string | null;
    name_key: string | null;
    disciplines: ColumnType<string[], string[] | undefined>;
    skills: ColumnType<string[], string[] | undefined>;
    locations: ColumnType<string[], string[] | undefined>;
    /** Null: nobody has said. */
    hours: JsonOrNull<readonly WeeklyWindow[]>;
    days_off: ColumnType<string[], string[] | undefined>;
    active: ColumnType<boolean, boolean | undefined>;
    revision: Counted;
    updated_at: Instant;
  };
  rooms: {
    ref: string;
    clinic: string;
    name: string;
    location: ColumnType<string, string | undefined>;
    equipment: ColumnType<string[], string[] | undefined>;
    active: ColumnType<boolean, boolean | undefined>;
    revision: Counted;
    updated_at: Instant;
  };
  patient_times: {
    patient: string;
    clinic: string;
    times: Json<readonly WeeklyWindow[]>;
    by_actor: string;
    updated_at: Instant;
  };
  series: {
    ref: string;
    clinic: string;
    patient: string;
    state: SeriesState;
    plan: Json<Plan>;
    rule: string;
    points: number;
    bound: number;
    gap: number;
    unplaced: Json<readonly Unplaced[]>;
    work_item: ColumnType<string | null, string | null | undefined>;
    booking_item: ColumnType<string | null, string | null | undefined>;
    revision: Counted;
    by_actor: string;
    at: Instant;
    updated_at: Instant;
  };
  series_visits: {
    ref: string;
    clinic: string;
    series: string;
    patient: string;
    therapist: string;
    room: string | null;
    starts_at: Instant;
    minutes: number;
    state: ColumnType<SeriesVisitState, SeriesVisitState | undefined>;
    notes: Json<readonly string[]>;
    moved_by: ColumnType<string | null, string | null | undefined>;
    appointment: ColumnType<string | null, string | null | undefined>;
    updated_at: Instant;
  };
  schedule_holds: {
    visit: string;
    clinic: string;
    therapist: string;
    room: string | null;
    patient: string;
    /** A `tstzrange`; written as one, never read. */
    during: ColumnType<string, RawBuilder<string>, never>;
  };
}

export type SeriesState = 'proposed' | 'accepted' | 'rejected';
export type SeriesVisitState = 'proposed' | 'removed' | 'held' | 'booked' | 'released';
