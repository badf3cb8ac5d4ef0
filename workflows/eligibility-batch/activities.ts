// What an eligibility batch may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { StepAnswer } from '../../domain/step/call.ts';
import type { BatchPlan, ChunkState } from './messages.ts';

export interface BatchRef {
  readonly clinic: string;
  readonly batch: string;
}

export interface AskChunkInput extends BatchRef {
  readonly chunk: number;
  readonly step: 'eligibility.check' | 'eligibility.deliver';
  /** With workflow and activity id it makes the identity of the call, over retries and continued runs. */
  readonly firstRunId: string;
  /** How long a flow may take for one delivery. */
  readonly deadlineSeconds: number;
  /** The pause after a delivery that ended without an answer, where the server names none. */
  readonly retryAfterSeconds: number;
}

export interface SettleChunkInput extends BatchRef {
  readonly chunk: number;
  readonly step: AskChunkInput['step'];
  /** What the flow said of checks whose answer the server did not see itself: an error, or an outcome of its own. */
  readonly answers: readonly StepAnswer[];
  /** Time is up: what is still open becomes an exception with this code. */
  readonly giveUp: string | null;
}

export interface EligibilityActivities {
  /** Draws up the checks of the batch, once: asked again it gives the same plan. */
  planBatch(input: BatchRef): Promise<BatchPlan>;
  /** Asks the clinic's flow about what is open of a chunk; an empty list where nothing is. Ends by async completion. */
  askChunk(input: AskChunkInput): Promise<readonly StepAnswer[]>;
  settleChunk(input: SettleChunkInput): Promise<ChunkState>;
  /** Writes the end of the batch and opens one item for every check that needs a person. */
  closeBatch(input: BatchRef): Promise<void>;
}
