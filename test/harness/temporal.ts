// Real Temporal servers for tests: the dev server (schedules, listing, search attributes) and the time-skipping one (timers).
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { startWatchdog } from '../../runtime/children.ts';
import { freePort } from '../../runtime/ports.ts';
import { addSearchAttributes } from '../../runtime/search-attributes.ts';
import { obtain, startDevServerProcess } from '../../runtime/temporal-server.ts';

/** A dev server of one's own: `environment` has `client`, `nativeConnection`, `address`; `stop` ends both. */
export interface DevServer {
  readonly environment: TestWorkflowEnvironment;
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a dev server in memory with Gait's search attributes registered. */
export async function startDevServer(): Promise<DevServer> {
  const folder = mkdtempSync(join('/tmp', 'gait-temporal-'));
  const watchdog = startWatchdog();
  const { path } = await obtain('temporal');
  const port = await freePort();
  const child = await startDevServerProcess({
    binary: path,
    port,
    uiPort: null,
    database: null,
    logFile: join(folder, 'temporal.log'),
    watchdog,
  });
  const address = `127.0.0.1:${port}`;
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address });
  return {
    environment,
    address,
    stop: async () => {
      await environment.teardown();
      await child.stop('SIGTERM', 5_000);
      watchdog.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts the time-skipping server with Gait's search attributes. It has no schedules and no listing, and its clock is one for
 * all: tests on it run one after another. End it with `teardown()`.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const { path } = await obtain('temporal-test-server');
  const environment = await createTimeSkipping(path, 3);
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return environment;
}

/** The SDK gives the server five seconds to start, which a busy machine can miss: hence the tries. */
async function createTimeSkipping(path: string, tries: number): Promise<TestWorkflowEnvironment> {
  try {
    const port = await freePort();
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { port, executable: { type: 'existing-path', path } },
    });
  } catch (error) {
    if (tries <= 1) throw error;
    return createTimeSkipping(path, tries - 1);
  }
}
