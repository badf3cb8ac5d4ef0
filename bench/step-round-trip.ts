// Asks a step over the whole stack, against a bare n8n webhook plus a no-op activity in the same run, turn by turn.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { dataConverter, failureConverterPath } from '../payload-codec/data-converter.ts';
import { readCodecKeys } from '../payload-codec/keys.ts';
import type { Stack } from '../runtime/stack.ts';
import { createClinic, createKey } from '../server/setup.ts';
import { newReference } from '../server/vault/reference.ts';
import { startTestStack } from '../test/harness/stack.ts';
import { authorizationActivities } from '../workers/activities/authorization.ts';
import { gaitServer } from '../workers/gait-server.ts';
import { createWorker } from '../workers/worker.ts';
import { percentile, rounded, spread } from './support/numbers.ts';
import { publishFlows } from './support/round-trip-flows.ts';
import type { askOnce, doNothing } from './support/round-trip-workflows.ts';

const warmUps = 20;
const pairs = 100;
const limit = 2;
const taskQueue = 'bench';

const read = (file: string): string => readFileSync(file, 'utf8').trim();

/** Milliseconds from the activity's scheduling to its completion, by the Temporal server's own clock. */
async function activityMilliseconds(client: Client, workflowId: string): Promise<number> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const at = (has: 'activityTaskScheduledEventAttributes' | 'activityTaskCompletedEventAttributes'): number => {
    const time = events?.find((event) => event[has])?.eventTime;
    return time ? Number(time.seconds) * 1_000 + (time.nanos ?? 0) / 1_000_000 : Number.NaN;
  };
  return at('activityTaskCompletedEventAttributes') - at('activityTaskScheduledEventAttributes');
}

async function webhookMilliseconds(url: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ items: [newReference('auth')] }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The bare webhook answered ${response.status}.`);
  return performance.now() - started;
}

async function prepare(stack: Stack): Promise<{ clinic: string; onReceipt: string; wholeRun: string }> {
  const services = await stack.openServices();
  try {
    const { id } = await createClinic(services, { name: 'bench', timezone: 'America/Chicago' });
    const key = await createKey(services, { name: 'bench', clinic: id, capabilities: ['flows'] });
    const urls = await publishFlows({
      n8nUrl: stack.urls.n8n,
      n8nKey: read(stack.n8n.apiKeyFile),
      serverUrl: stack.urls.server,
      flowsKey: key.secret,
    });
    return { clinic: id, ...urls };
  } finally {
    await services.database.close();
  }
}

interface Samples {
  readonly step: number[];
  readonly activity: number[];
  readonly onReceipt: number[];
  readonly wholeRun: number[];
}

async function measure(stack: Stack, client: Client): Promise<Samples> {
  const { clinic, onReceipt, wholeRun } = await prepare(stack);
  const askStep = async (): Promise<number> => {
    const authorization = newReference('auth');
    const workflowId = `bench/step/${authorization}`;
    const args: Parameters<typeof askOnce> = [{ clinic, authorization }];
    const outcome = await client.workflow.execute<typeof askOnce>('askOnce', { workflowId, taskQueue, args });
    if (outcome !== 'approved') throw new Error(`The step was answered ${outcome}.`);
    return activityMilliseconds(client, workflowId);
  };
  const askNothing = async (): Promise<number> => {
    const workflowId = `bench/activity/${newReference('auth')}`;
    await client.workflow.execute<typeof doNothing>('doNothing', { workflowId, taskQueue });
    return activityMilliseconds(client, workflowId);
  };
  const samples: Samples = { step: [], activity: [], onReceipt: [], wholeRun: [] };
  for (let round = -warmUps; round < pairs; round += 1) {
    const step = await askStep();
    const bare = await webhookMilliseconds(onReceipt);
    const activity = await askNothing();
    const whole = await webhookMilliseconds(wholeRun);
    if (round < 0) continue;
    samples.step.push(step);
    samples.onReceipt.push(bare);
    samples.activity.push(activity);
    samples.wholeRun.push(whole);
  }
  return samples;
}

function report({ step, activity, onReceipt, wholeRun }: Samples): boolean {
  const sum = (webhook: readonly number[]): number[] =>
    webhook.map((one, index) => one + (activity[index] ?? Number.NaN));
  const [rival, whole] = [sum(onReceipt), sum(wholeRun)];
  const ratioTo = (other: readonly number[]): number => percentile(step, 0.5) / percentile(other, 0.5);
  const ratio = ratioTo(rival);
  console.log(
    JSON.stringify({
      bench: 'step-round-trip',
      unit: 'ms',
      warmUps,
      pairs,
      step: spread(step),
      rival: spread(rival),
      rivalIsWebhookOnReceipt: spread(onReceipt),
      rivalIsActivity: spread(activity),
      wholeRunRival: spread(whole),
      wholeRunRatio: rounded(ratioTo(whole), 2),
      ratio: rounded(ratio, 2),
      limit,
    }),
  );
  return ratio <= limit;
}

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const test = await startTestStack({ without: ['sandbox'] });
  try {
    const { stack } = test;
    const keys = readCodecKeys(stack.secrets.keyring);
    const address = stack.urls.temporal;
    const [connection, nativeConnection, workflowBundle] = await Promise.all([
      Connection.connect({ address }),
      NativeConnection.connect({ address }),
      bundleWorkflowCode({
        workflowsPath: fileURLToPath(new URL('./support/round-trip-workflows.ts', import.meta.url)),
        failureConverterPath,
        logger: new DefaultLogger('ERROR'),
      }),
    ]);
    const product = authorizationActivities({ server: gaitServer(stack.urls.server, read(stack.secrets.workerKey)) });
    const activities = { ...product, nothing: () => Promise.resolve() };
    const worker = await createWorker({
      connection: nativeConnection,
      namespace: 'default',
      workflowBundle,
      keys,
      activities,
      taskQueue,
    });
    const client = new Client({ connection, dataConverter: dataConverter(keys) });
    const samples = await worker.runUntil(() => measure(stack, client));
    if (!report(samples)) process.exitCode = 1;
    await Promise.all([connection.close(), nativeConnection.close()]);
  } finally {
    await test.remove();
  }
}

await main();
