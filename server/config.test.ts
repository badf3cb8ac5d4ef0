// The server's settings from the environment: where secrets come from, what browsers see, whose word on addresses counts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readServerConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'gait-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const needed = { GAIT_DATABASE_URL: 'postgres://gait@127.0.0.1/gait', GAIT_KEYRING_FILE: '/k.json' };
const read = (more: Readonly<Record<string, string>>): ReturnType<typeof readServerConfig> =>
  readServerConfig({ ...needed, ...more });

describe('the address of the database', () => {
  test('comes from the variable or from a secret file', () => {
    expect(read({}).databaseUrl).toBe(needed.GAIT_DATABASE_URL);
    const file = join(folder, 'database-url');
    writeFileSync(file, 'postgres://gait:secret@postgres:5432/gait\n');
    const config = read({ GAIT_DATABASE_URL: '', GAIT_DATABASE_URL_FILE: file });
    expect(config.databaseUrl).toBe('postgres://gait:secret@postgres:5432/gait');
  });

  test('that is missing, unreadable, empty or said twice is one sentence', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    const none = { GAIT_DATABASE_URL: '' };
    expect(() => read(none)).toThrow(
      'GAIT_DATABASE_URL is not set: it must hold the address of the PostgreSQL database.',
    );
    expect(() => read({ ...none, GAIT_DATABASE_URL_FILE: join(folder, 'none') })).toThrow(
      'The file that GAIT_DATABASE_URL_FILE names cannot be read.',
    );
    expect(() => read({ ...none, GAIT_DATABASE_URL_FILE: empty })).toThrow(
      'The file that GAIT_DATABASE_URL_FILE names is empty.',
    );
    expect(() => read({ GAIT_DATABASE_URL_FILE: empty })).toThrow(
      'GAIT_DATABASE_URL and GAIT_DATABASE_URL_FILE are both set: leave one.',
    );
  });
});

test('cookies are for https only where browsers reach the console over https', () => {
  expect(read({})).toMatchObject({ publicUrl: 'http://127.0.0.1:7310', secureCookies: false });
  expect(read({ GAIT_PUBLIC_URL: 'https://gait.clinic.example/' })).toMatchObject({
    publicUrl: 'https://gait.clinic.example',
    secureCookies: true,
  });
  expect(() => read({ GAIT_PUBLIC_URL: 'gait.clinic.example' })).toThrow('GAIT_PUBLIC_URL must be a URL');
  expect(() => read({ GAIT_PUBLIC_URL: 'ftp://gait.clinic.example' })).toThrow('GAIT_PUBLIC_URL must be a URL');
});

test('nobody is believed about the address of a caller but the proxies that are named', () => {
  const proxies = (text: string): unknown => read({ GAIT_TRUSTED_PROXIES: text }).trustedProxies;
  expect(read({}).trustedProxies).toBe(false);
  expect(['', '0', '1', '2'].map(proxies)).toEqual([false, false, 1, 2]);
  expect(proxies('10.0.0.5, 172.16.0.0/12,::1')).toEqual(['10.0.0.5', '172.16.0.0/12', '::1']);
  for (const wrong of ['true', '-1', '1.5', 'proxy', '10.0.0.5,', '10.0.0.0/33', '10.0.0.0/', '::1/129'])
    expect(() => proxies(wrong), wrong).toThrow('GAIT_TRUSTED_PROXIES must be the number of proxies');
});

test('a value that is not known is one sentence', () => {
  expect(() => read({ GAIT_LOG_LEVEL: 'loud' })).toThrow(
    'GAIT_LOG_LEVEL must be one of trace, debug, info, warn, error.',
  );
  expect(() => read({ GAIT_SERVER_PORT: '70000' })).toThrow('GAIT_SERVER_PORT must be a port number.');
});
