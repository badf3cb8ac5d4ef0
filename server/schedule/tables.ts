// The tables of the schedule: who treats and where, and when patients can come. Names of staff, references and structure.
import type { ColumnType } from 'kysely';
import type { WeeklyWindow } from '../../domain/schedule/clock.ts';
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
}
