// What the workflow that files a note may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { StepAnswer } from '../../domain/step/call.ts';
import type { AskStepInput } from '../calls.ts';
import type { FilingRef, NextFiling } from './messages.ts';

export interface SettleFilingInput extends FilingRef {
  readonly answer: StepAnswer | null;
  /** What kept the flow from answering; null where it did. */
  readonly code: string | null;
}

export interface NoteFilingActivities {
  /** Says what to do now. */
  nextFiling(input: FilingRef): Promise<NextFiling>;
  /** Asks the clinic's flow to file it. Ends by async completion. */
  askStep(
    input: AskStepInput<{ readonly approval: string; readonly effectKey: string }>,
  ): Promise<readonly StepAnswer[]>;
  settleFiling(input: SettleFilingInput): Promise<void>;
}
