// The table of sampled drafts and of what a specialist found.
import type { Verdict } from '../../domain/note-audit/figures.ts';
import type { Instant } from '../database/columns.ts';

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
