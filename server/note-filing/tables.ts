// The table of filings: how far each signed version is on its way to the charts.
import type { FilingState } from '../../domain/note-filing/course.ts';
import type { ColumnType } from 'kysely';
import type { Instant } from '../database/columns.ts';

/** Left out when a filing begins. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface NoteFilingTables {
  note_filings: {
    note: string;
    version: number;
    clinic: string;
    patient: string;
    state: ColumnType<FilingState, FilingState | undefined, FilingState>;
    signed_at: Instant;
    not_before: Later<Date>;
    reason: Later<string>;
    connection: Later<string>;
    way: Later<'message' | 'file' | 'person'>;
    receipt: Later<string>;
    work_item: Later<string>;
    filed_at: Later<Date>;
    filed_by: Later<string>;
    changes: ColumnType<number, number | undefined, number>;
    changes_told: ColumnType<number, number | undefined, number>;
    created_at: Instant;
    updated_at: Instant;
  };
}
