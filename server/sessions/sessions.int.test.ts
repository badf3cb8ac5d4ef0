// Signing in behind a proxy: whose failures count against whom, and what the cookie says to the browser.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClinic, createUser } from '../setup.ts';
import type { Answer, TestServer } from '../testing/server.ts';
import { startServer } from '../testing/server.ts';

const password = 'correct horse battery';
const [office, elsewhere] = ['203.0.113.7', '203.0.113.8'];

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ GAIT_PUBLIC_URL: 'https://gait.clinic.example', GAIT_TRUSTED_PROXIES: '1' });
  const clinic = (await createClinic(server.services, { name: 'north', timezone: 'America/Chicago' })).id;
  const who = { clinic, displayName: 'Someone', roles: ['frontDesk'], password } as const;
  await createUser(server.services, { ...who, email: 'desk@example.org' });
});
afterAll(() => server.stop());

function signIn(from: string, email = 'desk@example.org', given = password): Promise<Answer> {
  return server.call('POST', '/v1/session', {
    body: { email, password: given },
    // The proxy adds the address it saw behind whatever the caller claimed.
    headers: { 'x-forwarded-for': `198.51.100.1, ${from}` },
  });
}

async function failures(): Promise<number> {
  const rows = await server.services.db.selectFrom('sign_in_failures').select('failures').execute();
  return rows.reduce((sum, row) => sum + row.failures, 0);
}

test('behind a TLS proxy the cookie is for https only and the browser is told to stay with https', async () => {
  const answer = await signIn(office);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
});

test('a clinic that signs in all morning from one address is never locked out: successes do not count', async () => {
  for (let round = 0; round < 3; round += 1) expect((await signIn(office)).status).toBe(200);
  expect(await failures()).toBe(0);
});

test('a success of an address does not wipe out its failures', async () => {
  expect((await signIn(office, 'desk@example.org', 'wrong')).status).toBe(401);
  expect(await failures()).toBe(2);
  expect((await signIn(office)).status).toBe(200);
  expect(await failures()).toBe(1);
});

test('sixty failures from one address lock out that address alone, and for fifteen minutes', async () => {
  for (let round = 0; round < 60; round += 5) {
    const emails = Array.from({ length: 5 }, (_, index) => `nobody${round + index}@example.org`);
    const answers = await Promise.all(emails.map((email) => signIn(elsewhere, email, 'wrong')));
    expect(answers.map((answer) => answer.status)).toEqual(emails.map(() => 401));
  }
  expect((await signIn(elsewhere)).status).toBe(429);
  expect((await signIn(office)).status).toBe(200);
  server.pass(16 * 60_000);
  expect((await signIn(elsewhere)).status).toBe(200);
}, 120_000);

test('ten failures for one e-mail lock it out wherever they came from', async () => {
  for (let round = 0; round < 10; round += 1) {
    const from = `203.0.113.${round + 20}`;
    expect((await signIn(from, 'desk@example.org', 'wrong')).status).toBe(401);
  }
  expect((await signIn(office)).status).toBe(429);
}, 120_000);
