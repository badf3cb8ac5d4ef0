// A sandbox listening on a free port for tests: real HTTP, its own state folder, a clock the test may move.
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox } from '../app.ts';

export interface RunningSandbox {
  readonly url: string;
  readonly stateFolder: string;
  /** Moves the sandbox's clock ahead. */
  advance(milliseconds: number): void;
  readonly now: () => Date;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** Stops and starts the process's HTTP side on the same state folder and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

function listen(stateFolder: string, port: number, now: () => Date): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createSandbox({ stateFolder, seed: 1, now }).app.listen(port, '127.0.0.1', (error) => {
      if (error) reject(error);
      else resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts at a random port the system gives, with `now` at the real time. */
export async function startSandbox(): Promise<RunningSandbox> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'gait-sandbox-'));
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  let server = await listen(stateFolder, 0, now);
  const port = portOf(server);
  const url = `http://127.0.0.1:${port}`;
  const call = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, init);
    return response.json();
  };
  return {
    url,
    stateFolder,
    now,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    get: (path) => call(path),
    post: (path, body) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    restart: async () => {
      await close(server);
      // Lets the callers' idle sockets notice that they are gone.
      await sleep(50);
      server = await listen(stateFolder, port, now);
    },
    stop: async () => {
      await close(server);
      rmSync(stateFolder, { recursive: true });
    },
  };
}
