// Notes, plans of care and the progress of a patient as the console reads them.
import type { DueItem } from '../domain/documentation-due/item.ts';
import type { DatedScore } from '../domain/measures/change.ts';
import type { Measure } from '../domain/measures/schema.ts';
import type { FilingState } from '../domain/note-filing/course.ts';
import type { NoteDocument } from '../domain/note/document-schema.ts';
import type { Writers } from '../domain/note/edit.ts';
import type { Missing } from '../domain/note/requirements.ts';
import type { DocumentKind, Episode } from '../domain/note/source-schema.ts';
import type { SourceWords } from '../domain/note/source-words.ts';
import type { NoteFinding } from '../domain/note-verifier/finding.ts';
import type { Trace } from '../domain/note-verifier/verify.ts';
import type { PlanDraft } from '../domain/plan-of-care/draft.ts';
import type { SimilarPatients } from '../domain/plan-of-care/similar.ts';
import type { ProgressFlag } from '../domain/progress/flags.ts';
import type { Credential } from '../domain/session/words.ts';
import type { Person } from './api.ts';
import type { CareName } from './care.ts';

export type NoteState = 'draft' | 'awaitingCosign' | 'signed' | 'filed' | 'discarded';

/** What stands open, in counts. */
export interface OpenCounts {
  readonly block: number;
  readonly ask: number;
  readonly gaps: number;
  readonly missing: number;
}

export interface NoteLine {
  readonly note: string;
  readonly session: string;
  readonly patient: string;
  readonly patientName: CareName | null;
  readonly kind: DocumentKind;
  readonly date: string;
  readonly state: NoteState;
  readonly author: Person | null;
  readonly writtenBy: 'composer' | 'model';
  readonly findings: { readonly block: number; readonly ask: number };
  readonly gaps: number;
  readonly missing: number;
}

export type HowSettled = 'stands' | 'gapAccepted';

/** How a person settled what was open; a later change of the text voids it. */
export interface Resolution {
  readonly key: string;
  readonly how: HowSettled;
  readonly reason: string;
  readonly by: string;
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
  readonly text: string;
  readonly resolution: Resolution | null;
}

export interface ShownMissing extends Missing {
  readonly key: string;
  readonly resolution: Resolution | null;
}

export interface NoteVersion {
  readonly version: number;
  readonly kind: 'document' | 'addendum';
  readonly hash: string;
  readonly signedBy: Person;
  readonly credential: string;
  readonly signedAt: string;
  readonly attestation: string;
  /** The words of an addendum; null: the document itself. */
  readonly text: string | null;
  readonly cosigned: { readonly by: Person; readonly credential: string; readonly at: string } | null;
  /** Whether what is kept still is what was signed. */
  readonly isIntact: boolean;
}

/** Where a signed document is on its way to the chart. */
export interface Filing {
  readonly state: FilingState;
  /** Who said that it stands there; null: the system acknowledged it itself. */
  readonly by: string | null;
  readonly at: string | null;
  /** What it is known by there. */
  readonly receipt: string | null;
  readonly system: string | null;
  readonly reason: string | null;
  readonly workItem: string | null;
}

/** Words that are signed under. */
interface Attestation {
  readonly id: string;
  readonly text: string;
}

export interface NoteSigning {
  /** As what the signed-in person would sign now; null: nothing is to be signed. */
  readonly as: 'author' | 'cosigner' | null;
  readonly maySign: boolean;
  /** Why not; `notAuthor` and `credentialChanged` are mended by taking the note over. */
  readonly whyNot: readonly { readonly code: string; readonly words: string }[];
  /** Of what is shown; it is what is signed. */
  readonly hash: string;
  readonly attestation: Attestation | null;
  readonly addendumAttestation: Attestation;
  readonly cosignature: { readonly needs: 'required' | 'notRequired' | 'asked'; readonly words: string };
}

export interface NotePage {
  readonly note: string;
  readonly kind: DocumentKind;
  readonly state: NoteState;
  readonly revision: number;
  readonly system: string;
  readonly date: string;
  readonly patient: { readonly ref: string; readonly name: CareName | null };
  readonly session: { readonly ref: string; readonly revision: number; readonly isAsDrafted: boolean };
  readonly author: (Person & { readonly credential: Credential | null }) | null;
  readonly writtenBy: 'composer' | 'model';
  readonly document: NoteDocument;
  /** For each section, who worded each sentence. */
  readonly writers: Writers;
  /** What each place says that the document cites, a trace or a finding names, by its pointer. */
  readonly sources: Readonly<Record<string, SourceWords>>;
  readonly verification: { readonly findings: readonly ShownNoteFinding[]; readonly traces: readonly Trace[] };
  readonly gaps: readonly ShownGap[];
  readonly completeness: { readonly required: number; readonly missing: readonly ShownMissing[] };
  readonly open: OpenCounts;
  /** All that were given; `isVoid`: what it was about is no longer there. */
  readonly resolutions: readonly (Resolution & { readonly byName: string; readonly isVoid: boolean })[];
  readonly signing: NoteSigning;
  readonly versions: readonly NoteVersion[];
  /** What the patient is told about how the document came to be. */
  readonly automation: string;
  /** Where it was filed; left out where it is not known. */
  readonly filing?: Filing | null;
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

/** How a plan was certified; null: not known, or not so. */
export interface Certification {
  readonly certifiedOn: string | null;
  readonly orderOnFile: boolean | null;
  readonly transmittedOn: string | null;
}

export interface PlanPage {
  readonly plan: string;
  readonly patient: string;
  readonly name: CareName | null;
  readonly revision: number;
  readonly state: 'draft' | 'approved' | 'replaced' | 'discarded';
  readonly recertification: boolean;
  readonly hash: string;
  readonly protocolName: string;
  readonly draft: PlanDraft;
  readonly similar: SimilarPatients | null;
  readonly approved: { readonly by: Person; readonly at: string } | null;
  readonly certification: Certification | null;
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

export interface MeasureCourse {
  readonly measure: Measure;
  readonly scores: readonly DatedScore[];
  /** Whom thresholds are to be of; null: those of any. */
  readonly population: string | null;
}

export interface ProgressPage {
  readonly patient: string;
  readonly name: CareName | null;
  readonly treatmentDays: number | null;
  readonly goals: readonly ProgressGoalLine[];
  readonly measures: readonly MeasureCourse[];
  readonly flags: readonly ProgressFlag[];
  /** The draft or plan in force; null: none was drafted here. */
  readonly plan: string | null;
}
