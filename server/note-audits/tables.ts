// The table of sampled drafts and of what a specialist found.
import type { Instant } from '../database/columns.ts';

export const verdicts = ['sound', 'minorFaults', 'seriousFaults', 'notLooked'] as const;
export type Verdict = (typeof verdicts)[number];

export interface NoteAuditTables {
  note_audits: {
    note: string;
    clinic: string;
    work_item: string;
    asked_at: Instant;
    verdict: Verdict | null;
    by_user: string | null;
    scored_at: Instant | null;
  };
}
