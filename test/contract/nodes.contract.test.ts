// What the nodes send is what the server takes: every call of every workflow file and golden run, held against the endpoint's own schema.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTemplate, templateIds, templatesFolder } from '../../cli/templates/library.ts';
import { openEngine } from '../../nodes/testing/engine.mts';
import type { Engine } from '../../nodes/testing/engine.mts';
import { workflowFiles } from '../../nodes/testing/files.mts';
import { startGaitServer } from '../../nodes/testing/gait-server.mts';
import type { Call, GaitServer } from '../../nodes/testing/gait-server.mts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { createValidator } from '../../server/http/validation.ts';
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

test('every call of a node finds an endpoint for flows that takes it', async () => {
  for (const file of workflowFiles()) await engine.run(file, standIn.credential);
  expect([...taken(standIn.calls)].sort()).toEqual([
    'GET /v1/authorizations',
    'GET /v1/authorizations/:ref',
    'GET /v1/connections',
    'GET /v1/eligibility/checks',
    'GET /v1/work-items',
    'POST /v1/authorizations/check-now',
    'POST /v1/authorizations/track',
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
    'POST /v1/operations',
    'POST /v1/patients/reviews',
    'POST /v1/patients/welcomes',
    'POST /v1/steps/answer',
    'POST /v1/work-items',
  ]);
});
