// A column type the core tables do not need: JSON that may be absent.
import type { ColumnType } from 'kysely';

/** A JSON column (`jsonb`) that may be null: read as the value, written as JSON text or null. */
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
