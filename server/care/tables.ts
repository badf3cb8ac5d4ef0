// The tables of care between visits: references, days and structure; titles, links, words and answers lie in the vault.
import type { ColumnType } from 'kysely';
import type { Done } from '../../domain/care/exercise.ts';
import type { Weeks } from '../../domain/care/taper.ts';
import type { Instant, JsonOrNull } from '../database/columns.ts';

/** What a therapist decides about the end of a plan: it ends, it ends with fewer visits before, it goes on. */
export const planDecisions = ['ends', 'fewer', 'goesOn'] as const;
export type PlanDecision = (typeof planDecisions)[number];

export interface CareTables {
  exercise_programs: {
    ref: string;
    clinic: string;
    patient: string;
    starts_on: string;
    ends_on: string | null;
    weekdays: number[];
    by_actor: string;
    at: Instant;
  };
  exercise_answers: {
    program: string;
    day: string;
    clinic: string;
    done: Done;
    felt: number | null;
    /** Vault reference of the patient's words. */
    words: string | null;
    at: Instant;
  };
  plan_decisions: {
    clinic: string;
    patient: string;
    ends_on: string;
    decision: PlanDecision;
    weeks: JsonOrNull<Weeks>;
    work_item: string;
    at: Instant;
  };
  visit_links: {
    appointment: string;
    clinic: string;
    record: string;
    by_actor: string;
    at: Instant;
  };
  intake_forms: {
    ref: string;
    clinic: string;
    patient: string;
    appointment: string | null;
    form: string;
    digest: Buffer;
    expires_at: Instant;
    state: ColumnType<'asked' | 'answered' | 'reviewed', string | undefined, 'asked' | 'answered' | 'reviewed'>;
    asked_at: Instant;
    answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    flags: ColumnType<number | null, number | null | undefined, number | null>;
    work_item: ColumnType<string | null, string | null | undefined, string | null>;
  };
}
