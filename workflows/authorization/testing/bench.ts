// An authorization's workflow under test: how it is started, waited for and decided on.

import type { Client, WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import type { Decision } from '../../../domain/authorization/machine-state.ts';
import { decisionOn, untilState, withWorkflow } from '../../testing/bench.ts';
import { authorizationWorkflowId, changed, decide, flowState } from '../messages.ts';
import type { FlowState } from '../messages.ts';
import type { authorization } from '../workflow.ts';
import type { FakeServer } from './fake-server.ts';

export type Handle = WorkflowHandleWithSignaledRunId<typeof authorization>;

/** Signals-with-start as the server does. */
export function track(client: Client, authorizationRef: string, taskQueue: string): Promise<Handle> {
  return client.workflow.signalWithStart<typeof authorization, []>('authorization', {
    workflowId: authorizationWorkflowId('cl_1', authorizationRef),
    taskQueue,
    args: [{ clinic: 'cl_1', authorization: authorizationRef }],
    signal: changed,
  });
}

/** Runs one authorization with a worker of its own, then ends both. */
export function withAuthorization(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeServer,
  work: (handle: Handle) => Promise<void>,
): Promise<void> {
  return withWorkflow(environment, bundle, server, track, work);
}

/** Waits until the workflow's state fits. */
export function until(handle: Handle, fits: (state: FlowState) => boolean): Promise<FlowState> {
  return untilState(handle, flowState, fits);
}

/** Waits for an open item of this kind and decides on it as a named person. */
export async function decideOn(
  handle: Handle,
  kind: Decision['kind'],
  decision: Decision['decision'],
  more: Partial<Decision> = {},
): Promise<Decision> {
  const taken: Decision = { ...(await decisionOn((fits) => until(handle, fits), kind, decision)), ...more };
  // Accepted is enough: the handler ends within the same task, and the time-skipping server was seen to hold the result back.
  const options = { updateId: `${taken.workItem}:${taken.id}`, waitForStage: 'ACCEPTED' } as const;
  await handle.startUpdate(decide, { args: [taken], ...options });
  return taken;
}
