// Contexts and a running app for tests of the REST systems: a sandbox's routers on loopback, a clock the test may move.
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { Router } from 'express';
import { generateClinic } from '../../sandbox/clinic/generate.ts';
import type { Clinic } from '../../sandbox/clinic/model.ts';
import type { ConnectorContext } from '../connector.ts';
import type { GrantStore } from '../grants.ts';
import { TokenBucket } from '../rate-limit.ts';
import { MemoryTokenCache } from '../token-cache.ts';
import { countingNumbers } from './control-numbers.ts';

/** Two dozen patients of the synthetic clinic with all that is theirs: enough for several pages, and quick. */
export function smallClinic(today: string): Clinic {
  const clinic = generateClinic({ seed: 7, today, canary: null });
  const patients = clinic.patients.slice(0, 24);
  const numbers = new Set(patients.map(({ recordNumber }) => recordNumber));
  const isTheirs = ({ recordNumber }: { readonly recordNumber: string }): boolean => numbers.has(recordNumber);
  return {
    ...clinic,
    patients,
    visits: clinic.visits.filter(isTheirs),
    authorizations: clinic.authorizations.filter(isTheirs),
  };
}

export interface RunningSystem {
  readonly url: string;
  readonly now: () => Date;
  advance(milliseconds: number): void;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts routers by their paths; `make` gets the folder for their state and the clock. */
export async function startSystem(
  make: (folder: string, now: () => Date) => Readonly<Record<string, Router>>,
): Promise<RunningSystem> {
  const folder = mkdtempSync(join(tmpdir(), 'gait-rest-'));
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const app = express();
  for (const [path, router] of Object.entries(make(folder, now))) app.use(path, router);
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(0, '127.0.0.1', (error) => {
      if (error) reject(error);
      else resolve(listening);
    });
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const call = async (path: string, init?: RequestInit): Promise<unknown> =>
    (await fetch(`${url}${path}`, init)).json();
  return {
    url,
    now,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    get: (path) => call(path),
    post: (path, body) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      rmSync(folder, { recursive: true });
    },
  };
}

export interface RestContextOptions {
  readonly config: ConnectorContext['config'];
  readonly secrets?: ConnectorContext['secrets'];
  readonly grants?: GrantStore;
  readonly now?: () => Date;
}

/** A connection as the server would make it. */
export function restContext({ config, secrets, grants, now }: RestContextOptions): ConnectorContext {
  return {
    config: { requestTimeoutSeconds: 10, ...config },
    secrets: secrets ?? { clientId: 'clinic', clientSecret: 'secret' },
    fetch,
    signal: new AbortController().signal,
    tokens: new MemoryTokenCache(),
    rate: new TokenBucket(1000, 1000),
    controlNumbers: countingNumbers(),
    ...(grants === undefined ? {} : { grants }),
    now: now ?? (() => new Date()),
  };
}
