// What a flow sees when Gait refuses or is away: Gait's code and words, and never a word of whatever else answered.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openEngine, outputOf } from '../testing/engine.mts';
import type { Engine } from '../testing/engine.mts';
import { workflowFile } from '../testing/files.mts';
import { connections, startGaitServer } from '../testing/gait-server.mts';
import type { GaitServer } from '../testing/gait-server.mts';

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

async function errorOf(name: string, credential = server.credential): Promise<Record<string, unknown>> {
  const run = await engine.run(workflowFile(name), credential);
  const error: unknown = run.data.resultData.error;
  expect(error).toBeDefined();
  return { ...Object(error), text: JSON.stringify(error) };
}

test('a key that Gait does not know is named with where to enter another', async () => {
  const error = await errorOf('authorization-get', { ...server.credential, apiKey: 'gait_old_key' });
  expect(error).toMatchObject({ message: 'This key is not known', httpCode: '401' });
  expect(error['description']).toBe('Enter a valid key in the credential. [access.unauthenticated]');
  expect(error['text']).not.toContain('gait_old_key');
});

test('a server that is away stops the flow with what to check', async () => {
  const error = await errorOf('worklist-morning-report', { serverUrl: 'http://127.0.0.1:1', apiKey: 'k' });
  expect(error).toMatchObject({ message: "Gait's server is not reachable" });
  expect(error['description']).toContain('[service.unavailable]');
});

test('a server that is away is a coded error per item where the flow goes on', async () => {
  const run = await engine.run(workflowFile('availity-continue-on-fail'), {
    serverUrl: 'http://127.0.0.1:1',
    apiKey: 'k',
  });
  expect(run.data.resultData.error).toBeUndefined();
  const codes = outputOf(run, 'Gait').map(({ json }) => json['error']);
  expect(codes).toMatchObject([
    { code: 'service.unavailable' },
    { code: 'service.unavailable' },
    { code: 'input.invalid' },
    { code: 'service.unavailable' },
  ]);
});

test("a proxy's page is not quoted, only its status is used", async () => {
  const page = '<h1>Bad gateway for JANE CANARY 555-0100</h1>';
  server.override.set('POST /v1/morning-report', { status: 502, body: page });
  const error = await errorOf('worklist-morning-report');
  expect(error).toMatchObject({ message: "Gait's server is not reachable", httpCode: '502' });
  expect(error['text']).not.toContain('CANARY');
});

test('an error body with a code that is not of Gait is not quoted either', async () => {
  server.override.set('POST /v1/morning-report', {
    status: 400,
    body: { error: { code: 'E_JANE', message: 'JANE CANARY' } },
  });
  const error = await errorOf('worklist-morning-report');
  expect(error).toMatchObject({ message: 'Gait does not accept a value of this node' });
  expect(error['text']).not.toContain('CANARY');
});

test('another program at the address is told apart from Gait', async () => {
  server.override.set('POST /v1/morning-report', { status: 200, body: '<html></html>' });
  expect(await errorOf('worklist-morning-report')).toMatchObject({
    message: "Something else than Gait's server answers at this address",
  });
});

test('without continue-on-fail the first refused item stops the flow and is named by its index', async () => {
  const file = workflowFile('availity-continue-on-fail');
  const stopping = { ...file, nodes: file.nodes.map((node) => ({ ...node, onError: 'stopWorkflow' as const })) };
  const run = await engine.run(stopping, server.credential);
  const error: unknown = run.data.resultData.error;
  expect(error).toMatchObject({ message: 'No such authorization (subject)', context: { itemIndex: 1 } });
  expect(server.calls.filter(({ path }) => path === '/v1/operations')).toHaveLength(2);
});

test('with an error output, refused items leave by it with their own reference', async () => {
  const file = workflowFile('availity-continue-on-fail');
  const split = { ...file, nodes: file.nodes.map((node) => ({ ...node, onError: 'continueErrorOutput' as const })) };
  const run = await engine.run(split, server.credential);
  expect(outputOf(run, 'Gait', 0).map(({ json }) => json['subject'])).toEqual(['auth_pending', 'auth_partly']);
  expect(outputOf(run, 'Gait', 1).map(({ json }) => json)).toMatchObject([
    { item: 'auth_unknown', error: { code: 'reference.unknown' } },
    { item: '', error: { code: 'input.invalid' } },
  ]);
});

test('all authorizations of a sync are tracked by one request, each once', async () => {
  await engine.run(workflowFile('authorization-track-partial'), server.credential);
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: '/v1/authorizations/track',
      query: {},
      body: { authorizations: ['auth_1', 'auth_unknown'] },
    },
  ]);
});

test('a connection given by name is looked up once for all items', async () => {
  await engine.run(workflowFile('availity-create'), server.credential);
  expect(server.calls.filter(({ path }) => path === '/v1/connections')).toHaveLength(1);
  expect(server.calls.filter(({ path }) => path === '/v1/effects').map(({ body }) => body['connection'])).toEqual(
    Array.from({ length: 7 }, () => connections.availity.id),
  );
});

test('an answer that the server refuses stops the flow', async () => {
  server.override.set('POST /v1/steps/answer', {
    status: 409,
    body: { error: { code: 'state.conflict', message: 'The attempt is over' } },
  });
  expect(await errorOf('step-submit')).toMatchObject({ message: 'The attempt is over' });
});

test('one item is answered twice: nothing is sent', async () => {
  const file = workflowFile('step-edited');
  const twice = {
    ...file,
    nodes: file.nodes.map((node) =>
      node.name === 'Answer' ? { ...node, parameters: { ...node.parameters, options: { item: 'wi_pended' } } } : node,
    ),
  };
  const run = await engine.run(twice, server.credential);
  expect(run.data.resultData.error).toMatchObject({ message: 'Two answers for wi_pended' });
  expect(server.calls).toEqual([]);
});

test('no node gives out binary data', async () => {
  for (const name of ['sync', 'step-submit', 'availity-create', 'worklist-morning-report']) {
    const run = await engine.run(workflowFile(name), server.credential);
    for (const [node, tasks] of Object.entries(run.data.resultData.runData)) {
      for (const item of tasks.flatMap((task) => task.data?.['main'] ?? []).flatMap((items) => items ?? [])) {
        expect(item.binary, node).toBeUndefined();
      }
    }
  }
});
