// Signing in at Jane through a whole server: begun by an admin, finished once by the same person, kept over restarts and idle hours.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { at, textAt } from '../../connectors/json.ts';
import { janeSource } from '../../connectors/jane-app/source.ts';
import { smallClinic, startSystem } from '../../connectors/testing/rest-systems.ts';
import type { RunningSystem } from '../../connectors/testing/rest-systems.ts';
import { janeAppControl } from '../../sandbox/jane-app/control.ts';
import { janeAppRouter } from '../../sandbox/jane-app/router.ts';
import { janeStore } from '../../sandbox/jane-app/store.ts';
import { systemPrincipal } from '../http/principal.ts';
import { openServices } from '../open-services.ts';
import { createVendor } from '../operations/vendor.ts';
import { addConnection, createClinic, createKey, createUser } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';
import { rewrapAll, rotateClinicKey } from '../vault/rotation.ts';
import { keepSignIns } from './keep.ts';

const password = 'correct horse battery';
const clinicOfJane = smallClinic('2026-11-16');
const by = systemPrincipal('test');

let server: TestServer;
let jane: RunningSystem;
let clinic: string;
let flows: string;
let connection: string;
let admin: string;
let colleague: string;
let count = 0;

beforeAll(async () => {
  server = await startServer();
  const { services } = server;
  jane = await startSystem((folder) => {
    const parts = { store: janeStore(folder), clinic: () => clinicOfJane, now: services.now };
    return { '/jane-app': janeAppRouter(parts), '/sandbox/jane-app': janeAppControl(parts) };
  });
  clinic = (await createClinic(services, { name: 'stride', timezone: 'America/Denver' })).id;
  flows = (await createKey(services, { name: 'n8n', clinic, capabilities: ['flows'] })).secret;
  const person = async (email: string): Promise<void> => {
    await createUser(services, { clinic, email, displayName: 'Someone', roles: ['admin'], password });
  };
  await person('admin@example.org');
  await person('colleague@example.org');
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.stop(), jane?.stop()]);
});
beforeEach(async () => {
  await jane.post('/sandbox/jane-app/reset', {});
  admin = await cookieOf('admin@example.org');
  colleague = await cookieOf('colleague@example.org');
  count += 1;
  const added = await addConnection(server.services, clinic, {
    name: `Jane ${count}`,
    system: 'janeApp',
    mode: 'live',
    config: { environment: 'partnerSandbox', clinicUrl: `${jane.url}/jane-app`, loginUrl: `${jane.url}/jane-app` },
    secrets: { clientId: 'gait', clientSecret: 'secret' },
    agreement: null,
  });
  connection = added.id;
});

// The server keeps what is signed in; a test counts its own calls only.
afterEach(() => server.services.connections.remove(clinic, connection, by).catch(() => undefined));

async function cookieOf(email: string): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const post = (path: string, cookie: string, body: object = {}) =>
  server.call('POST', path, { cookie, body, headers: { 'x-gait-console': '1' } });
const finish = (answer: object, cookie = admin) => post('/v1/signed-in', cookie, answer);
const calls = async (operation: string) =>
  Number(at(at(await jane.get('/sandbox/jane-app/journal'), 'calls'), operation) ?? 0);

/** What the console page finds behind the #, after the person decided at Jane. */
async function comeBack(leave = 'yes'): Promise<Record<string, string>> {
  const begun = await post(`/v1/admin/connections/${connection}/sign-in`, admin);
  expect(begun.status).toBe(200);
  const page = textAt(begun.json, 'url') ?? '';
  const back = await fetch(page, { method: 'POST', body: new URLSearchParams({ leave }), redirect: 'manual' });
  const redirected = new URL(back.headers.get('location') ?? '');
  expect(redirected.origin).toBe(server.services.config.publicUrl);
  // From Jane's page the browser brings no cookie: ours is never sent from another site.
  const shown = await server.call('GET', `${redirected.pathname}${redirected.search}`);
  expect(shown.status).toBe(302);
  const location = new URL(shown.headers.get('location') ?? '', server.url);
  expect([location.pathname, location.search]).toEqual(['/console/signed-in', '']);
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

async function signIn(): Promise<void> {
  expect(await finish(await comeBack())).toMatchObject({ status: 200 });
}

const factsOf = async (): Promise<unknown> => {
  const { json } = await server.call('GET', '/v1/admin/connections', { cookie: admin });
  const list = at(json, 'connections');
  return at(Array.isArray(list) ? list.find((one: unknown) => textAt(one, 'id') === connection) : null, 'signIn');
};
const importPatients = () =>
  server.call('POST', '/v1/operations', { key: flows, body: { operation: 'janeApp.patients.import', connection } });
const added = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = (await actionsOf(server.services, clinic)).length;
  await work();
  return (await actionsOf(server.services, clinic)).slice(before);
};

test('a person signs in at Jane, and the patients of the clinic come', async () => {
  expect(await importPatients()).toMatchObject({ status: 502, json: { error: { code: 'connection.credentials' } } });
  expect(await factsOf()).toEqual({ signedInAt: null, lastsUntil: null, lapsed: false });
  const answer = await comeBack();
  // Nothing was asked of Jane by the page alone.
  expect(await calls('token')).toBe(0);
  const actions = await added(async () => {
    expect(await finish(answer)).toMatchObject({ status: 200, json: { connection: { id: connection } } });
  });
  expect(actions).toContain('connection.signedIn');
  expect(await factsOf()).toMatchObject({ lapsed: false });
  expect(textAt(await factsOf(), 'signedInAt')).not.toBeNull();
  expect(await importPatients()).toMatchObject({ status: 200, json: { outcome: 'imported' } });
  const { patients } = await server.services.db
    .selectFrom('vault_records')
    .select((row) => row.fn.countAll<number>().as('patients'))
    .where('clinic', '=', clinic)
    .where('kind', '=', 'patient')
    .executeTakeFirstOrThrow();
  expect(Number(patients)).toBe(clinicOfJane.patients.length);
  expect(await server.call('POST', `/v1/admin/connections/${connection}/test`, {
    cookie: admin, headers: { 'x-gait-console': '1' },
  })).toMatchObject({ json: { outcome: 'ok' } }); // prettier-ignore
});

test('what comes back is good once, for the person who began it, and for ten minutes', async () => {
  const answer = await comeBack();
  const refused = { status: 403, json: { error: { code: 'access.forbidden' } } };
  expect(await finish(answer, colleague)).toMatchObject(refused);
  expect(await finish({ ...answer, state: 'another' })).toMatchObject(refused);
  expect(await finish(answer)).toMatchObject({ status: 200 });
  expect(await finish(answer)).toMatchObject(refused);
  expect(await calls('token')).toBe(1);
  const late = await comeBack();
  server.pass(10 * 60_000);
  expect(await finish(late)).toMatchObject(refused);
});

test('only an admin begins or finishes, and only from the console', async () => {
  const path = `/v1/admin/connections/${connection}/sign-in`;
  expect(await server.call('POST', path, { key: flows })).toMatchObject({ status: 401 });
  expect(await server.call('POST', path, { cookie: admin })).toMatchObject({ status: 403 });
  expect(await server.call('POST', '/v1/signed-in', { cookie: admin, body: await comeBack() })).toMatchObject({
    status: 403,
  });
  expect(await comeBack('no')).toMatchObject({ error: 'access_denied' });
});

test('a code Jane does not take is said plainly, without a word of Jane’s, and nobody is signed in', async () => {
  const { state = '' } = await comeBack();
  const answer = await finish({ state, code: 'made-up' });
  expect(answer).toMatchObject({ status: 502, json: { error: { message: 'Jane did not take the sign-in.' } } });
  expect(answer.text).not.toContain('Code not valid');
  await jane.post('/sandbox/jane-app/faults', { next: [{ on: 'token', fault: 'anotherClinic' }] });
  expect(await finish(await comeBack())).toMatchObject({ json: { error: { where: 'clinicUrl' } } });
  expect(await factsOf()).toMatchObject({ signedInAt: null });
});

test('the sign-in lasts over a restart and a rotation of the clinic’s key, and lies sealed', async () => {
  await signIn();
  await rotateClinicKey(server.services, clinic, by);
  await rewrapAll(server.services, clinic, by);
  const { config, log, now } = server.services;
  const restarted = await openServices(config, { log, now });
  try {
    const context = await createVendor(restarted).open({
      clinic, connection, system: 'janeApp', purpose: 'test', by, timeoutSeconds: 20,
    }); // prettier-ignore
    expect(await janeSource.test(context)).toMatchObject({ kind: 'done' });
    const grant = await context.grants?.read();
    const { rows } = await sql<{ row: string }>`select t::text as row from connection_grants t
      union all select t::text from vault_records t union all select t::text from audit_entries t`.execute(
      restarted.db,
    );
    const stored = rows.map(({ row }) => row).join('\n');
    for (const token of [grant?.accessToken, grant?.refreshToken]) {
      expect(token).toMatch(/^eyJ/);
      expect(stored).not.toContain(token);
      expect(server.logs.join('\n')).not.toContain(token);
    }
  } finally {
    await restarted.database.close();
  }
  expect(await calls('token')).toBe(1);
});

test('servers that need a token at once refresh once between them', async () => {
  await signIn();
  server.pass(6 * 60_000);
  const open = () =>
    createVendor(server.services).open({
      clinic, connection, system: 'janeApp', purpose: 'test', by, timeoutSeconds: 20,
    }); // prettier-ignore
  const contexts = await Promise.all([open(), open(), open(), open()]);
  const outcomes = await Promise.all(contexts.map((context) => janeSource.test(context)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done']);
  expect(await calls('token')).toBe(2);
});

test('a sign-in nobody uses is kept for hours; one withdrawn at Jane is said to be over, once, until a person signs in', async () => {
  const keep = () =>
    keepSignIns({ ...server.services, vendor: createVendor(server.services) }, new AbortController().signal);
  await signIn();
  for (let minutes = 0; minutes < 120; minutes += 10) {
    server.pass(10 * 60_000);
    await keep();
  }
  admin = await cookieOf('admin@example.org');
  expect(await factsOf()).toMatchObject({ lapsed: false });
  expect(await importPatients()).toMatchObject({ status: 200 });

  await jane.post('/sandbox/jane-app/faults', { next: [{ on: 'token', fault: 'signInWithdrawn' }] });
  const actions = await added(async () => {
    for (let round = 0; round < 3; round += 1) {
      server.pass(10 * 60_000);
      await keep();
    }
  });
  admin = await cookieOf('admin@example.org');
  expect(actions.filter((action) => action === 'connection.signInLapsed')).toHaveLength(1);
  expect(await factsOf()).toMatchObject({ lapsed: true });
  await signIn();
  expect(await factsOf()).toMatchObject({ lapsed: false });
});

test('a connection that is removed forgets its sign-in', async () => {
  await signIn();
  await server.services.connections.remove(clinic, connection, by);
  const left = await server.services.db
    .selectFrom('connection_grants')
    .select('connection')
    .where('connection', '=', connection)
    .execute();
  expect(left).toEqual([]);
});
