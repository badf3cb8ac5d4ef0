// How coverage checks travel: many items in few requests, each with its own result, and no patient held up by another.
import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openEngine, outputOf } from '../testing/engine.mts';
import type { Engine, WorkflowFile } from '../testing/engine.mts';
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

/** A workflow file with other items at its start. */
function given(name: string, start: string, items: IDataObject[]): WorkflowFile {
  return { ...workflowFile(name), pinData: { [start]: items.map((json, item) => ({ json, pairedItem: { item } })) } };
}

function numbered(count: number, name: string, prefix: string): IDataObject[] {
  return Array.from({ length: count }, (_, index) => ({ [name]: `${prefix}${index + 1}` }));
}

/** The lists that were sent under a name, in order. */
function listsOf(name: string): unknown[] {
  return server.calls.map(({ body }) => body[name]).filter((list) => list !== undefined);
}

test("the night's batch is asked for once, whatever comes in", async () => {
  await engine.run(given('eligibility-batch', 'Start', numbered(40, 'n', '')), server.credential);
  expect(server.calls).toEqual([
    { method: 'POST', path: '/v1/eligibility/batches', query: {}, body: { kind: 'overnight' } },
  ]);
});

test('the patients of all items are checked in one batch, each once; 500 fill a request', async () => {
  const items = [...numbered(501, 'patient', 'pat_'), { patient: 'pat_7' }];
  const run = await engine.run(given('eligibility-check-now', 'Start', items), server.credential);
  const lists = server.calls.map(({ body: { patients } }) => (Array.isArray(patients) ? patients.length : null));
  expect(lists).toEqual([500, 1]);
  const checks = outputOf(run, 'Gait').map(({ json }) => json['check']);
  expect(checks).toHaveLength(502);
  expect([checks[6], checks[500], checks[501]]).toEqual(['chk_7', 'chk_501', 'chk_7']);
});

test('one patient whom nobody covers is refused alone; all others are checked', async () => {
  const items = numbered(8, 'patient', 'pat_').map((item, index) => (index === 5 ? { patient: 'pat_unknown' } : item));
  const run = await engine.run(given('eligibility-check-now', 'Start', items), server.credential);
  const output = outputOf(run, 'Gait').map(({ json }) => json['check'] ?? json['error']);
  expect(output.map((one) => (typeof one === 'string' ? one : 'refused'))).toEqual(
    items.map(({ patient }) => (patient === 'pat_unknown' ? 'refused' : String(patient).replace('pat_', 'chk_'))),
  );
  expect(listsOf('patients')).toHaveLength(1);
});

test('a request that is refused as a whole is refused for each of its patients', async () => {
  server.override.set('POST /v1/eligibility/batches', {
    status: 503,
    body: { error: { code: 'service.unavailable', message: 'Away' } },
  });
  const run = await engine.run(
    given('eligibility-check-now', 'Start', numbered(8, 'patient', 'pat_')),
    server.credential,
  );
  expect(outputOf(run, 'Gait').map(({ json }) => json['error'])).toMatchObject(
    Array.from({ length: 8 }, (_, index) => ({ code: 'service.unavailable', subject: `pat_${index + 1}` })),
  );
  expect(server.calls).toHaveLength(1);
});

test('a patient about whom the answer says nothing is refused, not passed as checked', async () => {
  server.override.set('POST /v1/eligibility/batches', {
    body: { batch: 'bat_1', outcome: 'started', checks: [{ check: 'chk_1', patient: 'pat_1' }] },
  });
  const items = [{ patient: 'pat_1' }, { patient: 'pat_2' }];
  const run = await engine.run(given('eligibility-check-now', 'Start', items), server.credential);
  expect(outputOf(run, 'Gait').map(({ json }) => json)).toMatchObject([
    { check: 'chk_1' },
    { error: { message: 'Gait gave no result for this reference', subject: 'pat_2' } },
  ]);
});

test('summaries are delivered a hundred at a time', async () => {
  await engine.run(given('eligibility-deliver', 'Start', numbered(150, 'item', 'chk_')), server.credential);
  const lists = server.calls.map(({ body: { checks } }) => (Array.isArray(checks) ? checks.length : null));
  expect(lists).toEqual([100, 50]);
});

test('filters that are left empty are not sent', async () => {
  await engine.run(workflowFile('eligibility-get-all'), server.credential);
  expect(server.calls).toEqual([
    { method: 'GET', path: '/v1/eligibility/checks', query: { state: 'exception', limit: '500' }, body: {} },
  ]);
});

test('the checks of one connection go together, each once, and a second connection has a list of its own', async () => {
  await engine.run(workflowFile('checks-by-connection'), server.credential);
  const asked = server.calls.filter(({ path }) => path === '/v1/operations').map(({ body }) => body);
  expect(asked).toEqual([
    {
      operation: 'availity.eligibility.check',
      connection: connections.availity.id,
      subjects: ['chk_1', 'chk_rejected', 'chk_unknown'],
    },
    { operation: 'availity.eligibility.check', connection: connections.rehearsal.id, subjects: ['chk_pending'] },
  ]);
  expect(server.calls.filter(({ path }) => path === '/v1/connections')).toHaveLength(1);
});

test('checks are asked 50 at a time and come back in the order of the items', async () => {
  const items = [...numbered(55, 'item', 'chk_'), { item: 'chk_other', through: 'Availity rehearsal' }];
  const file = given(
    'checks-by-connection',
    'Start',
    items.map((item) => ({ through: 'Availity', ...item })),
  );
  const run = await engine.run(file, server.credential);
  expect(listsOf('subjects')).toMatchObject([{ length: 50 }, { length: 5 }, ['chk_other']]);
  expect(outputOf(run, 'Gait').map(({ json }) => json['subject'])).toEqual(items.map(({ item }) => item));
});

/** What was asked of the clearinghouses: operation, connection and subjects, in the order of the operations' names. */
function askedOf(): Record<string, unknown>[] {
  return server.calls
    .filter(({ path }) => path === '/v1/operations')
    .map(({ body }) => body)
    .sort((one, other) => String(one['operation']).localeCompare(String(other['operation'])));
}

test("each payer's checks go to the clearinghouse of their branch, and one answer is given for all", async () => {
  await engine.run(workflowFile('eligibility-four-payers'), server.credential);
  expect(askedOf()).toEqual([
    {
      operation: 'availity.eligibility.check',
      connection: connections.availity.id,
      subjects: ['chk_1', 'chk_5'],
    },
    {
      operation: 'changeHealthcare.eligibility.check',
      connection: connections.changeHealthcare.id,
      subjects: ['chk_2', 'chk_pending'],
    },
    { operation: 'stedi.eligibility.check', connection: connections.stedi.id, subjects: ['chk_3', 'chk_unknown'] },
    { operation: 'x12Files.eligibility.check', connection: connections.x12Files.id, subjects: ['chk_4'] },
  ]);
  const answers = server.calls.filter(({ path }) => path === '/v1/steps/answer');
  expect(answers.map(({ body }) => body['answers'])).toMatchObject([
    ['chk_1', 'chk_2', 'chk_3', 'chk_4', 'chk_5', 'chk_pending', 'chk_unknown'].map((item) => ({ item })),
  ]);
});

test('a list of one payer asks its clearinghouse alone and is answered at once', async () => {
  await engine.run(workflowFile('eligibility-one-payer'), server.credential);
  expect(askedOf()).toMatchObject([{ operation: 'stedi.eligibility.check', subjects: ['chk_1', 'chk_2'] }]);
  expect(server.calls.filter(({ path }) => path === '/v1/steps/answer')).toHaveLength(1);
});

test('a clearinghouse without a connection refuses its own checks; those of the others are answered', async () => {
  const file = workflowFile('eligibility-four-payers');
  const gone = file.nodes.map((node) =>
    node.name === 'Stedi'
      ? { ...node, parameters: { ...node.parameters, connection: { __rl: true, mode: 'name', value: 'Gone' } } }
      : node,
  );
  await engine.run({ ...file, nodes: gone }, server.credential);
  const [answer] = server.calls.filter(({ path }) => path === '/v1/steps/answer');
  expect(answer?.body['answers']).toMatchObject([
    { item: 'chk_1', outcome: 'answered' },
    { item: 'chk_2', outcome: 'answered' },
    { item: 'chk_3', error: { code: 'connection.unknown' } },
    { item: 'chk_4', outcome: 'answered' },
    { item: 'chk_5', outcome: 'answered' },
    { item: 'chk_pending', outcome: 'pending' },
    { item: 'chk_unknown', error: { code: 'connection.unknown' } },
  ]);
});
