// A batch under test: one worker with a fake server on a queue of its own.

import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { createWorker } from '../../../workers/worker.ts';
import { testClient } from '../../testing/bench.ts';
import { allTold, onSteadyClock } from '../../testing/clock.ts';
import { syntheticKeys } from '../../testing/synthetic-key.ts';
import { eligibilityBatchWorkflowId } from '../messages.ts';
import type { eligibilityBatch } from '../workflow.ts';
import type { FakeEligibility } from './fake-server.ts';

export type BatchHandle = WorkflowHandleWithFirstExecutionRunId<typeof eligibilityBatch>;

/** Runs one batch with a worker of its own, then ends both. */
export async function withBatch(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundle,
  server: FakeEligibility,
  batch: string,
  work: (handle: BatchHandle) => Promise<void>,
): Promise<void> {
  const worker = await createWorker({
    connection: environment.nativeConnection,
    namespace: 'default',
    workflowBundle,
    keys: syntheticKeys,
    activities: onSteadyClock(environment, server.activities),
    taskQueue: batch,
  });
  await worker.runUntil(async () => {
    const handle = await testClient(environment).workflow.start<typeof eligibilityBatch>('eligibilityBatch', {
      workflowId: eligibilityBatchWorkflowId('cl_1', batch),
      taskQueue: batch,
      args: [{ clinic: 'cl_1', batch }],
    });
    await work(handle);
  });
  await allTold();
}
