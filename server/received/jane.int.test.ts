// Jane's webhooks at a whole server: signed, just now, each event once, its appointment in the vault and nowhere else; what it tells of is fetched by id.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { janeAppControl } from '../../sandbox/jane-app/control.ts';
import { appointmentId } from '../../sandbox/jane-app/records.ts';
import { janeAppRouter } from '../../sandbox/jane-app/router.ts';
import { janeStore } from '../../sandbox/jane-app/store.ts';
import { authorizeUrl, exchangeCode } from '../../connectors/jane-app/sign-in.ts';
import { at, listAt } from '../../connectors/json.ts';
import { smallClinic, startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { systemPrincipal } from '../http/principal.ts';
import { startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { createClinic, createKey } from '../setup.ts';
import { TinyFlow } from '../steps/testing/tiny-flow.ts';
import { createVendor } from '../operations/vendor.ts';
import { newReference } from '../vault/reference.ts';
import { unconfirmed } from './documents.ts';

const clinicOfJane = smallClinic('2026-11-16');
const visit = clinicOfJane.visits[0]?.appointmentId ?? '';
const topic = 'APPOINTMENT_CANCELLED';

let server: TestServer;
let jane: RunningSystem;
let clinic: string;
const connection = newReference('conn');

beforeAll(async () => {
  server = await startServer();
  jane = await startSystem((folder) => {
    const parts = { store: janeStore(folder), clinic: () => clinicOfJane, now: server.services.now };
    return { '/jane-app': janeAppRouter(parts), '/sandbox/jane-app': janeAppControl(parts) };
  });
  const { services } = server;
  ({ id: clinic } = await createClinic(services, { name: 'stride', timezone: 'America/Denver' }));
  const config = {
    environment: 'partnerSandbox',
    clinicUrl: `${jane.url}/jane-app`,
    loginUrl: `${jane.url}/jane-app`,
  };
  const secrets = { clientId: 'gait', clientSecret: 'secret', webhookSecret: 'secret-booked secret-cancelled' };
  const record = await services.vault.put(clinic, 'connection', { config, secrets });
  const at = services.now();
  await services.db
    .insertInto('connections')
    .values({
      id: connection,
      clinic,
      name: 'Jane',
      system: 'janeApp',
      mode: 'live',
      record,
      agreement: JSON.stringify(null),
      created_at: at,
      updated_at: at,
      tested_at: null,
      test_outcome: null,
      removed_at: null,
    })
    .execute();
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), jane?.stop()]);
});
beforeEach(async () => {
  const subscription = { topic, url: `${server.url}/v1/webhooks/jane/${connection}`, secret: 'secret-cancelled' };
  await jane.post('/sandbox/jane-app/settings', { subscriptions: [subscription] });
});

const send = (event: object) => jane.post('/sandbox/jane-app/events', { topic, appointment: visit, ...event });
const kept = () =>
  server.services.db.selectFrom('received_documents').selectAll().where('source', '=', 'jane.event').execute();

test('an event is written down once however often it comes, and its appointment lies in the vault', async () => {
  const eventId = 'evt-00000001';
  expect(await send({ eventId, times: 3 })).toEqual({ eventId, statuses: [200, 200, 200] });
  expect(await send({ eventId })).toEqual({ eventId, statuses: [200] });
  const rows = await kept();
  expect(rows).toMatchObject([{ name: eventId, kinds: ['cancelled'], structure: { topic: 'cancelled' }, try_at: null }]);
  expect(JSON.stringify(rows)).not.toContain(appointmentId(visit));
  const { services } = server;
  const of = { clinic, connection, source: 'jane.event' } as const;
  expect(await unconfirmed(services.db, of)).toEqual([eventId]);
  const opening = { purpose: 'test', actor: systemPrincipal('webhooks') };
  expect(await services.vault.open(clinic, rows[0]?.record ?? '', opening)).toMatchObject({
    appointmentId: appointmentId(visit),
    topic: 'cancelled',
  });
  expect(server.logs.join('\n')).not.toContain(appointmentId(visit));
}); // prettier-ignore

test.each([
  ['signed with another secret', { wrong: 'secret' }],
  ['changed after it was signed', { wrong: 'body' }],
  ['not signed', { wrong: 'unsigned' }],
  ['signed an hour ago', { wrong: 'late' }],
])('a webhook %s is refused and leaves nothing', async (_name, wrong) => {
  const before = (await kept()).length;
  expect(await send(wrong)).toMatchObject({ statuses: [401] });
  expect(await kept()).toHaveLength(before);
});

test('a connection that is none of Jane’s is refused in the same words', async () => {
  const call = (id: string) => server.call('POST', `/v1/webhooks/jane/${id}`, { body: { event_id: 'evt-00000002' } });
  const [none, own] = [await call('conn_nobody'), await call(connection)];
  expect([none.status, own.status]).toEqual([401, 401]);
  expect(none.json).toEqual(own.json);
});

/** A person signs in at Jane, as the console would have it. */
async function signIn(): Promise<void> {
  const of = {
    clinic,
    connection,
    system: 'janeApp',
    purpose: 'test',
    by: systemPrincipal('test'),
    timeoutSeconds: 60,
  };
  const context = await createVendor(server.services).open(of);
  const ask = {
    codeVerifier: 'a-verifier-of-at-least-forty-three-characters-long',
    redirectUri: 'https://gait.example/sign-in',
  };
  const page = authorizeUrl({ config: context.config, secrets: context.secrets, state: 'state-1', ...ask });
  const back = await fetch(page, { method: 'POST', body: new URLSearchParams({ leave: 'yes' }), redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  expect(await exchangeCode(context, { code, ...ask })).toMatchObject({ kind: 'done' });
}

const calls = async (operation: string) =>
  Number(at(at(await jane.get('/sandbox/jane-app/journal'), 'calls'), operation) ?? 0);
const appointments = () =>
  server.services.db
    .selectFrom('appointments')
    .select(['ref', 'status', 'date'])
    .where('clinic', '=', clinic)
    .execute();
const waiting = () => unconfirmed(server.services.db, { clinic, connection, source: 'jane.event' });

async function until<T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (isSo(found)) return found;
    if (Date.now() > end) throw new Error(`It did not happen: ${JSON.stringify(found)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

describe('what an event tells of', () => {
  const [first] = clinicOfJane.visits;
  const second = clinicOfJane.visits.find(
    ({ recordNumber, date }) => recordNumber !== first?.recordNumber && date !== first?.date,
  );
  const tell = (topicOf: string, of: typeof first, event: object = {}) =>
    jane.post('/sandbox/jane-app/events', { topic: topicOf, appointment: of?.appointmentId, ...event });
  const change = (of: typeof first, changes: object) =>
    jane.post('/sandbox/jane-app/change', { appointment: of?.appointmentId, changes });
  let flow: TinyFlow;
  let key: string;

  beforeAll(async () => {
    await signIn();
    key = (await createKey(server.services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
    flow = new TinyFlow(server, key);
    flow.mode = 'ignore';
    await flow.start();
    const body = {
      flow: { id: 'flow1', name: 'Visits' },
      url: flow.url,
      kinds: ['patients', 'appointments'],
      connection,
    };
    const { name } = await server.services.db
      .selectFrom('connections')
      .select('name')
      .where('id', '=', connection)
      .executeTakeFirstOrThrow();
    const listening = await server.call('POST', '/v1/records/listeners', { key, body: { ...body, connection: name } });
    expect(listening.status).toBe(200);
    // Its next turn is far away: only an event wakes it. Whoever reads it just now has the lease.
    const { db } = server.services;
    await db
      .insertInto('import_leases')
      .values({ connection, holder: randomUUID(), until: new Date(Date.now() + 600_000) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const due = new Date(Date.now() + 3_600_000);
    const isLate = async () => {
      await db.updateTable('import_watches').set({ due_at: due, pushed_at: null }).execute();
      await new Promise((done) => setTimeout(done, 3_000));
      const row = await db.selectFrom('import_watches').select('due_at').executeTakeFirst();
      return row?.due_at.getTime() === due.getTime();
    };
    await until(isLate, (late) => late);
    await db.deleteFrom('import_leases').execute();
  }, 60_000);
  afterAll(() => flow?.stop());
  beforeEach(async () => {
    const topics = [
      'APPOINTMENT_BOOKED',
      'APPOINTMENT_CANCELLED',
      'APPOINTMENT_RESCHEDULED',
      'APPOINTMENT_UNCANCELLED',
    ];
    const url = `${server.url}/v1/webhooks/jane/${connection}`;
    const subscriptions = topics.map((one) => ({ topic: one, url, secret: 'secret-booked' }));
    await jane.post('/sandbox/jane-app/settings', { subscriptions });
  });

  test('is fetched by its id with the patient nobody knew, no list is read, and the flow hears of both', async () => {
    const before = await calls('appointments');
    await tell('APPOINTMENT_BOOKED', second, { eventId: 'evt-1000-0001' });
    await until(waiting, (names) => names.length === 0);
    const stored = await appointments();
    // What the tests above kept is of another visit and was followed as well.
    expect(stored.map(({ date }) => date).sort()).toEqual([first?.date, second?.date].sort());
    expect(await calls('appointments')).toBe(before);
    // One for each of the two people, by id.
    expect(await calls('patients')).toBe(2);
    const heard = await until(
      () => Promise.resolve(flow.received),
      (received) => received.length > 0,
    );
    const [call] = heard;
    const taken = await server.call('POST', '/v1/records/claim', {
      key,
      body: { timestamp: call?.timestamp, signature: call?.signature, body: call?.body },
    });
    const kinds = listAt(taken.json, 'records').map((one) => at(one, 'kind'));
    expect(new Set(kinds)).toEqual(new Set(['patients', 'appointments']));
    expect(server.logs.join('\n')).not.toContain(appointmentId(second?.appointmentId ?? ''));
  });

  test('repeated, late and out of order comes to what stands there now, and writes it once', async () => {
    const changesOf = () =>
      server.services.db.selectFrom('record_changes').select('ref').where('kind', '=', 'appointments').execute();
    const [gets, written] = [await calls('appointment'), (await changesOf()).length];
    await change(first, { state: 'cancelled' });
    // The booking is told after the cancellation, and each of them three times.
    await tell('APPOINTMENT_CANCELLED', first, { eventId: 'evt-2000-0002', times: 3 });
    await tell('APPOINTMENT_BOOKED', first, { eventId: 'evt-2000-0001', times: 3 });
    await until(waiting, (names) => names.length === 0);
    const rows = await appointments();
    expect(rows.filter(({ date }) => date === first?.date).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await changesOf()).length).toBe(written + 1);
    expect((await calls('appointment')) - gets).toBeLessThanOrEqual(2);
    // Weeks later somebody sends the first one again: it is known, and nothing is asked.
    const after = await calls('appointment');
    await tell('APPOINTMENT_BOOKED', first, { eventId: 'evt-2000-0001' });
    expect(await waiting()).toEqual([]);
    expect(await calls('appointment')).toBe(after);
  });

  test('waits while Jane does not answer, and is followed once it does', async () => {
    await change(second, { state: 'no_show' });
    await jane.post('/sandbox/jane-app/faults', { next: [{ fault: 'errorBeforeAccepting', on: 'appointment' }] });
    await tell('APPOINTMENT_RESCHEDULED', second, { eventId: 'evt-3000-0001' });
    await until(
      () => server.services.db.selectFrom('import_watches').select('failures').execute(),
      (rows) => rows.some(({ failures }) => failures > 0),
    );
    expect(await waiting()).toEqual(['evt-3000-0001']);
    server.pass(130_000);
    await until(waiting, (names) => names.length === 0);
    const rows = await appointments();
    expect(rows.filter(({ date }) => date === second?.date).map(({ status }) => status)).toEqual(['missed']);
  });
});
