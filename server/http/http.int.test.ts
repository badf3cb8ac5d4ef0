// What holds for every endpoint: declared access, reads that cannot write, errors and logs that tell nothing of a record.
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GaitError } from '../../domain/errors.ts';
import { createClinic, createKey, createUser } from '../setup.ts';
import type { TestServer } from '../testing/server.ts';
import { startServer } from '../testing/server.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoint } from './endpoint.ts';
import { createGate } from './gate.ts';
import { mount } from './mount.ts';
import { systemPrincipal } from './principal.ts';
import { createRefusals } from './refusals.ts';

const canary = 'ZZ-CANARY-Quillon-Abernathy';
const password = 'correct horse battery';

let server: TestServer;
let clinic: string;
let key: string;
let cookie: string;

beforeAll(async () => {
  server = await startServer();
  clinic = (await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' })).id;
  key = (await createKey(server.services, { name: 'n8n', clinic, capabilities: ['flows', 'admin'] })).secret;
  await createUser(server.services, {
    clinic,
    email: 'a@example.org',
    displayName: 'A',
    roles: ['admin', 'frontDesk', 'biller', 'therapist'],
    password,
  });
  const answer = await server.call('POST', '/v1/session', { body: { email: 'a@example.org', password } });
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(() => server.stop());

/** Mounts endpoints of the test's own over the same services and calls them. */
async function withEndpoints<T>(endpoints: Endpoint[], work: (url: string) => Promise<T>): Promise<T> {
  const { services } = server;
  const app = express();
  const refusals = createRefusals(services);
  mount(app, endpoints, { services, gate: createGate({ ...services, temporalUiOrigin: null }), refusals });
  const http = createServer(app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  try {
    return await work(`http://127.0.0.1:${address.port}`);
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

/** Every table but the audit chain and the notes of when a key or a session was last seen. */
async function contents(): Promise<Record<string, unknown>> {
  const { db } = server.services;
  const { rows } = await sql<{ table_name: string }>`
    select table_name from information_schema.tables where table_schema = 'public' order by 1`.execute(db);
  const all: Record<string, unknown> = {};
  for (const { table_name: name } of rows) {
    // The clocks of the nights are wound by the server itself.
    if (name.startsWith('audit_') || name.endsWith('_turns')) continue;
    const read = await sql<{
      row: Record<string, unknown>;
    }>`select to_jsonb(t) as row from ${sql.table(name)} t order by t::text`.execute(db);
    all[name] = read.rows.map(({ row: { last_seen_at: _seen, last_used_at: _used, ...row } }) => row);
  }
  return all;
}

/** Method and path of what Express answers, read from its own router. */
function mounted(): string[] {
  return server.app.express.router.stack.flatMap(({ route }) =>
    route === undefined ? [] : route.stack.map((layer) => `${layer.method.toUpperCase()} ${route.path}`),
  );
}

describe('every endpoint', () => {
  test('that Express answers was declared with its access', () => {
    const declared = new Map(server.app.endpoints.map((one) => [`${one.method} ${one.path}`, one.access]));
    expect(mounted().length).toBeGreaterThan(15);
    for (const route of mounted()) {
      expect(declared.get(route)?.kind, route).toMatch(/^(public|key|session|keyOrSession)$/);
    }
  });

  test('refuses to exist without access', () => {
    const untyped: unknown = endpoint;
    const careless = (definition: object): unknown =>
      typeof untyped === 'function' ? Reflect.apply(untyped, undefined, [definition]) : null;
    const make = (): unknown => careless({ method: 'GET', path: '/v1/open', handle: () => Promise.resolve({}) });
    expect(make).toThrow('GET /v1/open declares no access');
  });

  test('is open without a key or a session only where nothing can be learnt: health, sign-in, the files of the console, the word of a vendor', () => {
    const open = server.app.endpoints
      .filter((one) => one.access.kind === 'public')
      .map((one) => `${one.method} ${one.path}`);
    expect(open.sort()).toEqual([
      'GET /',
      'GET /console',
      'GET /console/*file',
      // The form before a first visit: whoever holds the link may fill it in once, and reads no answer.
      'GET /f/:token',
      'GET /healthz',
      'GET /m.css',
      'GET /m/:token',
      // The return from a vendor's sign-in: it only leads to the page on which a signed-in person finishes it.
      'GET /v1/signed-in',
      // How the exercises of a day went, by the link of that day's message.
      'POST /e/:token',
      'POST /f/:token',
      // A patient's answer by a link: whoever holds it holds that one message.
      'POST /m/:token/:answer',
      'POST /v1/session',
      'POST /v1/webhooks/jane/:connection',
      'POST /v1/webhooks/stedi/:connection',
      'POST /v1/webhooks/twilio/:connection',
    ]);
  });

  test('that is not public answers 401 to a stranger', async () => {
    for (const one of server.app.endpoints.filter(({ access }) => access.kind !== 'public')) {
      const answer = await server.call(
        one.method,
        one.path.replaceAll(/:\w+/g, 'x'),
        one.method === 'POST' ? { body: {} } : {},
      );
      expect([one.path, answer.status]).toEqual([one.path, 401]);
    }
  });

  test('that is a GET, called five times by whoever may, changes nothing', async () => {
    const before = await contents();
    for (const one of server.app.endpoints.filter(({ method }) => method === 'GET')) {
      const path = one.path.replaceAll(/:\w+/g, 'x').replace('*file', 'x.js');
      for (let round = 0; round < 5; round += 1) {
        const answer = await server.call('GET', path, one.access.kind === 'key' ? { key } : { cookie });
        expect(answer.status, path).not.toBe(500);
      }
    }
    expect(await contents()).toEqual(before);
  });
});

describe('a GET handler', () => {
  const access = { kind: 'key', capability: 'flows' } as const;
  const get = (handle: () => Promise<unknown>): Promise<Response> =>
    withEndpoints([endpoint({ method: 'GET', path: '/try', access, handle })], (url) =>
      fetch(`${url}/try`, { headers: { authorization: `Bearer ${key}` } }),
    );

  test('that writes is refused by PostgreSQL, through whichever handle it writes', async () => {
    const { db } = server.services;
    const plainly = await get(() => db.updateTable('clinics').set({ display_name: 'changed' }).execute());
    const inTransaction = await get(() =>
      db.transaction().execute((trx) => trx.updateTable('clinics').set({ display_name: 'changed' }).execute()),
    );
    const byVault = await get(() => server.services.vault.put(clinic, 'note', { text: canary }));
    expect([plainly.status, inTransaction.status, byVault.status]).toEqual([500, 500, 500]);
    const row = await db
      .selectFrom('clinics')
      .select('display_name')
      .where('id', '=', clinic)
      .executeTakeFirstOrThrow();
    expect(row.display_name).toBe('north');
  });

  test('that opens a record leaves the entry of the view', async () => {
    const ref = await server.services.vault.put(clinic, 'note', { text: canary });
    const opening = { purpose: 'worklist.review', actor: systemPrincipal('test') };
    const answer = await get(() => server.services.vault.open(clinic, ref, opening));
    expect(answer.status).toBe(200);
    const entry = await server.services.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('subject', '=', ref)
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ action: 'record.opened', purpose: 'worklist.review', actor: 'system:test' });
  });
});

describe('errors and logs', () => {
  const access = { kind: 'key', capability: 'flows' } as const;
  const post = (handle: () => Promise<unknown>): Promise<Response> =>
    withEndpoints([endpoint({ method: 'POST', path: '/try', access, handle })], (url) =>
      fetch(`${url}/try`, { method: 'POST', headers: { authorization: `Bearer ${key}` } }),
    );

  test('an unknown error is a bug with an id; its message is neither told nor logged', async () => {
    const answer = await post(() => Promise.reject(new TypeError(`cannot read ${canary}`)));
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(body).not.toContain(canary);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'internal.bug' } });
    const [id = 'no id'] = /bug-\w{10}/.exec(body) ?? [];
    expect(server.logs.filter((line) => line.includes(id))).toHaveLength(1);
  });

  test('an error of PostgreSQL that quotes a value is not passed on', async () => {
    const answer = await post(() => sql`select ${canary}::integer`.execute(server.services.db));
    expect(await answer.text()).not.toContain(canary);
  });

  test('a coded refusal is told with its status, its place and what to do', async () => {
    const refusal = new GaitError('vendor.rejected', 'Member id missing.', {
      where: 'coverage.memberId',
      fix: 'Enter it.',
    });
    const answer = await post(() => Promise.reject(refusal));
    expect([answer.status, await answer.json()]).toEqual([
      422,
      {
        error: { code: 'vendor.rejected', message: 'Member id missing.', where: 'coverage.memberId', fix: 'Enter it.' },
      },
    ]);
  });

  test('a wrong body is 400, names the field and repeats no value', async () => {
    const call = (body: unknown): ReturnType<TestServer['call']> =>
      server.call('POST', '/v1/admin/keys', { key, body });
    const missing = await call({ capabilities: ['flows'] });
    expect([missing.status, missing.json]).toMatchObject([
      400,
      { error: { code: 'input.invalid', where: 'body.name' } },
    ]);
    const wrong = await call({ name: 'x', capabilities: [canary] });
    expect(wrong.json).toMatchObject({ error: { where: 'body.capabilities.0' } });
    const more = await call({ name: 'x', capabilities: ['flows'], [canary]: 1 });
    const broken = await call(`{"name": "${canary}`);
    expect([wrong.status, more.status, broken.status]).toEqual([400, 400, 400]);
    for (const { text } of [wrong, more, broken]) expect(text).not.toContain(canary);
  });

  test('a body larger than the endpoint takes is 413', async () => {
    const answer = await server.call('POST', '/v1/admin/keys', {
      key,
      body: { name: 'x'.repeat(1_100_000), capabilities: ['flows'] },
    });
    expect([answer.status, answer.json]).toMatchObject([413, { error: { code: 'input.too-large' } }]);
  });

  test('an unknown query field is refused without its value', async () => {
    const answer = await server.call('GET', `/v1/connections?patient=${canary}`, { key });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(canary);
  });

  test('an unknown address is 404 in the same form', async () => {
    const answer = await server.call('GET', `/v1/${canary}`);
    expect([answer.status, answer.json]).toMatchObject([404, { error: { code: 'reference.unknown' } }]);
    expect(answer.text).not.toContain(canary);
  });

  test('nothing that any call of these tests carried is in the log', () => {
    expect(server.logs.length).toBeGreaterThan(20);
    expect(server.logs.join('\n')).not.toContain(canary);
    expect(server.logs.join('\n')).not.toContain(password);
    expect(server.logs.join('\n')).not.toContain(key);
  });

  test('pages may load from this server only and may not be framed', async () => {
    const policy = (await server.call('GET', '/healthz')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});
