// What a claim's workflow may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { AskStructure, Command } from '../../domain/claim/machine-state.ts';
import type { ClaimPlan } from '../../domain/claim/plan.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AskStepInput } from '../calls.ts';

/** What the server is to do or to tell. */
export type ServerCommand = Exclude<Command, { readonly type: 'ask' | 'stopAsk' }>;

export interface CarryOutInput {
  readonly clinic: string;
  readonly claim: string;
  readonly workflowId: string;
  /** In the order they must happen. */
  readonly commands: readonly ServerCommand[];
}

/** What became of one command. */
export interface CarriedOut {
  /** After `assess`: the claim as it is now. */
  readonly plan: ClaimPlan | null;
  /** After `openItem`: the item's reference. */
  readonly workItem: string | null;
  /** The server refused for good; nothing was done. */
  readonly code: string | null;
}

export interface ClaimActivities {
  /**
   * Carries out several commands in order, so that what belongs together costs the history one activity. Each is idempotent at the
   * server; a failure that may pass fails the whole, a refusal for good is the command's own result.
   */
  carryOut(input: CarryOutInput): Promise<readonly CarriedOut[]>;
  /**
   * Asks the clinic's flow about one item. Nothing waits in it: it ends by async completion, with the list of answers as result,
   * or fails retryably until there is one.
   */
  askStep(input: AskStepInput<AskStructure>): Promise<readonly StepAnswer[]>;
}
