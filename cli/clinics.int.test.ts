// The commands an operator sets a clinic up with, as processes of their own over a real database.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../server/testing/server.ts';
import { startServer } from '../server/testing/server.ts';
import { inherited } from './testing/typed.ts';

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

function gait(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: {
      ...inherited,
      GAIT_DATABASE_URL: server.databaseUrl,
      GAIT_KEYRING_FILE: server.keyringFile,
      GAIT_HOME: '/nonexistent',
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => (out += String(part)));
  child.stderr.on('data', (part) => (err += String(part)));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out, err })));
}

function field(ran: Ran, name: string): string {
  const value: unknown = Reflect.get(Object(JSON.parse(ran.out)), name);
  return String(value);
}

test('a clinic, a user who signs in, a key that works until it is revoked, a rotated vault, a chain that holds', async () => {
  expect(await gait(['clinics', 'create', 'north', '--timezone', 'America/Chicago', '--json'])).toMatchObject({
    status: 0,
    err: '',
  });

  const user = [
    'users',
    'create',
    'desk@example.org',
    '--clinic',
    'north',
    '--roles',
    'frontDesk,biller',
    '--password-stdin',
    '--json',
  ];
  expect(await gait(user, 'correct horse battery\n')).toMatchObject({ status: 0, err: '' });
  const signedIn = await server.call('POST', '/v1/session', {
    body: { email: 'desk@example.org', password: 'correct horse battery' },
  });
  expect(signedIn.status).toBe(200);

  const key = await gait([
    'keys',
    'create',
    'n8n',
    '--clinic',
    'north',
    '--capability',
    'flows',
    '--expires',
    '2099-12-31',
    '--json',
  ]);
  expect((await server.call('GET', '/v1/key', { key: field(key, 'key') })).status).toBe(200);
  expect((await gait(['keys', 'revoke', field(key, 'id'), '--clinic', 'north', '--json'])).status).toBe(0);
  expect((await server.call('GET', '/v1/key', { key: field(key, 'key') })).status).toBe(401);

  const worker = await gait(['keys', 'create', 'worker', '--capability', 'worker', '--json']);
  const asked = { clinic: 'nowhere', authorization: 'auth_x' };
  const asWorker = (): ReturnType<TestServer['call']> =>
    server.call('POST', '/v1/worker/authorizations/assess', { key: field(worker, 'key'), body: asked });
  // It passes for any clinic that there is.
  expect((await asWorker()).status).toBe(404);
  expect((await gait(['keys', 'create', 'n8n', '--capability', 'flows'])).err).toContain('--clinic is missing.');
  expect((await gait(['keys', 'list', '--json'])).out).toContain(field(worker, 'id'));
  expect((await gait(['keys', 'revoke', field(worker, 'id'), '--json'])).status).toBe(0);
  expect((await asWorker()).status).toBe(401);

  const add = ['connections', 'add', 'Front desk exports', '--clinic', 'north', '--system', 'nosuch', '--json'];
  expect(await gait(add)).toMatchObject({ status: 2, out: '' });

  expect(JSON.parse((await gait(['keys', 'rotate-vault', '--json'])).out)).toMatchObject({ clinics: 1, master: 'k1' });

  const verified = await gait(['audit', 'verify', '--clinic', 'north', '--json']);
  expect(verified).toMatchObject({ status: 0, err: '' });
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, chains: [{ name: 'north', broken: null }] });
});

test('a broken chain ends with 1 and names the entry; unusable arguments end with 2 and a sentence', async () => {
  const { db } = server.services;
  const { sql } = await import('kysely');
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update audit_entries set action = 'user.removed' where seq = 2`.execute(trx);
  });
  const broken = await gait(['audit', 'verify', '--json']);
  expect(broken.status).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({ ok: false });
  expect(broken.out).toContain('"seq": 2');
  expect(await gait(['clinics', 'create', 'South Clinic', '--timezone', 'America/Chicago'])).toMatchObject({
    status: 2,
    out: '',
  });
  expect((await gait(['audit', 'verify', '--clinic', 'nowhere'])).err).toContain('There is no clinic of this name.');
});

test('a person who leaves is signed out at once; a new password and new roles end the old sessions; each is in the audit', async () => {
  const email = 'leaver@example.org';
  const of = ['--clinic', 'north', '--json'];
  const made = await gait(
    ['users', 'create', email, '--roles', 'frontDesk', '--password-stdin', ...of],
    'correct horse battery',
  );
  const id = field(made, 'id');
  const signIn = (password: string) => server.call('POST', '/v1/session', { body: { email, password } });
  const cookieOf = async (password: string): Promise<string> =>
    (await signIn(password)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const seen = async (cookie: string): Promise<number> => (await server.call('GET', '/v1/session', { cookie })).status;

  const first = await cookieOf('correct horse battery');
  expect(await seen(first)).toBe(200);
  const disabled = await gait(['users', 'disable', 'LEAVER@example.org', ...of]);
  expect(JSON.parse(disabled.out)).toMatchObject({ id, sessionsEnded: 1 });
  expect(await seen(first)).toBe(401);
  expect((await signIn('correct horse battery')).status).toBe(401);
  expect(await gait(['users', 'disable', email, ...of])).toMatchObject({ status: 2, out: '' });

  expect((await gait(['users', 'enable', email, ...of])).status).toBe(0);
  expect(await seen(first)).toBe(401);
  const second = await cookieOf('correct horse battery');
  expect(await seen(second)).toBe(200);
  const changed = ['users', 'set-password', email, '--password-stdin', ...of];
  expect((await gait(changed, 'short')).err).toContain('[password]');
  expect(await seen(second)).toBe(200);
  expect((await gait(changed, 'another horse battery\n')).status).toBe(0);
  expect(await seen(second)).toBe(401);
  expect((await signIn('correct horse battery')).status).toBe(401);

  const third = await cookieOf('another horse battery');
  const roles = await gait(['users', 'set-roles', email, '--roles', 'biller', ...of]);
  expect(JSON.parse(roles.out)).toMatchObject({ roles: ['biller'], disabledAt: null, sessionsEnded: 1 });
  expect(await seen(third)).toBe(401);

  expect((await gait(['users', 'disable', 'nobody@example.org', ...of])).err).toContain('[email]');
  expect((await gait(['clinics', 'create', 'elsewhere', '--timezone', 'America/Chicago'])).status).toBe(0);
  expect((await gait(['users', 'disable', email, '--clinic', 'elsewhere'])).status).toBe(2);

  const entries = await server.services.db
    .selectFrom('audit_entries')
    .select(['action', 'actor', 'details'])
    .where('subject', '=', id)
    .where('action', 'like', 'user.%')
    .orderBy('seq')
    .execute();
  expect(entries.map(({ action }) => action)).toEqual([
    'user.created',
    'user.disabled',
    'user.enabled',
    'user.passwordChanged',
    'user.rolesChanged',
  ]);
  expect(JSON.parse(entries.at(-1)?.details ?? 'null')).toEqual({ roles: ['biller'], sessionsEnded: 1 });
  expect(JSON.stringify(entries)).not.toContain('leaver');
}, 120_000);
