// A workflow under test, whatever it follows: one worker with a server of its own, and the words to wait and to decide.

import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { QueryDefinition, WorkflowHandle } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker, WorkflowBundle } from '@temporalio/worker';
import type { Decision as DecisionWord, WorkItemKind } from '../../domain/work-item/kinds.ts';
import { dataConverter } from '../../payload-codec/data-converter.ts';
import { createWorker } from '../../workers/worker.ts';
import type { WorkerParts } from '../../workers/worker.ts';
import { allTold, onSteadyClock } from './clock.ts';
import { syntheticKeys } from './synthetic-key.ts';

type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** A server that stands for Gait's: the worker's activities. */
interface TestServer {
  readonly activities: object;
}

/** A client with the synthetic test key; it shares the environment's connection. */
export function testClient(environment: TestWorkflowEnvironment): Client {
  return new Client({ connection: environment.connection, dataConverter: dataConverter(syntheticKeys) });
}

/** A worker whose activities are the fake server's, on a queue of its own. */
export function testWorker(
  environment: TestWorkflowEnvironment,
  workflowBundle: WorkflowBundle,
  server: TestServer,
  taskQueue: string,
  options: Pick<WorkerParts, 'cachedWorkflows'> = {},
): Promise<Worker> {
  const connection = environment.nativeConnection;
  const activities = onSteadyClock(environment, server.activities);
  const parts = { connection, namespace: 'default', workflowBundle, keys: syntheticKeys, activities, taskQueue };
  return createWorker({ ...parts, ...options });
}

let references = 0;

/**
 * Runs one workflow with a worker of its own, then ends both.
 * @param start starts the workflow of this record on this queue
 */
export async function withWorkflow<Handle extends Pick<WorkflowHandle, 'terminate'>>(
  environment: TestWorkflowEnvironment,
  bundle: WorkflowBundle,
  server: TestServer,
  start: (client: Client, reference: string, taskQueue: string) => Promise<Handle>,
  work: (handle: Handle) => Promise<void>,
): Promise<void> {
  references += 1;
  const reference = `rec_${references}`;
  const worker = await testWorker(environment, bundle, server, reference);
  await worker.runUntil(async () => {
    const handle = await start(testClient(environment), reference, reference);
    try {
      await work(handle);
    } finally {
      await handle.terminate('the test is over').catch(() => undefined);
    }
  });
  await allTold();
}

/**
 * Waits until the workflow's state fits, without letting the server's clock run ahead. A question is given a second: one that meets
 * the end of a run is held by the time-skipping server for a minute and a half.
 */
export async function untilState<State>(
  handle: Pick<WorkflowHandle, 'query' | 'client'>,
  query: QueryDefinition<State>,
  fits: (state: State) => boolean,
): Promise<State> {
  let last: State | null = null;
  for (let tries = 0; tries < 1_500; tries += 1) {
    const patience = AbortSignal.timeout(1_000);
    const state = await handle.client
      .withAbortSignal(patience, () => handle.query(query))
      .catch((error: unknown) => {
        if (patience.aborted) return null;
        throw error;
      });
    if (state !== null && fits(state)) return state;
    last = state ?? last;
    await sleep(20);
  }
  throw new Error(`The workflow did not come to the state waited for: ${JSON.stringify(last)}`);
}

/** Waits for an open item of this kind; the decision a named person takes on it. */
export async function decisionOn<Kind extends WorkItemKind>(
  untilItem: (
    fits: (state: { readonly items: readonly { readonly workItem: string | null; readonly kind: Kind }[] }) => boolean,
  ) => Promise<{ readonly items: readonly { readonly workItem: string | null; readonly kind: Kind }[] }>,
  kind: Kind,
  decision: DecisionWord,
): Promise<{
  readonly id: string;
  readonly workItem: string;
  readonly kind: Kind;
  readonly decision: DecisionWord;
  readonly by: string;
  readonly at: string;
}> {
  const { items } = await untilItem((state) =>
    state.items.some((item) => item.kind === kind && item.workItem !== null),
  );
  const workItem = items.find((item) => item.kind === kind)?.workItem ?? '';
  return { id: 'd1', workItem, kind, decision, by: 'usr_1', at: '2026-11-21T12:00:00.000Z' };
}

/** Waits until nothing is on its way but `polls` waiting polls. */
export async function untilQuiet(handle: Pick<WorkflowHandle, 'describe'>, polls: number): Promise<void> {
  for (;;) {
    const { raw } = await handle.describe();
    if (!raw.pendingWorkflowTask && raw.pendingActivities?.length === polls) return;
    await sleep(20);
  }
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
