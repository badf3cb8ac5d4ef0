// Notes, plans of care and the progress of a patient as the console reads them.
import type { DueItem } from '../domain/documentation-due/item.ts';
import type { DatedScore } from '../domain/measures/change.ts';
import type { Measure } from '../domain/measures/schema.ts';
import type { NoteDocument } from '../domain/note/document-schema.ts';
import type { Completeness } from '../domain/note/requirements.ts';
import type { DocumentKind, Episode } from '../domain/note/source-schema.ts';
import type { NoteFinding } from '../domain/note-verifier/finding.ts';
import type { Trace } from '../domain/note-verifier/verify.ts';
import type { PlanDraft } from '../domain/plan-of-care/draft.ts';
import type { SimilarPatients } from '../domain/plan-of-care/similar.ts';
import type { ProgressFlag } from '../domain/progress/flags.ts';
import type { Credential } from '../domain/session/words.ts';
import type { Person } from './api.ts';
import type { CareName } from './care.ts';

export type NoteState = 'draft' | 'awaitingCosign' | 'signed' | 'filed' | 'discarded';

export interface NoteLine {
  readonly note: string;
  readonly patient: string;
  readonly name: CareName | null;
  readonly session: string;
  readonly kind: DocumentKind;
  readonly date: string;
  readonly state: NoteState;
  readonly author: Person | null;
  readonly writtenBy: 'composer' | 'model';
  readonly findings: { readonly block: number; readonly ask: number };
  readonly gaps: number;
  readonly missing: number;
}

/** How a person settled a finding or a gap; a later change of the sentence voids it. */
export interface Resolution {
  readonly how: 'stands' | 'gapAccepted';
  readonly reason: string;
  readonly by: Person;
  readonly at: string;
}

export interface ShownNoteFinding extends NoteFinding {
  readonly key: string;
  /** Whether a person may let it stand; otherwise the text or the author has to change. */
  readonly mayStand: boolean;
  readonly resolution: Resolution | null;
}

export interface ShownGap {
  readonly key: string;
  readonly section: number;
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly resolution: Resolution | null;
}

/** What a place of the record says. */
export interface SourceWords {
  readonly words: string;
  readonly date: string | null;
  readonly session: string | null;
}

export interface NoteVersion {
  readonly version: number;
  readonly kind: 'document' | 'addendum';
  readonly hash: string;
  readonly signedBy: Person;
  readonly credential: Credential;
  readonly signedAt: string;
  readonly attestation: string;
  /** The words of an addendum; null: the document itself. */
  readonly text: string | null;
  readonly cosigned: {
    readonly by: Person;
    readonly credential: Credential;
    readonly at: string;
    readonly attestation: string;
  } | null;
}

export interface Filing {
  readonly state: 'waiting' | 'sending' | 'filed' | 'byHand' | 'uncertain' | 'failed';
  /** The connection or the person it was filed by. */
  readonly by: string | null;
  readonly at: string | null;
  readonly receipt: string | null;
}

export interface NotePage {
  readonly note: string;
  readonly patient: string;
  readonly name: CareName | null;
  readonly session: string;
  /** Of the session, to lead to its capture page; null: its visit is unknown. */
  readonly appointment: string | null;
  readonly kind: DocumentKind;
  readonly system: string;
  readonly revision: number;
  readonly state: NoteState;
  readonly writtenBy: 'composer' | 'model';
  readonly author: Person | null;
  /** Of what stands here; it is what is signed. */
  readonly hash: string;
  readonly document: NoteDocument;
  /** For each section, who worded each sentence. */
  readonly writers: readonly (readonly ('composer' | 'model' | 'person')[])[];
  /** What each pointer that the document cites, a trace or a finding names says, by pointer. */
  readonly sources: Readonly<Record<string, SourceWords>>;
  readonly findings: readonly ShownNoteFinding[];
  readonly gaps: readonly ShownGap[];
  readonly traces: readonly Trace[];
  readonly completeness: Completeness;
  /** The session has changed since the draft was made of it. */
  readonly sessionChanged: boolean;
  readonly signing: {
    readonly maySign: boolean;
    readonly mayCosign: boolean;
    /** Why not, in words; empty where nothing stands in the way of whoever reads it. */
    readonly whyNot: readonly string[];
    readonly attestation: string;
    readonly cosignature: { readonly needs: 'required' | 'notRequired' | 'asked'; readonly words: string };
  };
  readonly versions: readonly NoteVersion[];
  readonly filing: Filing | null;
}

export interface DueLine extends DueItem {
  readonly patient: string;
  readonly name: CareName | null;
  /** The note that would be signed; the session that would be drafted from. */
  readonly note: string | null;
  readonly session: string | null;
}

export interface StoredEpisode {
  readonly patient: string;
  readonly ref: string | null;
  readonly revision: number;
  readonly beganOn: string | null;
  readonly endedOn: string | null;
  readonly episode: Episode;
}

export interface PlanPage {
  readonly plan: string;
  readonly patient: string;
  readonly name: CareName | null;
  readonly revision: number;
  readonly state: 'draft' | 'approved' | 'discarded';
  readonly hash: string;
  readonly protocolName: string;
  readonly draft: PlanDraft;
  readonly similar: SimilarPatients | null;
  readonly approved: { readonly by: Person; readonly at: string } | null;
}

export interface ProgressGoalLine {
  readonly id: string;
  readonly words: string;
  readonly term: 'short' | 'long' | null;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly unit: string | null;
  readonly due: string | null;
  /** As the clinician said last; null: not said. */
  readonly state: 'met' | 'progressing' | 'unchanged' | 'declined' | null;
  readonly stateOn: string | null;
}

export interface ProgressPage {
  readonly patient: string;
  readonly name: CareName | null;
  readonly treatmentDays: number | null;
  readonly goals: readonly ProgressGoalLine[];
  readonly measures: readonly {
    readonly measure: Measure;
    readonly scores: readonly DatedScore[];
    readonly population: string | null;
  }[];
  readonly flags: readonly ProgressFlag[];
  /** The draft or plan in force; null: none was drafted here. */
  readonly plan: string | null;
}
