// A workflow under test: one worker, one claim, and the words to drive it.

import type { Client, WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import type { Decision, Posting } from '../../../domain/claim/machine-state.ts';
import { postingOf } from '../../../domain/claim/testing/plans.ts';
import { testClient, testWorker } from '../../authorization/testing/bench.ts';
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

let references = 0;

/** Runs one claim with a worker of its own, then ends both. */
export async function withClaim(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeServer,
  work: (handle: ClaimHandle) => Promise<void>,
): Promise<void> {
  references += 1;
  const reference = `clm_${references}`;
  const worker = await testWorker(environment, bundle, server, reference);
  await worker.runUntil(async () => {
    const handle = await trackClaim(testClient(environment), reference, reference);
    try {
      await work(handle);
    } finally {
      await handle.terminate('the test is over').catch(() => undefined);
    }
  });
}

/** Waits until the workflow's state fits, without letting the server's clock run ahead. */
export async function untilClaim(handle: ClaimHandle, fits: (state: FlowState) => boolean): Promise<FlowState> {
  let last: FlowState | null = null;
  for (let tries = 0; tries < 1_500; tries += 1) {
    last = await handle.query(flowState);
    if (fits(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The workflow did not come to the state waited for: ${JSON.stringify(last)}`);
}

/** Waits for an open item of this kind and decides on it as a named person. */
export async function decideOnClaim(
  handle: ClaimHandle,
  kind: Decision['kind'],
  decision: Decision['decision'],
  more: Partial<Decision> = {},
): Promise<void> {
  const state = await untilClaim(handle, ({ items }) =>
    items.some((one) => one.kind === kind && one.workItem !== null),
  );
  const workItem = state.items.find((item) => item.kind === kind)?.workItem ?? '';
  const at = '2026-11-21T12:00:00.000Z';
  const taken: Decision = { id: 'd1', workItem, kind, decision, by: 'usr_1', at, ...more };
  // Accepted is enough: the handler ends within the same task, and the time-skipping server was seen to hold the result back.
  await handle.startUpdate(decide, { args: [taken], updateId: `${workItem}:d1`, waitForStage: 'ACCEPTED' });
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
