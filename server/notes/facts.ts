// What a flow is told of a note: references, states and counts; not a word of it.
import type { DocumentKind } from '../../domain/note/source-schema.ts';
import type { NoteRow } from './needs.ts';
import { isClear, openOf } from './open.ts';
import type { NoteState, WrittenBy } from './tables.ts';

export interface NoteFacts {
  readonly note: string;
  readonly session: string;
  readonly patient: string;
  readonly date: string;
  readonly kind: DocumentKind;
  readonly state: NoteState;
  readonly revision: number;
  /** Findings that nobody has resolved yet. */
  readonly findings: { readonly block: number; readonly ask: number };
  /** Gaps nobody filled or accepted, and contents the manual asks for that are not there. */
  readonly gaps: number;
  readonly missing: number;
  /** Whether nothing stands open in the text; who may sign is the signer's matter. */
  readonly maySign: boolean;
  readonly writtenBy: WrittenBy;
}

export function factsOf(row: NoteRow): NoteFacts {
  const { block, ask, gaps, missing } = openOf(row);
  return {
    note: row.ref,
    session: row.session,
    patient: row.patient,
    date: row.date,
    kind: row.kind,
    state: row.state,
    revision: row.revision,
    findings: { block, ask },
    gaps,
    missing,
    maySign: row.state === 'draft' && isClear({ block, ask, gaps, missing }),
    writtenBy: row.written_by,
  };
}
