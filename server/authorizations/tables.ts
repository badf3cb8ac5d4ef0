// The tables of authorizations, patients and appointments: references and structure for lists and projections.
import type { ColumnType } from 'kysely';
import type { Instant, Json, JsonOrNull } from '../database/columns.ts';
import type { Appointment, AppointmentKind } from '../../domain/appointment/schema.ts';
import type { Assessment } from '../../domain/authorization/assessment.ts';
import type { Authorization } from '../../domain/authorization/schema.ts';

export interface AuthorizationTables {
  patients: {
    ref: string;
    clinic: string;
    /** Which connection brought the patient: its word about them holds where nothing else is set. */
    connection: string | null;
    coverage: string | null;
    payer: string | null;
    coverage_changed_on: string | null;
    /** Vault reference of the plan of care, diagnoses and clinical words; null: none imported. */
    chart: string | null;
    updated_at: Instant;
  };
  authorizations: {
    ref: string;
    clinic: string;
    connection: string | null;
    patient: string;
    coverage: string;
    coverage_changed_on: string | null;
    payer: string;
    line_of_business: string;
    discipline: string;
    periods: Json<Authorization['periods']>;
    required_by_payer: boolean | null;
    held: JsonOrNull<NonNullable<Authorization['held']>>;
    assessment: JsonOrNull<Assessment>;
    act_by: string | null;
    state: ColumnType<string, string | undefined, string>;
    tracked_at: Instant | null;
    to_track: ColumnType<boolean, boolean | undefined, boolean>;
    updated_at: Instant;
  };
  appointments: {
    ref: string;
    clinic: string;
    /** Which connection brought the visit: its word about it holds. */
    connection: string | null;
    patient: string;
    date: string;
    starts_at: Instant | null;
    status: Appointment['status'];
    units: number | null;
    discipline: string;
    /** Null is what the system does not tell. */
    therapist: ColumnType<string | null, string | null | undefined>;
    room: ColumnType<string | null, string | null | undefined>;
    location: ColumnType<string | null, string | null | undefined>;
    minutes: ColumnType<number | null, number | null | undefined>;
    kind: ColumnType<AppointmentKind | null, AppointmentKind | null | undefined>;
    updated_at: Instant;
  };
  authorization_events: {
    clinic: string;
    id: string;
    authorization_ref: string;
    seq: ColumnType<number, never, never>;
    at: Instant;
    event: string;
    by_whom: string;
    detail: Json<Readonly<Record<string, unknown>>>;
    refs: string[];
  };
  authorization_answers: {
    /** Vault reference of the whole answer. */
    record: string;
    clinic: string;
    authorization_ref: string;
    period: number | null;
    status: string;
    at: Instant;
  };
}
