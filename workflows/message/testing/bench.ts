// A message under test: one worker with a fake server on a queue of its own.

import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { withWorkflow } from '../../testing/bench.ts';
import { messageWorkflowId } from '../messages.ts';
import type { message } from '../workflow.ts';
import type { FakeMessage } from './fake-server.ts';

export type MessageHandle = WorkflowHandleWithFirstExecutionRunId<typeof message>;

/** Follows one message with a worker of its own, then ends both. */
export function withMessage(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeMessage,
  work: (handle: MessageHandle) => Promise<void>,
): Promise<void> {
  return withWorkflow<MessageHandle>(
    environment,
    bundle,
    server,
    (client, reference, taskQueue) =>
      client.workflow.start<typeof message>('message', {
        workflowId: messageWorkflowId('cl_1', reference),
        taskQueue,
        args: [{ clinic: 'cl_1', message: reference }],
      }),
    work,
  );
}
