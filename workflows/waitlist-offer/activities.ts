// What the workflow of a freed slot may ask the worker to do; the worker implements it, the workflow knows only these types.

import type { SlotMove, SlotRef } from './messages.ts';

export interface WaitlistActivities {
  /** Moves the slot on by the clock: ends offers, asks the next. */
  moveSlot(input: SlotRef): Promise<SlotMove>;
}
