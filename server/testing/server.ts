// A whole server for tests: real PostgreSQL, real HTTP, a clock that can be moved, logs that can be read.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { startPostgres } from '../../test/harness/postgres.ts';
import type { App } from '../app.ts';
import { createApp, openServices } from '../app.ts';
import { readServerConfig } from '../config.ts';
import type { Services } from '../services.ts';
import type { PasswordCost } from '../sessions/password.ts';

export interface TestServer {
  readonly url: string;
  readonly databaseUrl: string;
  readonly services: Services & { readonly passwordCost: PasswordCost };
  readonly app: App;
  readonly keyringFile: string;
  /** Every line logged so far. */
  readonly logs: string[];
  /** Moves the clock of the server. */
  pass(milliseconds: number): void;
  call(method: 'GET' | 'POST', path: string, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly key?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** A keyring file of the named master keys, the first one current. */
export function keyringText(ids: readonly string[] = ['k1']): string {
  return JSON.stringify({
    current: ids[0],
    keys: Object.fromEntries(ids.map((id) => [id, randomBytes(32).toString('base64')])),
  });
}

export async function startServer(environment: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const database = await startPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'gait-server-'));
  const keyringFile = join(folder, 'keyring.json');
  await writeFile(keyringFile, keyringText(), { mode: 0o600 });
  const logs: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) });
  let offset = 0;
  const now = (): Date => new Date(Date.now() + offset);
  const config = readServerConfig({
    GAIT_DATABASE_URL: database.url,
    GAIT_KEYRING_FILE: keyringFile,
    // Nobody answers there: a test must not reach a stack that happens to run on this machine.
    GAIT_TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...environment,
  });
  const services = { ...(await openServices(config, { log, now })), passwordCost: { log2N: 10, r: 8, p: 1 } };
  const app = await createApp(services);
  const http = createServer(app.express);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(http.address())}`;
  return {
    url,
    databaseUrl: database.url,
    services,
    app,
    keyringFile,
    logs,
    pass(milliseconds) {
      offset += milliseconds;
    },
    async call(method, path, options = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
          ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
          ...options.headers,
        },
        ...(options.body === undefined
          ? {}
          : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    async stop() {
      await new Promise((resolve) => {
        http.close(resolve);
        http.closeAllConnections();
      });
      await app.stop();
      await services.database.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return address.port;
}

/** The actions of a chain, oldest first. */
export async function actionsOf(services: Services, clinic: string): Promise<string[]> {
  const rows = await services.db
    .selectFrom('audit_entries')
    .select('action')
    .where('clinic', '=', clinic)
    .orderBy('seq')
    .execute();
  return rows.map((row) => row.action);
}
