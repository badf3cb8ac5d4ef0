// Column types that every area's tables share: how a value is read and how it is written.
import type { ColumnType } from 'kysely';

/** An instant: read as a Date, written as a Date or an ISO text in UTC. */
export type Instant = ColumnType<Date, Date | string, Date | string>;

/** A JSON column (`jsonb`): read as the value, written as JSON text. */
export type Json<T> = ColumnType<T, string, string>;

/** A JSON column that may be null: read as the value, written as JSON text or null. */
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
