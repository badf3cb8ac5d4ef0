// The tables of clinical documents: structure and counts; words, findings and reasons lie in the vault.
import type { DocumentKind } from '../../domain/note/source-schema.ts';
import type { Credential } from '../../domain/session/words.ts';
import type { Instant } from '../database/columns.ts';

export const noteStates = ['draft', 'awaitingCosign', 'signed', 'filed', 'discarded'] as const;
export type NoteState = (typeof noteStates)[number];
export type WrittenBy = 'composer' | 'model';

export interface NoteTables {
  clinician_credentials: {
    user_id: string;
    clinic: string;
    credential: Credential;
    license: string | null;
    license_state: string | null;
    license_expires: string | null;
    set_at: Instant;
  };
  notes: {
    ref: string;
    clinic: string;
    patient: string;
    session: string;
    session_revision: number;
    kind: DocumentKind;
    system: string;
    date: string;
    revision: number;
    state: NoteState;
    author: string | null;
    written_by: WrittenBy;
    open_block: number;
    open_ask: number;
    open_gaps: number;
    open_missing: number;
    drafted_at: Instant;
    updated_at: Instant;
  };
  note_versions: {
    note: string;
    version: number;
    clinic: string;
    kind: 'document' | 'addendum';
    record: string;
    hash: string;
    signed_by: string;
    signed_at: Instant;
    credential: Credential;
    attestation: string;
    cosign_needed: boolean;
    cosign_rule: string | null;
  };
  note_cosignatures: {
    note: string;
    version: number;
    clinic: string;
    by_user: string;
    at: Instant;
    credential: Credential;
    attestation: string;
    hash: string;
  };
  note_edits: {
    note: string;
    section: string;
    drafted_words: number;
    signed_words: number;
    changed_words: number;
  };
  signed_notes: {
    note: string;
    version: number;
    clinic: string;
    at: Instant;
    told_at: Instant | null;
  };
}
