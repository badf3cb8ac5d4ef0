// Lets the time-skipping server's clock run beside a workflow until it is over, with what a test wants to happen on the way.

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { SignalDefinition, WorkflowHandle } from '@temporalio/client';

/** What a test does at a step: `signal` wakes the workflow unless it is over. */
export type EveryStep = (step: number, signal: () => Promise<void>) => Promise<void>;

/**
 * Skips so many milliseconds of the server's time again and again, doing at each step what the test wants, until the workflow ends.
 * @returns when the workflow is over; throws what it failed with
 */
export async function runToEnd(
  environment: TestWorkflowEnvironment,
  handle: Pick<WorkflowHandle, 'result' | 'signal'>,
  wake: SignalDefinition,
  stepMs: number,
  every: EveryStep = () => Promise.resolve(),
): Promise<void> {
  let over = false;
  const end = handle.result().finally(() => {
    over = true;
  });
  for (let step = 0; !over; step += 1) {
    await every(step, async () => {
      if (!over) await handle.signal(wake);
    });
    await environment.sleep(stepMs);
  }
  await end;
}
