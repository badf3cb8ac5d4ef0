// What a message's workflow may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { Channel } from '../../domain/outreach/words.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { AskStepInput } from '../calls.ts';
import type { NextMove } from './messages.ts';

export interface MessageRef {
  readonly clinic: string;
  readonly message: string;
}

export interface SettleInput extends MessageRef {
  readonly channel: Channel;
  readonly answer: StepAnswer | null;
  /** What kept the flow from answering; null where it did. */
  readonly code: string | null;
}

export interface MessageActivities {
  /** Decides by the rules what to do now, and writes it down. */
  nextMove(input: MessageRef): Promise<NextMove>;
  /** Asks the clinic's flow to send it. Ends by async completion. */
  askStep(input: AskStepInput<{ readonly channel: Channel }>): Promise<readonly StepAnswer[]>;
  settle(input: SettleInput): Promise<void>;
}
