// How the outside names, starts and looks at an eligibility batch; the server imports this file and nothing else of it.

import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery } from '@temporalio/workflow';

/** The workflow's type name. */
export const eligibilityBatchWorkflowType = 'eligibilityBatch';

/** A queue of its own: thousands of nightly checks never stand before a person's approval. */
export const eligibilityTaskQueue = 'eligibility';

/** Where a batch goes on after continue-as-new: the chunks before it are through. */
export interface EligibilityBatchInput {
  readonly clinic: string;
  readonly batch: string;
  readonly nextChunk?: number;
  /** When asking ends, an instant; from the first plan on. */
  readonly until?: string;
}

/** One workflow per batch, however often it is started. Both parts are opaque references. */
export function eligibilityBatchWorkflowId(clinic: string, batch: string): string {
  return `eligibility/${clinic}/${batch}`;
}

/** What `batchState` answers: counts only. */
export interface BatchState {
  readonly chunks: number;
  /** Chunks of which every check is settled. */
  readonly settled: number;
  /** Chunks whose summaries the clinic's flow has taken. */
  readonly delivered: number;
  readonly asking: readonly number[];
}

export const batchState = defineQuery<BatchState>('batchState');

/** Search attribute: readable by whoever may read Temporal, so a reference only. */
export const clinicAttribute = defineSearchAttributeKey('GaitClinic', 'KEYWORD');

/** Checks of one payer that are asked together; the server keeps which. */
export interface Chunk {
  readonly chunk: number;
  readonly payer: string;
  readonly checks: number;
}

export interface BatchPlan {
  readonly chunks: readonly Chunk[];
  /** How many chunks of one payer may be asked at the same time, by payer id. */
  readonly atOnce: Readonly<Record<string, number>>;
  /** When asking ends and what is left becomes an exception; an ISO instant. */
  readonly until: string;
}

export interface ChunkState {
  /** Checks that are not settled, or summaries that are not delivered. */
  readonly open: number;
  readonly retryAfterSeconds: number;
}
