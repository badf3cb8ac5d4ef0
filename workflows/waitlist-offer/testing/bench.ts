// A freed slot under test: one worker with a fake server on a queue of its own.

import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { withWorkflow } from '../../testing/bench.ts';
import { waitlistWorkflowId, waitlistWorkflowType } from '../messages.ts';
import type { waitlistOffer } from '../workflow.ts';
import type { FakeSlot } from './fake-server.ts';

export type SlotHandle = WorkflowHandleWithFirstExecutionRunId<typeof waitlistOffer>;

/** Follows one slot with a worker of its own, then ends both. */
export function withSlot(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeSlot,
  work: (handle: SlotHandle) => Promise<void>,
): Promise<void> {
  return withWorkflow<SlotHandle>(
    environment,
    bundle,
    server,
    (client, reference, taskQueue) =>
      client.workflow.start<typeof waitlistOffer>(waitlistWorkflowType, {
        workflowId: waitlistWorkflowId('cl_1', reference),
        taskQueue,
        args: [{ clinic: 'cl_1', slot: reference }],
      }),
    work,
  );
}
