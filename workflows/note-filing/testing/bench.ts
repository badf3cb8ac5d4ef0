// A filing under test: one worker with a fake server on a queue of its own.

import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { withWorkflow } from '../../testing/bench.ts';
import { noteFilingWorkflowId } from '../messages.ts';
import type { noteFiling } from '../workflow.ts';
import type { FakeFiling } from './fake-server.ts';

export type FilingHandle = WorkflowHandleWithFirstExecutionRunId<typeof noteFiling>;

/** Follows one signed note with a worker of its own, then ends both. */
export function withFiling(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeFiling,
  work: (handle: FilingHandle) => Promise<void>,
): Promise<void> {
  return withWorkflow<FilingHandle>(
    environment,
    bundle,
    server,
    (client, note, taskQueue) => {
      const of = { clinic: 'cl_1', note, version: 1 };
      return client.workflow.start<typeof noteFiling>('noteFiling', {
        workflowId: noteFilingWorkflowId(of),
        taskQueue,
        args: [of],
      });
    },
    work,
  );
}
