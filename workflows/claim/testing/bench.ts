// A claim's workflow under test: how it is started, waited for, decided on and told things.

import type { Client, WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import type { Decision, Posting } from '../../../domain/claim/machine-state.ts';
import { postingOf } from '../../../domain/claim/testing/plans.ts';
import { decisionOn, untilState, withWorkflow } from '../../testing/bench.ts';
import { changed, claimWorkflowId, claimWorkflowType, decide, flowState, heard } from '../messages.ts';
import type { FlowState } from '../messages.ts';
import type { claim } from '../workflow.ts';
import type { FakeServer } from './fake-server.ts';

export type ClaimHandle = WorkflowHandleWithSignaledRunId<typeof claim>;

/** Signals-with-start as the server does. */
export function trackClaim(client: Client, claimRef: string, taskQueue: string): Promise<ClaimHandle> {
  return client.workflow.signalWithStart<typeof claim, []>(claimWorkflowType, {
    workflowId: claimWorkflowId('cl_1', claimRef),
    taskQueue,
    args: [{ clinic: 'cl_1', claim: claimRef }],
    signal: changed,
  });
}

/** Runs one claim with a worker of its own, then ends both. */
export function withClaim(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeServer,
  work: (handle: ClaimHandle) => Promise<void>,
): Promise<void> {
  return withWorkflow(environment, bundle, server, trackClaim, work);
}

/** Waits until the workflow's state fits. */
export function untilClaim(handle: ClaimHandle, fits: (state: FlowState) => boolean): Promise<FlowState> {
  return untilState(handle, flowState, fits);
}

/** Waits for an open item of this kind and decides on it as a named person. */
export async function decideOnClaim(
  handle: ClaimHandle,
  kind: Decision['kind'],
  decision: Decision['decision'],
  more: Partial<Decision> = {},
): Promise<void> {
  const taken: Decision = { ...(await decisionOn((fits) => untilClaim(handle, fits), kind, decision)), ...more };
  // Accepted is enough: the handler ends within the same task, and the time-skipping server was seen to hold the result back.
  const options = { updateId: `${taken.workItem}:${taken.id}`, waitForStage: 'ACCEPTED' } as const;
  await handle.startUpdate(decide, { args: [taken], ...options });
}

/** The payer accepts the claim (277CA). */
export function acknowledge(handle: ClaimHandle, accepted = true): Promise<void> {
  const said = { level: '277CA', accepted, key: null, codes: accepted ? null : 'A7 33' } as const;
  return handle.signal(heard, { what: 'acknowledgment', id: `ack-${accepted}`, said });
}

/** Something is posted to the claim's books. */
export function post(handle: ClaimHandle, more: Partial<Posting> = {}): Promise<void> {
  const posting = postingOf(more);
  return handle.signal(heard, { what: 'posting', id: `posting-${posting.ledger}`, posting });
}
