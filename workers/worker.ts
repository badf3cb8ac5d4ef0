// A worker with every limit said aloud, so that none depends on the machine it runs on.

import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkflowBundle } from '@temporalio/worker';
import { dataConverter } from '../payload-codec/data-converter.ts';
import type { CodecKeys } from '../payload-codec/keys.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundle;
  readonly keys: CodecKeys;
  /** The activities of the workflows that live on this queue. */
  readonly activities: object;
  readonly taskQueue: string;
  /** Workflows kept in memory between their tasks; by itself 1,000. */
  readonly cachedWorkflows?: number;
}

/** Creates the worker of one task queue; `run()` it. */
export function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue,
    workflowBundle: parts.workflowBundle,
    activities: { ...parts.activities },
    dataConverter: dataConverter(parts.keys),
    // Without the name of a machine, which may hold a person's.
    identity: `gait-worker-${process.pid}`,
    maxCachedWorkflows: parts.cachedWorkflows ?? 1_000,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 50,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 5 },
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 5 },
    reuseV8Context: true,
    shutdownGraceTime: '20s',
    shutdownForceTime: '30s',
  });
}
