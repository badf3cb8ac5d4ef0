// The codec endpoint: payloads open for who may see every clinic whose payloads they may be.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemChain } from '../audit/entry.ts';
import { createClinic, createKey, createUser } from '../setup.ts';
import { actionsOf, startServer } from '../testing/server.ts';
import type { TestServer } from '../testing/server.ts';

const password = 'correct horse battery';
const uiOrigin = 'http://127.0.0.1:27313';

let server: TestServer;
let clinic: string;

beforeAll(async () => {
  server = await startServer({ GAIT_TEMPORAL_UI_URL: uiOrigin });
  clinic = (await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' })).id;
  for (const [email, role] of [
    ['desk@example.org', 'frontDesk'],
    ['admin@example.org', 'admin'],
  ] as const) {
    await createUser(server.services, { clinic, email, displayName: 'Someone', roles: [role], password });
  }
});
afterAll(() => server.stop());

async function signIn(email: string): Promise<string> {
  const answer = await server.call('POST', '/v1/session', { body: { email, password } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** The entries of a chain that `work` added. */
async function added(chain: string, work: () => Promise<void>): Promise<string[]> {
  const before = (await actionsOf(server.services, chain)).length;
  await work();
  return (await actionsOf(server.services, chain)).slice(before);
}

const payloads = [{ metadata: { encoding: btoa('json/plain') }, data: btoa('"structure"') }];

test('an admin gets back what was encoded, with an entry each time; plaintext is refused', async () => {
  const cookie = await signIn('admin@example.org');
  const headers = { 'x-gait-console': '1' };
  const entries = await added(clinic, async () => {
    const encoded = await server.call('POST', '/codec/encode', { cookie, headers, body: { payloads } });
    expect(encoded.text).not.toContain(payloads[0]?.data);
    const decoded = await server.call('POST', '/codec/decode', { cookie, headers, body: encoded.json });
    expect(decoded.json).toEqual({ payloads });
    expect((await server.call('POST', '/codec/decode', { cookie, headers, body: { payloads } })).status).toBe(400);
  });
  expect(entries).toEqual(['payload.encoded', 'payload.decoded', 'payload.decoded']);
});

test('only the pages of Temporal may call it from another origin', async () => {
  const cookie = await signIn('admin@example.org');
  const from = (origin: string): Promise<number> =>
    server
      .call('POST', '/codec/encode', { cookie, headers: { origin }, body: { payloads } })
      .then((answer) => answer.status);
  expect(await from(uiOrigin)).toBe(200);
  expect(await from('http://evil.example.org')).toBe(403);
  const ask = (origin: string, path: string): Promise<string | null> =>
    fetch(`${server.url}${path}`, { method: 'OPTIONS', headers: { origin } }).then((answer) =>
      answer.headers.get('access-control-allow-origin'),
    );
  expect(await ask(uiOrigin, '/codec/decode')).toBe(uiOrigin);
  expect(await ask('http://evil.example.org', '/codec/decode')).toBeNull();
  expect(await ask(uiOrigin, '/v1/session')).toBeNull();
});

test('the front desk may not decode', async () => {
  const cookie = await signIn('desk@example.org');
  const answer = await server.call('POST', '/codec/decode', {
    cookie,
    headers: { 'x-gait-console': '1' },
    body: { payloads },
  });
  expect(answer.status).toBe(403);
});

test('where a second clinic is served, an admin of one opens nothing; a key of all clinics does', async () => {
  const cookie = await signIn('admin@example.org');
  const headers = { 'x-gait-console': '1' };
  const bound = await createKey(server.services, { name: 'admin', clinic, capabilities: ['admin'] });
  const every = await createKey(server.services, { name: 'operator', clinic: null, capabilities: ['admin'] });
  const encoded = await server.call('POST', '/codec/encode', { key: bound.secret, body: { payloads } });
  await createClinic(server.services, { name: 'south', timezone: 'America/New_York' });
  const refused = await added(clinic, async () => {
    for (const who of [{ cookie, headers }, { key: bound.secret }]) {
      const answer = await server.call('POST', '/codec/decode', { ...who, body: encoded.json });
      expect([answer.status, answer.json]).toMatchObject([403, { error: { code: 'access.forbidden' } }]);
    }
  });
  expect(refused).toEqual(['access.refused', 'access.refused']);
  const opened = await added(systemChain, async () => {
    const answer = await server.call('POST', '/codec/decode', { key: every.secret, body: encoded.json });
    expect(answer.json).toEqual({ payloads });
  });
  expect(opened).toEqual(['payload.decoded']);
});
