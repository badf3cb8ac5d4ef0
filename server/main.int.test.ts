// The server as a process: ready, stopped, and what it says when it cannot start.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../runtime/ports.ts';
import type { TestDatabase } from '../test/harness/postgres.ts';
import { startPostgres } from '../test/harness/postgres.ts';
import { keyringText } from './testing/server.ts';

let postgres: TestDatabase;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'gait-main-'));
  const keyring = join(folder, 'keyring.json');
  await writeFile(keyring, keyringText(), { mode: 0o600 });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Gait</title>');
  environment = { GAIT_DATABASE_URL: postgres.url, GAIT_KEYRING_FILE: keyring, GAIT_CONSOLE_DIST: folder };
});
afterAll(async () => {
  await postgres.drop();
  await rm(folder, { recursive: true, force: true });
});

function start(more: Readonly<Record<string, string>>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env['PATH'], ...environment, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (part) => (said += String(part)));
  child.stderr.on('data', (part) => (said += String(part)));
  return { child, said: () => said };
}

async function ready(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  await once(child, 'exit');
  return child.exitCode;
}

test('it answers once it is ready, serves the console for every path below it, and stops when asked', async () => {
  const port = await freePort();
  const { child } = start({ GAIT_SERVER_PORT: String(port) });
  await ready(port);
  for (const path of ['/console', '/console/', '/console/authorizations/auth_x']) {
    const page = await fetch(`http://127.0.0.1:${port}${path}`);
    expect([path, page.status, await page.text()]).toEqual([path, 200, '<!doctype html><title>Gait</title>']);
  }
  const outside = ['/console/..%2fkeyring.json', '/console/none.js', '/console/.hidden.js'];
  for (const path of outside)
    expect([path, (await fetch(`http://127.0.0.1:${port}${path}`)).status]).toEqual([path, 404]);
  const stopping = performance.now();
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  expect(performance.now() - stopping).toBeLessThan(10_000);
});

test('a missing setting, a broken keyring and a taken port are one sentence each', async () => {
  const missing = start({ GAIT_DATABASE_URL: '' });
  expect(await exitOf(missing.child)).toBe(1);
  expect(missing.said()).toBe('GAIT_DATABASE_URL is not set: it must hold the address of the PostgreSQL database.\n');

  const broken = start({ GAIT_KEYRING_FILE: join(folder, 'index.html') });
  expect(await exitOf(broken.child)).toBe(1);
  expect(broken.said()).toBe('The keyring file cannot be used: it is not JSON.\n');

  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  const taken = start({ GAIT_SERVER_PORT: String(port) });
  expect(await exitOf(taken.child)).toBe(1);
  expect(taken.said()).toContain('The server port is taken: set GAIT_SERVER_PORT to a free one.\n');
  holder.close();
});
