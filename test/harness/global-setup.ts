// Once per test run: a PostgreSQL cluster on a free port in a temporary folder, removed at the end.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startWatchdog } from '../../runtime/children.ts';
import { freePort } from '../../runtime/ports.ts';
import { startCluster } from '../../runtime/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the maintenance database of the run's cluster, with its password. */
    postgres: string;
  }
}

/** Starts the cluster and returns what ends it. The folder lies in /tmp, where the PostgreSQL user can reach it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join('/tmp', 'gait-test-'));
  chmodSync(folder, 0o755);
  const watchdog = startWatchdog();
  const cluster = await startCluster({
    folder: join(folder, 'postgres'),
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    durable: false,
    watchdog,
  });
  project.provide('postgres', cluster.url('postgres'));
  return async () => {
    await cluster.stop();
    watchdog.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
