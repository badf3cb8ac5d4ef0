// The Gait Step trigger in n8n's own hook and webhook contexts: registering, claiming, refusing.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { WorkflowExecuteMode } from 'n8n-workflow';
import { openEngine } from '../testing/engine.mts';
import type { Engine } from '../testing/engine.mts';
import { workflowFile } from '../testing/files.mts';
import { startGaitServer } from '../testing/gait-server.mts';
import type { GaitServer } from '../testing/gait-server.mts';
import { callTrigger, lifeOf, openTrigger } from '../testing/triggers.mts';

let engine: Engine;
let server: GaitServer;

beforeAll(async () => {
  engine = await openEngine();
  server = await startGaitServer();
}, 120_000);
afterAll(async () => {
  engine?.close();
  await server?.close();
});
afterEach(() => server.reset());

const file = () => workflowFile('step-submit');

const open = () => openTrigger(engine, file());
const hooks = (mode: WorkflowExecuteMode) => lifeOf(engine, open(), server.credential, mode);

test('publishing registers the live flow by id, name and address; unpublishing takes it off', async () => {
  const live = hooks('trigger');
  expect(await live.find()).toBe(false);
  expect(await live.create()).toBe(true);
  expect(await live.find()).toBe(true);
  expect(await live.remove()).toBe(true);
  expect(await live.find()).toBe(false);
  const listener = {
    step: 'authorization.submit',
    flow: { id: 'flow1', name: file().name },
    url: 'http://127.0.0.1/webhook/11111111-1111-4111-8111-111111111111/step',
    test: false,
  };
  const removed = { step: listener.step, flow: listener.flow, test: false };
  expect(server.calls.map(({ path, body }) => [path, body])).toEqual([
    ['/v1/steps/flows/find', listener],
    ['/v1/steps/flows', listener],
    ['/v1/steps/flows/find', listener],
    ['/v1/steps/flows/remove', removed],
    ['/v1/steps/flows/find', listener],
  ]);
});

test('a test in the editor registers a test listener only', async () => {
  await hooks('manual').create();
  expect(server.calls[0]?.body).toMatchObject({
    test: true,
    url: 'http://127.0.0.1/webhook-test/11111111-1111-4111-8111-111111111111/step',
  });
});

test('a second live flow for a step is refused with the name of the first', async () => {
  const message = 'The flow "Prior authorization – demo" already answers this step';
  server.override.set('POST /v1/steps/flows', {
    status: 409,
    body: { error: { code: 'state.conflict', message, fix: 'Unpublish it first.' } },
  });
  await expect(hooks('trigger').create()).rejects.toMatchObject({
    message,
    description: 'Unpublish it first. [state.conflict]',
  });
});

const call = (headers: Record<string, string>, raw: string, credential = server.credential) =>
  callTrigger(engine, open(), credential, headers, raw);

const signed = { 'x-gait-timestamp': '1777900000', 'x-gait-signature': 'ab12' };

test('a call is claimed with timestamp, signature and the very bytes that came', async () => {
  const raw = '{ "call":"call_1",  "attempt":1 }';
  const { answer, sent } = await call(signed, raw);
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: '/v1/steps/claim',
      query: {},
      body: { timestamp: '1777900000', signature: 'ab12', body: raw },
    },
  ]);
  expect(answer?.workflowData).toEqual([
    [
      {
        json: {
          call: 'call_1',
          attempt: 1,
          step: 'authorization.submit',
          clinic: 'cl_1',
          deadline: '2026-05-04T12:00:00.000Z',
          item: 'wi_pended',
          structure: { authorization: 'auth_1', approval: 'h1' },
        },
      },
    ],
  ]);
  expect(sent.status).toBe(0);
});

test.each([
  [401, 'access.unauthenticated'],
  [403, 'access.replayed'],
  [409, 'state.conflict'],
])('a claim refused with %i (%s) starts nothing and answers so', async (status, code) => {
  server.override.set('POST /v1/steps/claim', { status, body: { error: { code, message: 'Refused' } } });
  const { answer, sent } = await call(signed, '{}');
  expect(answer).toEqual({ noWebhookResponse: true });
  expect(sent).toMatchObject({ status, body: { error: { code } } });
});

test('a key that was changed in the credential is used at the next claim', async () => {
  await call(signed, '{"call":"call_1"}');
  server.override.set('POST /v1/steps/claim', { status: 401, body: { error: { code: 'access.unauthenticated' } } });
  const opened = vi.fn(() => 'gait_changed');
  const { sent } = await call(signed, '{"call":"call_2"}', {
    ...server.credential,
    get apiKey() {
      return opened();
    },
  });
  expect(opened).toHaveBeenCalledOnce();
  expect(server.calls.map(({ body }) => body)).toMatchObject([
    { body: '{"call":"call_1"}' },
    { body: '{"call":"call_2"}' },
  ]);
  expect(sent.status).toBe(401);
});

test('an unsigned call is refused without asking the server', async () => {
  const { answer, sent } = await call({}, '{"call":"call_1"}');
  expect(answer?.workflowData).toBeUndefined();
  expect(sent.status).toBe(401);
  expect(server.calls).toEqual([]);
});

test('while the server is away a call starts nothing and may come again', async () => {
  const { answer, sent } = await call(signed, '{}', { serverUrl: 'http://127.0.0.1:1', apiKey: 'k' });
  expect(answer).toEqual({ noWebhookResponse: true });
  expect(sent).toMatchObject({ status: 503, body: { error: { code: 'service.unavailable' } } });
});

test('the connection list shows names, marks shadow, and can be searched', async () => {
  const workflow = engine.toWorkflow(workflowFile('availity-get'));
  const node = workflow.getNode('Gait');
  if (node === null) throw new Error('no node');
  const context = new engine.core.LoadOptionsContext(
    workflow,
    node,
    engine.additionalData(server.credential),
    'connection',
  );
  const search = engine.nodeTypes.getByNameAndVersion(node.type, 1).methods?.listSearch?.['getConnections'];
  expect(await search?.call(context)).toEqual({
    results: [
      { name: 'Availity', value: 'conn_availity0000000000001' },
      { name: 'Availity rehearsal (shadow: nothing is sent)', value: 'conn_availity0000000000002' },
    ],
  });
  expect((await search?.call(context, 'rehearsal'))?.results).toHaveLength(1);
});
