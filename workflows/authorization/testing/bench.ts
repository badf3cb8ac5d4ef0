// A workflow under test: one worker on the time-skipping server, one authorization, and the words to drive it.

import { Client } from '@temporalio/client';
import type { WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { WorkflowBundle } from '@temporalio/worker';
import type { Decision } from '../../../domain/authorization/machine-state.ts';
import { dataConverter } from '../../../payload-codec/data-converter.ts';
import { createWorker } from '../../../workers/worker.ts';
import { authorizationWorkflowId, changed, decide, flowState } from '../messages.ts';
import type { FlowState } from '../messages.ts';
import type { authorization } from '../workflow.ts';
import type { FakeServer } from './fake-server.ts';
import { syntheticKeys } from './synthetic-key.ts';

type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
export type Handle = WorkflowHandleWithSignaledRunId<typeof authorization>;

/** A client with the synthetic test key; it shares the environment's connection. */
export function testClient(environment: TestWorkflowEnvironment): Client {
  return new Client({ connection: environment.connection, dataConverter: dataConverter(syntheticKeys) });
}

/** A worker whose activities are the fake server's, on a queue of its own. */
export function testWorker(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundle,
  { activities }: { readonly activities: object },
  taskQueue: string,
): Promise<Worker> {
  const connection = environment.nativeConnection;
  return createWorker({ connection, namespace: 'default', workflowBundle, keys: syntheticKeys, activities, taskQueue });
}

/** Signals-with-start as the server does. */
export function track(client: Client, authorizationRef: string, taskQueue: string): Promise<Handle> {
  return client.workflow.signalWithStart<typeof authorization, []>('authorization', {
    workflowId: authorizationWorkflowId('cl_1', authorizationRef),
    taskQueue,
    args: [{ clinic: 'cl_1', authorization: authorizationRef }],
    signal: changed,
  });
}

let references = 0;

/** Runs one authorization with a worker of its own, then ends both. */
export async function withAuthorization(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: FakeServer,
  work: (handle: Handle) => Promise<void>,
): Promise<void> {
  references += 1;
  const reference = `auth_${references}`;
  const worker = await testWorker(environment, bundle, server, reference);
  await worker.runUntil(async () => {
    const handle = await track(testClient(environment), reference, reference);
    try {
      await work(handle);
    } finally {
      await handle.terminate('the test is over').catch(() => undefined);
    }
  });
}

/** Waits until the workflow's state fits, without letting the server's clock run ahead. */
export async function until(handle: Handle, fits: (state: FlowState) => boolean): Promise<FlowState> {
  let last: FlowState | null = null;
  for (let tries = 0; tries < 1_500; tries += 1) {
    last = await handle.query(flowState);
    if (fits(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The workflow did not come to the state waited for: ${JSON.stringify(last)}`);
}

/** Waits until nothing is on its way but `polls` waiting polls. */
export async function untilQuiet(handle: Handle, polls: number): Promise<void> {
  for (;;) {
    const { raw } = await handle.describe();
    if (!raw.pendingWorkflowTask && raw.pendingActivities?.length === polls) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Waits for an open item of this kind and decides on it as a named person. */
export async function decideOn(
  handle: Handle,
  kind: Decision['kind'],
  decision: Decision['decision'],
  more: Partial<Decision> = {},
): Promise<Decision> {
  const state = await until(handle, (one) => one.items.some((item) => item.kind === kind && item.workItem !== null));
  const workItem = state.items.find((item) => item.kind === kind)?.workItem ?? '';
  const at = '2026-11-21T12:00:00.000Z';
  const taken: Decision = { id: 'd1', workItem, kind, decision, by: 'usr_1', at, ...more };
  // Accepted is enough: the handler ends within the same task, and the time-skipping server was seen to hold the result back.
  await handle.startUpdate(decide, { args: [taken], updateId: `${workItem}:d1`, waitForStage: 'ACCEPTED' });
  return taken;
}

/** The histories of all runs, the first one first. */
export async function historiesOf(
  client: Client,
  handle: { readonly workflowId: string; readonly signaledRunId: string },
): Promise<History[]> {
  const histories: History[] = [];
  for (let runId: string | undefined = handle.signaledRunId; runId; ) {
    const history = await client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
    histories.push(history);
    const last: HistoryEvent | undefined = history.events?.at(-1);
    runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return histories;
}
