// The words of the pages of notes: kinds, states, what a finding is about, what is due.
import type { DueKind } from '../domain/documentation-due/item.ts';
import type { DocumentKind } from '../domain/note/source-schema.ts';
import type { FindingClass } from '../domain/note-verifier/finding.ts';
import type { FlagKind } from '../domain/progress/flags.ts';
import type { Filing, NoteLine, NoteState, ShownNoteFinding } from './notes.ts';

export const kindWords: Record<DocumentKind, string> = {
  evaluation: 'Evaluation',
  daily: 'Daily note',
  progress: 'Progress report',
  'plan-of-care': 'Plan of care',
  recertification: 'Recertification',
  discharge: 'Discharge summary',
  letter: 'Letter to the physician',
};

export const stateWords: Record<NoteState, string> = {
  draft: 'Draft',
  awaitingCosign: 'Awaits co-signature',
  signed: 'Signed',
  filed: 'Filed',
  discarded: 'Discarded',
};

export const stateMarks: Record<NoteState, string> = {
  draft: 'warn',
  awaitingCosign: 'warn',
  signed: 'good',
  filed: 'good',
  discarded: '',
};

export const writtenByWords = {
  composer: 'Drafted from the record',
  model: 'Drafted from the record, worded by a model',
} as const;

export const dueWords: Record<DueKind, string> = {
  note: 'Note',
  signature: 'Signature',
  progressReport: 'Progress report',
  certification: 'Certification',
  recertification: 'Recertification',
  dischargeSummary: 'Discharge summary',
};

export const dueStateWords = { later: 'later', soon: 'soon', overdue: 'overdue', unknown: 'unknown' } as const;
export const dueMarks = { later: '', soon: 'warn', overdue: 'danger', unknown: '' } as const;

/** What a finding is about, as the head of its card. */
export const findingWords: Record<FindingClass, string> = {
  number: 'Number not on record',
  unit: 'Unit not on record',
  side: 'Side',
  part: 'Body part',
  grade: 'Strength grade',
  assistance: 'Assistance',
  code: 'Code',
  date: 'Date',
  negation: 'Denied or reported',
  exercise: 'Exercise',
  statement: 'Statement not on record',
  trend: 'Trend',
  quote: 'Patient’s words',
  dropped: 'Left out',
  carried: 'Carried forward',
  contradiction: 'Contradiction',
  citation: 'Source',
  author: 'Author',
  'last-note': 'Differs from the last note',
};

export const filingWords: Record<Filing['state'], string> = {
  waiting: 'Waits to be filed',
  uncertain: 'Nobody knows yet whether it arrived',
  byHand: 'To be entered by hand',
  filed: 'Filed',
  shadow: 'Tried out: it would have been sent',
  notNeeded: 'A person said that it need not be filed',
};

export const flagWords: Record<FlagKind, string> = {
  notProgressing: 'Not progressing',
  goalMet: 'Goal met',
  readyForDischarge: 'Ready for discharge?',
  physicianContact: 'Tell the physician?',
};

/** What still stands between a draft and its signature, in counts; "Nothing" where nothing does. */
export function openInWords({ findings: { block, ask }, gaps, missing }: NoteLine): string {
  const parts = [
    counted(block, 'unsupported', 'unsupported'),
    counted(ask, 'question', 'questions'),
    counted(gaps, 'gap', 'gaps'),
    counted(missing, 'part missing', 'parts missing'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Nothing' : parts.join(', ');
}

function counted(count: number, one: string, more: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : more}`;
}

/** Findings as they are shown: open before settled, what blocks before what asks, then by their place. */
export function inOrder(findings: readonly ShownNoteFinding[]): readonly ShownNoteFinding[] {
  const weight = ({ resolution, severity }: ShownNoteFinding): number =>
    (resolution === null ? 0 : 2) + (severity === 'block' ? 0 : 1);
  const place = ({ section, sentence, from }: ShownNoteFinding): number =>
    (section ?? -1) * 1_000_000 + (sentence ?? -1) * 1_000 + from;
  return [...findings].sort((one, other) => weight(one) - weight(other) || place(one) - place(other));
}

/** The document that settles what is due; null: the one that suits the session. */
export function draftKindOf(due: DueKind): DocumentKind | null {
  const kinds: Partial<Record<DueKind, DocumentKind>> = {
    progressReport: 'progress',
    certification: 'plan-of-care',
    recertification: 'recertification',
    dischargeSummary: 'discharge',
  };
  return kinds[due] ?? null;
}

export const goalStateWords = {
  met: 'met',
  progressing: 'progressing',
  unchanged: 'unchanged',
  declined: 'declined',
} as const;
export const goalStateMarks = { met: 'good', progressing: 'accent', unchanged: 'warn', declined: 'danger' } as const;
