// The Gait Record Trigger in n8n's own hook and webhook contexts: registering, claiming, refusing.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { INode, WorkflowExecuteMode } from 'n8n-workflow';
import { openEngine } from '../testing/engine.mts';
import type { Credential, Engine } from '../testing/engine.mts';
import { workflowFile } from '../testing/files.mts';
import { connections, startGaitServer } from '../testing/gait-server.mts';
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

const file = () => workflowFile('record-new-patient');

const open = (parameters: INode['parameters'] = {}) => openTrigger(engine, file(), parameters);
const hooks = (mode: WorkflowExecuteMode, parameters: INode['parameters'] = {}) =>
  lifeOf(engine, open(parameters), server.credential, mode);

test('publishing registers the flow by id, name, address, kinds and connection; unpublishing takes it off', async () => {
  const live = hooks('trigger');
  expect(await live.find()).toBe(false);
  expect(await live.create()).toBe(true);
  expect(await live.find()).toBe(true);
  expect(await live.remove()).toBe(true);
  expect(await live.find()).toBe(false);
  const listener = {
    flow: { id: 'flow1', name: file().name },
    url: 'http://127.0.0.1/webhook/22222222-2222-4222-8222-222222222222/records',
    kinds: ['patients'],
    connection: 'WebPT',
  };
  expect(server.calls.map(({ path, body }) => [path, body])).toEqual([
    ['/v1/records/listeners/find', listener],
    ['/v1/records/listeners', listener],
    ['/v1/records/listeners/find', listener],
    ['/v1/records/listeners/remove', { flow: listener.flow, url: listener.url }],
    ['/v1/records/listeners/find', listener],
  ]);
});

test('without a connection the flow hears of those of all; other kinds make another listener', async () => {
  await hooks('trigger').create();
  const changed = hooks('trigger', { connection: ' ', kinds: ['notes', 'charges'] });
  expect(await changed.find()).toBe(false);
  await changed.create();
  const body = server.calls.at(-1)?.body;
  expect(body).toMatchObject({ kinds: ['notes', 'charges'] });
  expect(body).not.toHaveProperty('connection');
});

test('a test in the editor registers nothing and takes nothing off', async () => {
  const editor = hooks('manual');
  expect(await editor.find()).toBe(true);
  expect(await editor.create()).toBe(true);
  expect(await editor.remove()).toBe(true);
  expect(server.calls).toEqual([]);
});

test('a connection that the clinic does not have keeps the flow from being published, with what to do', async () => {
  server.override.set('POST /v1/records/listeners', {
    status: 404,
    body: {
      error: { code: 'connection.unknown', message: 'No connection has this name', fix: 'Choose one.', where: 'connection' },
    },
  });
  await expect(hooks('trigger').create()).rejects.toMatchObject({
    message: expect.stringContaining('No connection has this name'),
    description: 'Choose one. [connection.unknown]',
  });
});

async function call(
  headers: Record<string, string>,
  raw: string,
  { credential = server.credential, ...parameters }: { credential?: Credential; onlyNew?: boolean } = {},
) {
  return await callTrigger(engine, open(parameters), credential, headers, raw);
}

const signed = { 'x-gait-timestamp': '1777900000', 'x-gait-signature': 'ab12' };
const connection = connections.webpt.id;
const added = { patient: 'pat_1', kind: 'patients', outcome: 'added', connection, structure: {} };
const changed = { patient: 'pat_2', kind: 'patients', outcome: 'changed', connection, structure: {} };
const visit = {
  appointment: 'appt_1',
  kind: 'appointments',
  outcome: 'added',
  connection,
  structure: { patient: 'pat_1', date: '2026-05-04', status: 'booked' },
};

test('a call is claimed with the very bytes that came and gives one item per record', async () => {
  const raw = '{ "call":"tell_1" }';
  const { answer, sent } = await call(signed, raw, { onlyNew: false });
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: '/v1/records/claim',
      query: {},
      body: { timestamp: '1777900000', signature: 'ab12', body: raw },
    },
  ]);
  expect(answer?.workflowData).toEqual([[{ json: added }, { json: changed }, { json: visit }]]);
  // The answer comes from n8n, when the flow has ended.
  expect(answer?.webhookResponse).toBeUndefined();
  expect(sent.status).toBe(0);
});

test('a flow that wants only what is new does not hear of what changed', async () => {
  const { answer } = await call(signed, '{}', { onlyNew: true });
  expect(answer?.workflowData).toEqual([[{ json: added }, { json: visit }]]);
});

test('a call with nothing the flow wants is claimed and starts nothing', async () => {
  server.override.set('POST /v1/records/claim', {
    body: { records: [{ kind: 'patients', record: 'pat_2', change: 'changed', connection, structure: {} }] },
  });
  const { answer, sent } = await call(signed, '{}', { onlyNew: true });
  expect(answer).toEqual({ webhookResponse: { claimed: true } });
  expect(sent.status).toBe(0);
});

test.each([
  [401, 'access.unauthenticated'],
  [403, 'access.replayed'],
  [409, 'state.conflict'],
])('a claim refused with %i (%s) starts nothing and answers so', async (status, code) => {
  server.override.set('POST /v1/records/claim', { status, body: { error: { code, message: 'Refused' } } });
  const { answer, sent } = await call(signed, '{}');
  expect(answer).toEqual({ noWebhookResponse: true });
  expect(sent).toMatchObject({ status, body: { error: { code } } });
});

test('an unsigned call is refused without asking the server', async () => {
  const { answer, sent } = await call({}, '{}');
  expect(answer?.workflowData).toBeUndefined();
  expect(sent.status).toBe(401);
  expect(server.calls).toEqual([]);
});

test('while the server is away a call starts nothing and may come again', async () => {
  const { answer, sent } = await call(signed, '{}', { credential: { serverUrl: 'http://127.0.0.1:1', apiKey: 'k' } });
  expect(answer).toEqual({ noWebhookResponse: true });
  expect(sent).toMatchObject({ status: 503, body: { error: { code: 'service.unavailable' } } });
});
