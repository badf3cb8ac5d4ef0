// What the nodes send is what the server takes: every call of every workflow file and golden run, held against the endpoint's own schema.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTemplate, templateIds, templatesFolder } from '../../cli/templates/library.ts';
import { openEngine } from '../../nodes/testing/engine.mts';
import type { Engine } from '../../nodes/testing/engine.mts';
import { workflowFile, workflowFiles } from '../../nodes/testing/files.mts';
import { startGaitServer } from '../../nodes/testing/gait-server.mts';
import type { Call, GaitServer } from '../../nodes/testing/gait-server.mts';
import { nodeSources, operationsOf, readText } from '../../nodes/testing/sources.mts';
import { callTrigger, lifeOf, openTrigger } from '../../nodes/testing/triggers.mts';
import { followedClinic } from '../../server/authorizations/testing/followed.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { createValidator } from '../../server/http/validation.ts';
import { testDay } from '../../server/testing/days.ts';
import { startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';

let engine: Engine;
let standIn: GaitServer;
let server: TestServer;

beforeAll(async () => {
  [engine, standIn, server] = await Promise.all([openEngine(), startGaitServer(), startServer()]);
}, 120_000);
afterAll(async () => {
  engine?.close();
  await standIn?.close();
  await server?.stop();
});

function endpointOf(call: Call): Endpoint | undefined {
  return server.app.endpoints.find(
    ({ method, path }) =>
      method === call.method && new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(call.path),
  );
}

/** Holds calls against the schemas of their endpoints; gives the endpoints that were used. */
function taken(calls: readonly Call[]): Set<string> {
  const validator = createValidator();
  const used = new Set<string>();
  for (const call of calls) {
    const endpoint = endpointOf(call);
    expect(endpoint, `${call.method} ${call.path}`).toBeDefined();
    if (endpoint === undefined) continue;
    used.add(`${endpoint.method} ${endpoint.path}`);
    expect(endpoint.access, endpoint.path).toMatchObject({ capability: 'flows' });
    if (endpoint.body !== undefined) validator.check(endpoint.body, call.body, endpoint.path);
    if (endpoint.query !== undefined) validator.coerce(endpoint.query, call.query, endpoint.path);
    else expect(call.query, endpoint.path).toEqual({});
  }
  return used;
}

test.each(templateIds())('the golden runs of %s ask for what the server takes', (id) => {
  const asks = readTemplate(id).manifest.goldenRuns.flatMap((path) => {
    const run = JSON.parse(readFileSync(join(templatesFolder, id, path), 'utf8')) as { readonly asks: Call[] };
    return run.asks;
  });
  expect(taken(asks).size).toBeGreaterThan(0);
});

/** What a node of a workflow file does: its type, and its operation where it has several. */
const doing = (type: string, { resource, operation }: { readonly resource?: unknown; readonly operation?: unknown }) =>
  [type, resource, operation].filter((part) => typeof part === 'string').join(' ');

test('every operation of every node is tried by a workflow file', () => {
  const tried = new Set(
    workflowFiles().flatMap(({ nodes }) => nodes.map(({ type, parameters }) => doing(type, parameters))),
  );
  const offered = nodeSources().flatMap(({ name, source }) => {
    const type = typeOf(name);
    const operations = operationsOf(source);
    // A node without operations is tried where it stands: by its type alone.
    return operations.length > 0 ? operations.map((one) => doing(type, one)) : [type];
  });
  expect(offered.length).toBeGreaterThan(80);
  expect(offered.filter((one) => !tried.has(one) && ![...tried].some((done) => done.startsWith(`${one} `)))).toEqual(
    [],
  );
});

/** The type of a node by the name of its folder. */
function typeOf(folder: string): string {
  const codex = JSON.parse(readText(`nodes/${folder}/${folder}.node.json`)) as { readonly node: string };
  return codex.node;
}

test('every call of a node finds an endpoint for flows that takes it', async () => {
  for (const file of workflowFiles()) await engine.run(file, standIn.credential);
  expect([...taken(standIn.calls)].sort()).toEqual([
    'GET /v1/authorizations',
    'GET /v1/authorizations/:ref',
    'GET /v1/connections',
    'GET /v1/documentation/due',
    'GET /v1/eligibility/checks',
    'GET /v1/notes/:note',
    'GET /v1/notes/undrafted',
    'GET /v1/plans-of-care/:plan',
    'GET /v1/waitlist/entries',
    'GET /v1/work-items',
    'POST /v1/authorizations/check-now',
    'POST /v1/authorizations/track',
    'POST /v1/care/exercise-reminders',
    'POST /v1/care/forms',
    'POST /v1/care/plans',
    'POST /v1/claims/scrubs',
    'POST /v1/claims/submissions',
    'POST /v1/claims/track',
    'POST /v1/effects',
    'POST /v1/eligibility/batches',
    'POST /v1/eligibility/deliveries',
    'POST /v1/messages',
    'POST /v1/messages/get',
    'POST /v1/messages/reminders',
    'POST /v1/morning-report',
    'POST /v1/notes/drafts',
    'POST /v1/operations',
    'POST /v1/patients/reviews',
    'POST /v1/patients/welcomes',
    'POST /v1/plans-of-care/drafts',
    'POST /v1/schedule/conflicts',
    'POST /v1/schedule/series',
    'POST /v1/schedule/series/get',
    'POST /v1/steps/answer',
    'POST /v1/waitlist/entries',
    'POST /v1/waitlist/slots',
    'POST /v1/waitlist/slots/get',
    'POST /v1/work-items',
  ]);
});

test('every operation that a node asks for is one of the server', async () => {
  for (const file of workflowFiles()) await engine.run(file, standIn.credential);
  const clinic = await followedClinic(server.services, { name: 'contract', today: testDay() });
  const asked = new Map(
    standIn.calls
      .filter(({ path }) => path === '/v1/operations' || path === '/v1/effects')
      .map((call) => [String(call.body['operation']), call]),
  );
  const [aMessage] = asked.values();
  for (const operation of carriersOfMessages())
    if (aMessage !== undefined)
      asked.set(operation, { ...aMessage, path: '/v1/effects', body: { operation, subject: 'msg_1' } });
  expect(asked.size).toBeGreaterThan(60);
  const unknown: string[] = [];
  for (const [operation, { path, body }] of asked) {
    // Over another system's connection nothing is asked of a vendor: what the server does not know it says before.
    const { json } = await server.call('POST', path, { key: clinic.key, body: { ...body, connection: 'Availity' } });
    const { where } = refusalIn(json);
    if (where === 'operation') unknown.push(operation);
  }
  expect(unknown).toEqual([]);
  const { json } = await server.call('POST', '/v1/operations', {
    key: clinic.key,
    body: { operation: 'availity.nothing.get', connection: 'Availity' },
  });
  expect(refusalIn(json)).toMatchObject({ code: 'input.invalid', where: 'operation' });
});

/** What the node of messages hands to vendors: the operation is a choice there. */
function carriersOfMessages(): string[] {
  const { description } = engine.nodeTypes.getByNameAndVersion('n8n-nodes-gait.gaitMessage');
  const options = description.properties.find(({ name }) => name === 'carrier')?.options ?? [];
  return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

function refusalIn(json: unknown): { readonly code?: unknown; readonly where?: unknown } {
  const error: unknown = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  return typeof error === 'object' && error !== null ? error : {};
}

test.each([
  ['step-submit', '/v1/steps/flows', '/v1/steps/claim'],
  ['record-new-patient', '/v1/records/listeners', '/v1/records/claim'],
])(
  'the trigger of %s registers, is found, claims and takes itself off as the server takes it',
  async (name, at, claim) => {
    const opened = openTrigger(engine, workflowFile(name));
    const life = lifeOf(engine, opened, standIn.credential, 'trigger');
    const before = standIn.calls.length;
    await life.find();
    await life.create();
    await callTrigger(
      engine,
      opened,
      standIn.credential,
      { 'x-gait-timestamp': '1777900000', 'x-gait-signature': 'ab12' },
      '{}',
    );
    await life.remove();
    expect([...taken(standIn.calls.slice(before))]).toEqual([
      `POST ${at}/find`,
      `POST ${at}`,
      `POST ${claim}`,
      `POST ${at}/remove`,
    ]);
  },
);
