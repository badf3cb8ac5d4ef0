// A file is dropped and a published flow hears of the patients in it: references only, each once, again if the flow did not come to its end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import { dialects } from '../../sandbox/webpt/dialects.ts';
import { writeExport } from '../../sandbox/webpt/write-export.ts';
import { addConnection, createClinic, createKey } from '../setup.ts';
import { TinyFlow } from '../steps/testing/tiny-flow.ts';
import type { Received } from '../steps/testing/tiny-flow.ts';
import { testDay } from '../testing/days.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

let server: TestServer;
let flow: TinyFlow;
let clinic: string;
let key: string;
let folder: string;

beforeEach(async () => {
  server = await startServer({ GAIT_TEMPORAL_ADDRESS: '127.0.0.1:9' });
  folder = await mkdtemp(join(tmpdir(), 'gait-heard-'));
  clinic = (await createClinic(server.services, { name: 'hears', timezone: 'America/Chicago' })).id;
  key = (await createKey(server.services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
  await addConnection(server.services, clinic, {
    name: 'WebPT',
    system: 'webpt',
    mode: 'live',
    config: { dropFolder: folder, profile: 'webpt-standard', settleSeconds: 0 },
    secrets: {},
    agreement: null,
  });
  flow = new TinyFlow(server, key);
  flow.mode = 'hold';
  await flow.start();
});
afterEach(async () => {
  flow.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const listen = (change: object = {}) =>
  server.call('POST', '/v1/records/listeners', {
    key,
    body: { flow: { id: 'flow1', name: 'Onboarding' }, url: flow.url, kinds: ['patients'], ...change },
  });

const claim = ({ timestamp, signature, body }: Received) =>
  server.call('POST', '/v1/records/claim', { key, body: { timestamp, signature, body } });

async function called(count: number): Promise<Received> {
  const end = Date.now() + 30_000;
  for (;;) {
    const received = flow.received[count - 1];
    if (received !== undefined) return received;
    if (Date.now() > end) throw new Error('The flow was not called.');
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Waits until nothing is under way and everything that changed was told. */
async function toldAll(): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const rows = await server.services.db
      .selectFrom('record_listeners')
      .select(['call', 'call_seq', 'failures'])
      .where('clinic', '=', clinic)
      .execute();
    if (rows.every((row) => row.call === null && row.call_seq === null && row.failures === 0)) return;
    if (Date.now() > end) throw new Error(`Something is under way: ${JSON.stringify(rows)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function drop(seed: number, patients: number): ReturnType<typeof generateClinic> {
  const whole = generateClinic({ seed, today: testDay(), canary: null });
  const few = { ...whole, patients: whole.patients.slice(0, patients), authorizations: [], visits: [] };
  writeExport(few, dialects.standard, folder);
  return few;
}

test('new patients come to the flow as references, a hundred at a time, each once', async () => {
  expect((await listen({ connection: 'WebPT' })).status).toBe(200);
  const few = drop(5, 6);

  const first = await called(1);
  expect(first.body).not.toMatch(new RegExp(few.patients.map(({ name }) => name.family).join('|')));
  const taken = await claim(first);
  expect(taken.status).toBe(200);
  expect(taken.json).toMatchObject({
    records: few.patients.map(() => ({ kind: 'patients', change: 'added', structure: {} })),
  });
  expect(taken.text.match(/"pat_\w+"/g)).toHaveLength(few.patients.length);
  expect((await claim(first)).json).toMatchObject({ error: { code: 'state.conflict' } });
  expect(await actionsOf(server.services, clinic)).toContain('listener.told');

  flow.end(200);
  await toldAll();

  // Nothing is new: the flow is left alone, also when it is published again.
  expect((await listen({ connection: 'WebPT' })).status).toBe(200);
  server.pass(60_000);
  await new Promise((done) => setTimeout(done, 3_000));
  expect(flow.received).toHaveLength(1);
}, 60_000);

test('a flow that was away is told again; a call somebody else made is refused, and an older one too', async () => {
  flow.mode = 'refuse';
  await listen();
  drop(6, 2);
  const lost = await called(1);
  flow.mode = 'hold';
  server.pass(6_000);
  const again = await called(2);
  expect((await claim({ ...again, signature: 'ab'.repeat(32) })).json).toMatchObject({
    error: { code: 'access.forbidden' },
  });
  expect((await claim(lost)).json).toMatchObject({ error: { code: 'state.conflict' } });
  expect((await claim(again)).status).toBe(200);
  flow.end(200);
  await toldAll();
}, 60_000);

test('a flow that was killed after it took the records hears of them again, and of nothing more once it has ended', async () => {
  await listen();
  drop(7, 3);
  const first = await claim(await called(1));
  flow.end('killed');
  await new Promise((done) => setTimeout(done, 500));
  server.pass(6_000);
  const second = await claim(await called(2));
  expect(second.status).toBe(200);
  expect(second.json).toEqual(first.json);
  flow.end(200);
  await toldAll();
  expect(flow.received).toHaveLength(2);
}, 60_000);

test('a flow that ends in an error five times is told no more of these records, and the audit says so', async () => {
  await listen();
  drop(8, 1);
  for (let time = 1; time <= 5; time += 1) {
    expect((await claim(await called(time))).status).toBe(200);
    flow.end(500);
    await new Promise((done) => setTimeout(done, 500));
    server.pass(400_000);
  }
  await toldAll();
  expect(await actionsOf(server.services, clinic)).toContain('listener.gaveUp');
}, 60_000);

test('a flow that is unpublished hears nothing, and its connections are not read for it', async () => {
  await listen();
  expect(
    (await server.call('POST', '/v1/records/listeners/remove', { key, body: { flow: { id: 'flow1' } } })).status,
  ).toBe(200);
  const body = { flow: { id: 'flow1' }, url: flow.url, kinds: ['patients'] };
  expect((await server.call('POST', '/v1/records/listeners/find', { key, body })).json).toEqual({ found: false });
  const refused = await listen({ connection: 'Nowhere' });
  expect(refused.status).toBe(404);
});

test('two triggers of one flow hear each of its own records; one that ends leaves the other, and n8n may move', async () => {
  const rows = () =>
    server.services.db
      .selectFrom('record_listeners')
      .select(['url', 'kinds'])
      .where('removed_at', 'is', null)
      .orderBy('url')
      .execute();
  const [patients, notes] = [`${flow.url}/patients`, `${flow.url}/notes`];
  await listen({ url: patients });
  await listen({ url: notes, kinds: ['notes'] });
  expect(await rows()).toEqual([
    { url: notes, kinds: ['notes'] },
    { url: patients, kinds: ['patients'] },
  ]);
  const moved = notes.replace(/^http:\/\/[^/]*/, 'https://n8n.example.org');
  await listen({ url: moved, kinds: ['notes'] });
  expect((await rows()).map(({ url }) => url).sort()).toEqual([patients, moved].sort());
  const body = { flow: { id: 'flow1' }, url: patients };
  expect((await server.call('POST', '/v1/records/listeners/remove', { key, body })).status).toBe(200);
  expect(await rows()).toEqual([{ url: moved, kinds: ['notes'] }]);
});
