// How the outside names, wakes and looks at the workflow that files a signed note; the server imports this file and nothing else of it.

import { defineQuery, defineSignal } from '@temporalio/workflow';

/** The workflow's type name. */
export const noteFilingWorkflowType = 'noteFiling';

/** A queue of its own: a chart waits for its note, not behind a night's batch. */
export const noteFilingTaskQueue = 'notes';

/** One signed version of a note. Both parts are opaque. */
export interface FilingRef {
  readonly clinic: string;
  readonly note: string;
  readonly version: number;
}

/** Where it goes on after continue-as-new. */
export interface NoteFilingInput extends FilingRef {
  /** How often the clinic's flow was asked before. */
  readonly asked?: number;
}

/** One workflow per signed version, however often it is started. */
export function noteFilingWorkflowId({ clinic, note, version }: FilingRef): string {
  return `note-filing/${clinic}/${note}/${version}`;
}

/** What the server decides: filed now, as that very version was signed; looked at again later or when something changes; or over. */
export type NextFiling =
  | { readonly kind: 'file'; readonly approval: string; readonly effectKey: string }
  | { readonly kind: 'wait'; readonly until: string }
  | { readonly kind: 'over' };

/** Something about the filing is new: it arrived, or a person entered it or said what became of it. */
export const filingChanged = defineSignal('changed');

export const filingState = defineQuery<{ readonly asked: number; readonly waitsUntil: string | null }>('filingState');
