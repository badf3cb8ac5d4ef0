// Who gets in: keys, sessions, and what is kept of those who do not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClinicSummary } from './setup.ts';
import { createClinic, createKey, createUser } from './setup.ts';
import type { TestServer } from './testing/server.ts';
import { actionsOf, startServer } from './testing/server.ts';

const password = 'correct horse battery';
const uiOrigin = 'http://127.0.0.1:27313';

let server: TestServer;
let clinic: ClinicSummary;
let other: ClinicSummary;

beforeAll(async () => {
  server = await startServer({ GAIT_TEMPORAL_UI_URL: uiOrigin });
  clinic = await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' });
  other = await createClinic(server.services, { name: 'south', timezone: 'America/New_York' });
  for (const [email, roles] of [
    ['desk@example.org', ['frontDesk']],
    ['admin@example.org', ['admin']],
  ] as const) {
    await createUser(server.services, {
      clinic: clinic.id,
      email,
      displayName: 'Someone',
      roles: [...roles],
      password,
    });
  }
});
afterAll(() => server.stop());

async function flowsKey(
  expiresAt: Date | null = null,
  of: string = clinic.id,
): Promise<{ id: string; secret: string }> {
  return createKey(server.services, { name: 'n8n', clinic: of, capabilities: ['flows'], expiresAt });
}

async function signIn(email: string): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  expect(answer.status).toBe(200);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** The entries of a chain that `work` added. */
async function added(chain: string, work: () => Promise<void>): Promise<string[]> {
  const before = (await actionsOf(server.services, chain)).length;
  await work();
  return (await actionsOf(server.services, chain)).slice(before);
}

describe('API keys', () => {
  test('a key tells its clinic and what it may do', async () => {
    const { secret } = await flowsKey();
    const answer = await server.call('GET', '/v1/key', { key: secret });
    expect(answer.json).toEqual({
      clinic: { id: clinic.id, name: 'north' },
      capabilities: ['flows'],
      key: { name: 'n8n', expiresAt: null },
    });
  });

  test('only a hash of the secret is stored', async () => {
    const { id, secret } = await flowsKey();
    const row = await server.services.db
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(secret.split('_').at(-1));
  });

  test('a right id with a wrong secret is 401 and an entry in the chain of its clinic', async () => {
    const { secret } = await flowsKey();
    const wrong = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A');
    const entries = await added(clinic.id, async () => {
      const answer = await server.call('GET', '/v1/key', { key: wrong });
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ error: { code: 'access.unauthenticated' } });
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('a key nobody knows is 401 and an entry in the chain of the system', async () => {
    const entries = await added('system', async () => {
      expect((await server.call('GET', '/v1/key', { key: 'gait_nonsense' })).status).toBe(401);
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('an expired key is 401 access.expired and an entry', async () => {
    const { secret } = await flowsKey(new Date(server.services.now().getTime() + 1000));
    expect((await server.call('GET', '/v1/key', { key: secret })).status).toBe(200);
    server.pass(2000);
    const entries = await added(clinic.id, async () => {
      const answer = await server.call('GET', '/v1/key', { key: secret });
      expect([answer.status, answer.json]).toMatchObject([401, { error: { code: 'access.expired' } }]);
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('a revoked key is refused at once', async () => {
    const { id, secret } = await flowsKey();
    const admin = await signIn('admin@example.org');
    const revoked = await server.call('POST', `/v1/admin/keys/${id}/revoke`, {
      cookie: admin,
      headers: { 'x-gait-console': '1' },
    });
    expect(revoked.status).toBe(200);
    expect((await server.call('GET', '/v1/key', { key: secret })).status).toBe(401);
  });

  test('a key of another clinic is 403 where a clinic is named, and the refusal is in the chain of the key', async () => {
    const { secret } = await createKey(server.services, { name: 'ops', clinic: other.id, capabilities: ['admin'] });
    const entries = await added(other.id, async () => {
      const body = { clinic: clinic.id, name: 'x', capabilities: ['flows'] };
      expect((await server.call('POST', '/v1/admin/keys', { key: secret, body })).status).toBe(403);
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('an admin of one clinic cannot revoke a key of another', async () => {
    const { id } = await flowsKey(null, other.id);
    const admin = await signIn('admin@example.org');
    const answer = await server.call('POST', `/v1/admin/keys/${id}/revoke`, {
      cookie: admin,
      headers: { 'x-gait-console': '1' },
    });
    expect(answer.status).toBe(404);
  });

  test('a flows key is 403 at what needs another capability', async () => {
    const { secret } = await flowsKey();
    const entries = await added(clinic.id, async () => {
      expect((await server.call('GET', '/v1/admin/keys', { key: secret })).status).toBe(403);
      expect((await server.call('GET', '/v1/session', { key: secret })).status).toBe(401);
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('a key for every clinic must name one that exists', async () => {
    const { secret } = await createKey(server.services, { name: 'ops', clinic: null, capabilities: ['admin'] });
    const names = { name: 'x', capabilities: ['flows'] };
    const without = await server.call('POST', '/v1/admin/keys', { key: secret, body: names });
    const unknown = await server.call('POST', '/v1/admin/keys', { key: secret, body: { ...names, clinic: 'cl_0' } });
    const known = await server.call('POST', '/v1/admin/keys', { key: secret, body: { ...names, clinic: other.id } });
    expect([without.status, unknown.status, known.status]).toEqual([400, 404, 200]);
  });

  test('thousands of wrong keys cannot flood the audit chain', async () => {
    server.pass(3_600_000);
    const entries = await added('system', async () => {
      for (let round = 0; round < 40; round += 1) {
        await Promise.all(Array.from({ length: 10 }, () => server.call('GET', '/v1/key', { key: 'gait_wrong' })));
      }
    });
    expect(entries.length).toBeGreaterThanOrEqual(30);
    expect(entries.length).toBeLessThan(40);
    server.pass(60_000);
    await server.call('GET', '/v1/key', { key: 'gait_wrong' });
    const last = await server.services.db
      .selectFrom('audit_entries')
      .select('details')
      .where('clinic', '=', 'system')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(last.details)).toMatchObject({ suppressed: 400 - entries.length });
  });
});

describe('sessions', () => {
  test('the cookie is out of reach of scripts and of other sites', async () => {
    const answer = await server.call('POST', '/v1/session', { body: { email: 'Desk@Example.org', password } });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^gait_session=\w{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
  });

  test('who is signed in is told with the clinic and its time zone', async () => {
    const cookie = await signIn('desk@example.org');
    expect((await server.call('GET', '/v1/session', { cookie })).json).toMatchObject({
      user: { displayName: 'Someone', roles: ['frontDesk'] },
      clinic: { id: clinic.id, name: 'north', timezone: 'America/Chicago' },
    });
  });

  test('a change without the console header is refused: another site cannot make one', async () => {
    const cookie = await signIn('admin@example.org');
    const body = { name: 'x', capabilities: ['flows'] };
    const entries = await added(clinic.id, async () => {
      expect((await server.call('POST', '/v1/admin/keys', { cookie, body })).status).toBe(403);
    });
    expect(entries).toEqual(['access.refused']);
    const form = await server.call('POST', '/v1/admin/keys', {
      cookie,
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-gait-console': '1' },
    });
    expect(form.status).toBe(400);
    expect(
      (await server.call('POST', '/v1/admin/keys', { cookie, body, headers: { 'x-gait-console': '1' } })).status,
    ).toBe(200);
  });

  test('a role that does not suffice is 403 and an entry', async () => {
    const cookie = await signIn('desk@example.org');
    const entries = await added(clinic.id, async () => {
      expect((await server.call('GET', '/v1/admin/connections', { cookie })).status).toBe(403);
    });
    expect(entries).toEqual(['access.refused']);
  });

  test('a session ends after thirty idle minutes', async () => {
    const cookie = await signIn('desk@example.org');
    server.pass(29 * 60_000);
    expect((await server.call('GET', '/v1/session', { cookie })).status).toBe(200);
    server.pass(29 * 60_000);
    expect((await server.call('GET', '/v1/session', { cookie })).status).toBe(200);
    server.pass(31 * 60_000);
    expect((await server.call('GET', '/v1/session', { cookie })).json).toMatchObject({
      error: { code: 'access.expired' },
    });
  });

  test('a session ends after twelve hours of steady work', async () => {
    const cookie = await signIn('desk@example.org');
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      server.pass(20 * 60_000);
      expect((await server.call('GET', '/v1/session', { cookie })).status).toBe(200);
    }
    server.pass(20 * 60_000);
    expect((await server.call('GET', '/v1/session', { cookie })).status).toBe(401);
  });

  test('a cookie replayed after signing out opens nothing', async () => {
    const cookie = await signIn('desk@example.org');
    await server.call('POST', '/v1/session/end', { cookie, headers: { 'x-gait-console': '1' } });
    expect((await server.call('GET', '/v1/session', { cookie })).status).toBe(401);
  });

  test('an unknown e-mail and a wrong password are answered alike', async () => {
    const wrong = await server.call('POST', '/v1/session', { body: { email: 'desk@example.org', password: 'x' } });
    const unknown = await server.call('POST', '/v1/session', { body: { email: 'nobody@example.org', password: 'x' } });
    expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
  });

  test('the eleventh guess within a quarter of an hour is not looked at, even if right', async () => {
    server.pass(3_600_000);
    const guess = (text: string): Promise<number> =>
      server
        .call('POST', '/v1/session', { body: { email: 'desk@example.org', password: text } })
        .then((answer) => answer.status);
    expect(await Promise.all(Array.from({ length: 10 }, () => guess('wrong')))).toEqual(Array(10).fill(401));
    expect(await guess(password)).toBe(429);
    server.pass(16 * 60_000);
    expect(await guess(password)).toBe(200);
  }, 60_000);
});
