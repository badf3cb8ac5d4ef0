// What is kept of a clinic's attendance: the newest model of each kind, and when its missed visits are next looked over.
import type { Instant, Json } from '../database/columns.ts';

export const modelKinds = ['noShow', 'dropOut'] as const;
export type ModelKind = (typeof modelKinds)[number];

export interface AttendanceTables {
  attendance_models: {
    clinic: string;
    kind: ModelKind;
    /** By the clinic's calendar. */
    trained_on: string;
    trained_at: Instant;
    history_from: string | null;
    history_to: string | null;
    model: Json<unknown>;
  };
  attendance_turns: { clinic: string; due_at: Instant };
}
