// The whole chain but n8n: tracked, reviewed, approved, submitted once, pended, decided, handed to a person to record; on real Temporal.
import { NativeConnection } from '@temporalio/worker';
import type { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codecKeysFrom } from '../../payload-codec/keys.ts';
import type { RunningSandbox } from '../../sandbox/testing/running-sandbox.ts';
import { startSandbox } from '../../sandbox/testing/running-sandbox.ts';
import type { DevServer } from '../../test/harness/temporal.ts';
import { startDevServer } from '../../test/harness/temporal.ts';
import { authorizationActivities } from '../../workers/activities/authorization.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { gaitServer } from '../../workers/gait-server.ts';
import { createWorker } from '../../workers/worker.ts';
import { authorizationTaskQueue } from '../../workflows/authorization/messages.ts';
import { readFile } from 'node:fs/promises';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { TinyFlow } from '../steps/testing/tiny-flow.ts';
import type { Claimed } from '../steps/testing/tiny-flow.ts';
import { followedClinic, password } from './testing/followed.ts';
import type { Followed } from './testing/followed.ts';
import { testDay } from '../testing/days.ts';

const today = testDay();

let temporal: DevServer;
let server: TestServer;
let sandbox: RunningSandbox;
let clinic: Followed;
let flow: TinyFlow;
let worker: Worker;
let native: NativeConnection;
let running: Promise<void>;
let cookie: string;

beforeAll(async () => {
  temporal = await startDevServer();
  sandbox = await startSandbox();
  server = await startServer({ GAIT_TEMPORAL_ADDRESS: temporal.address });
  clinic = await followedClinic(server.services, { today, availity: sandbox.url });
  flow = new TinyFlow(server, clinic.key);
  await flow.start();
  native = await NativeConnection.connect({ address: temporal.address });
  worker = await createWorker({
    connection: native,
    namespace: 'default',
    workflowBundle: await bundleWorkflows(),
    keys: codecKeysFrom(JSON.parse(await readFile(server.keyringFile, 'utf8'))),
    activities: authorizationActivities({ server: gaitServer(server.url, clinic.workerKey) }),
    taskQueue: authorizationTaskQueue,
  });
  running = worker.run();
  const answer = await server.call('POST', '/v1/session', { body: { email: clinic.email, password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  for (const step of ['authorization.submit', 'authorization.status', 'authorization.record']) {
    await server.call('POST', '/v1/steps/flows', {
      key: clinic.key,
      body: { step, flow: { id: step.replace('.', '-'), name: step }, url: flow.url, test: false },
    });
  }
}, 180_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await native.close();
  flow.stop();
  await server.stop();
  await sandbox.stop();
  await temporal.stop();
}, 60_000);

const records = (value: unknown, name: string): Record<string, unknown>[] => {
  const list: unknown =
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  return Array.isArray(list)
    ? list.map((one: unknown) => (typeof one === 'object' && one !== null ? { ...one } : {}))
    : [];
};

/** What the template's flow does, without n8n. */
async function answering(call: Claimed): Promise<readonly object[]> {
  const answers: object[] = [];
  for (const { item, structure } of call.items) {
    const ask =
      call.step === 'authorization.submit'
        ? {
            path: '/v1/effects',
            body: {
              operation: 'availity.serviceReview.create',
              connection: 'Availity',
              subject: item,
              approval: structure['approval'],
              key: structure['effectKey'],
            },
          }
        : call.step === 'authorization.status'
          ? {
              path: '/v1/operations',
              body: { operation: 'availity.serviceReview.get', connection: 'Availity', subject: item },
            }
          : {
              path: '/v1/effects',
              body: { operation: 'webpt.authorization.record', connection: 'WebPT', subject: item },
            };
    const { status, json } = await server.call('POST', ask.path, { key: clinic.key, body: ask.body });
    const told: Record<string, unknown> = typeof json === 'object' && json !== null ? { ...json } : {};
    if (status !== 200) answers.push({ item, error: { code: 'vendor.unavailable' } });
    else
      answers.push({
        item,
        outcome: told['outcome'] ?? told['state'],
        structure: told['structure'] ?? {},
        refs: told['refs'] ?? [],
      });
  }
  return answers;
}

async function openItem(kind: string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { json } = await server.call('GET', '/v1/console/work-items?status=open&role=all', { cookie });
    const found = records(json, 'items').find((item) => item['kind'] === kind);
    if (typeof found?.['id'] === 'string') return found['id'];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No item ${kind} was opened.`);
}

const post = (path: string, body: unknown) =>
  server.call('POST', path, { cookie, headers: { 'x-gait-console': '1' }, body });

test('one authorization, from the schedule that runs it out to the recording of fewer visits', async () => {
  flow.answering = answering;
  await sandbox.post('/sandbox/availity/scenario', { payer: '*', pended: null });
  const tracked = await server.call('POST', '/v1/authorizations/track', {
    key: clinic.key,
    body: { authorizations: [clinic.authorization] },
  });
  expect(tracked.json).toEqual({ items: [{ authorization: clinic.authorization, outcome: 'tracked' }] });

  const id = await openItem('authorization.request');
  const page = await server.call('GET', `/v1/console/work-items/${id}`, { cookie });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Abernathy');
  const whole: unknown = page.json;
  const part = (name: string): Record<string, unknown> => {
    const value: unknown =
      typeof whole === 'object' && whole !== null ? Object.getOwnPropertyDescriptor(whole, name)?.value : null;
    return typeof value === 'object' && value !== null ? { ...value } : {};
  };
  expect(part('missing')).toEqual({});

  const draft = part('draft');
  const clinical: unknown = draft['clinical'];
  const edited = {
    ...draft,
    clinical: { ...(typeof clinical === 'object' ? clinical : {}), goals: 'Edited by the front desk.' },
  };
  const revised = await post(`/v1/console/work-items/${id}/revisions`, {
    basedOn: part('revision')['hash'],
    draft: edited,
  });
  expect(revised.status).toBe(200);
  const hash: unknown =
    typeof revised.json === 'object' && revised.json !== null && 'hash' in revised.json ? revised.json.hash : null;
  const stale = await post(`/v1/console/work-items/${id}/decisions`, {
    decision: 'approve',
    hash: part('revision')['hash'],
  });
  expect(stale.status).toBe(409);
  expect((await post(`/v1/console/work-items/${id}/decisions`, { decision: 'reject', hash })).status).toBe(400);
  const decided = await post(`/v1/console/work-items/${id}/decisions`, { decision: 'approve', hash });
  expect([decided.status, decided.text]).toEqual([200, decided.text]);
  expect((await post(`/v1/console/work-items/${id}/decisions`, { decision: 'approve', hash })).status).toBe(409);

  await until(async () => records(await sandbox.get('/sandbox/availity/journal'), 'entries').length > 0);
  const [entry] = records(await sandbox.get('/sandbox/availity/journal'), 'entries');
  await until(async () => (await stateOf()) === 'pending');
  await sandbox.post('/sandbox/availity/decide', { id: entry?.['id'], decision: 'partlyApproved', visits: 8 });
  await until(async () => {
    await server.call('POST', '/v1/authorizations/check-now', {
      key: clinic.key,
      body: { authorizations: [clinic.authorization] },
    });
    return (await stateOf()) === 'partlyApproved';
  });

  const record = await openItem('authorization.record');
  const partial = await openItem('authorization.partial');
  const recordPage = await server.call('GET', `/v1/console/work-items/${record}`, { cookie });
  expect(recordPage.text).toContain('"visitsApproved":8');
  for (const [item, decision] of [
    [record, 'recorded'],
    [partial, 'accept'],
  ] as const) {
    const view = await server.call('GET', `/v1/console/work-items/${item}`, { cookie });
    const revision: unknown =
      typeof view.json === 'object' && view.json !== null && 'revision' in view.json ? view.json.revision : null;
    const seen: unknown =
      typeof revision === 'object' && revision !== null && 'hash' in revision ? revision.hash : null;
    const answer = await post(`/v1/console/work-items/${item}/decisions`, { decision, hash: seen });
    expect([decision, answer.status, answer.text]).toEqual([decision, 200, answer.text]);
  }
  expect(records(await sandbox.get('/sandbox/availity/journal'), 'entries')).toHaveLength(1);
  const actions = await actionsOf(server.services, clinic.clinic);
  for (const action of [
    'workItem.revised',
    'workItem.decided',
    'effect.done',
    'step.answered',
    'authorization.answered',
  ]) {
    expect(actions).toContain(action);
  }
  for (const path of [
    `/v1/console/authorizations/${clinic.authorization}`,
    '/v1/console/authorizations',
    '/v1/console/morning-report',
  ]) {
    const view = await server.call('GET', path, { cookie });
    if (path.endsWith('report')) continue;
    expect(view.status).toBe(200);
  }
  expect((await post('/v1/console/morning-report', {})).status).toBe(200);
}, 240_000);

async function stateOf(): Promise<string> {
  const row = await server.services.db
    .selectFrom('authorizations')
    .select('state')
    .where('ref', '=', clinic.authorization)
    .executeTakeFirstOrThrow();
  return row.state;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('It did not happen.');
}
