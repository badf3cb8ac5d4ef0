// The whole stack on one machine: PostgreSQL, Temporal, sandbox, server, worker and n8n, started side by side and stopped in order.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pino from 'pino';
import { openServices } from '../server/app.ts';
import { readServerConfig } from '../server/config.ts';
import type { Services } from '../server/services.ts';
import { createKey } from '../server/setup.ts';
import { build } from './build.ts';
import { type Child, type ChildSpec, startChild, startWatchdog } from './children.ts';
import { sandboxEnvironment, serverEnvironment, workerEnvironment } from './environments.ts';
import { ensureInstalled, installationFolder } from './install.mjs';
import { ensureApiKey, installNodePackage, n8nEnvironment, n8nFolder, n8nOwner } from './n8n.ts';
import { checkout, places } from './places.mjs';
import { type Cluster, startCluster } from './postgres.ts';
import { Problem } from './problem.ts';
import { ready } from './ready.ts';
import { prepareSecrets, secret, type SecretFiles } from './secrets.ts';
import { requireFree, type StackPorts } from './settings.ts';
import { removeStackNote, type StackUrls, writeStackNote } from './stack-file.ts';
import { registerSearchAttributes } from './search-attributes.ts';
import { obtain, startDevServerProcess } from './temporal-server.ts';

/** The processes of a stack, in the order in which they are stopped. */
export const processNames = ['n8n', 'worker', 'server', 'sandbox', 'temporal', 'postgres'] as const;
export type ProcessName = (typeof processNames)[number];

/** How to start. `durable: false` (tests) trades safety at a power cut for speed; `without` leaves processes out. */
export interface StackOptions {
  readonly home: string;
  readonly ports: StackPorts;
  readonly say: (line: string) => void;
  readonly durable: boolean;
  readonly without?: readonly ('n8n' | 'worker' | 'sandbox' | 'server')[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly sandboxSeed?: number;
  /** Told when a process ends that nobody stopped. */
  readonly onDeath?: (name: ProcessName, logFile: string) => void;
}

/** A running stack. */
export interface Stack {
  readonly home: string;
  readonly ports: StackPorts;
  readonly urls: StackUrls;
  readonly databaseUrl: string;
  readonly n8nDatabaseUrl: string;
  readonly logs: string;
  readonly secrets: SecretFiles;
  readonly webptDrop: string;
  readonly therabillDrop: string;
  readonly n8n: { readonly owner: string; readonly passwordFile: string; readonly apiKeyFile: string };
  /** The server's own services over the same database, for setting up. The caller closes them. */
  openServices(): Promise<Services>;
  pid(name: ProcessName): number | null;
  /** Sends a signal to a process and all it started, and waits until it has ended when the signal is SIGKILL. */
  kill(name: ProcessName, signal: NodeJS.Signals): Promise<void>;
  /** Stops a process if it runs, starts it again and waits until it is ready. */
  restart(name: ProcessName): Promise<void>;
  stop(): Promise<void>;
}

const stopGraceMilliseconds = {
  n8n: 9_000,
  worker: 10_000,
  server: 10_000,
  sandbox: 4_000,
  temporal: 5_000,
  postgres: 8_000,
} as const;

function makeHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o755 });
  // PostgreSQL's user must reach its folder inside; what is secret has modes of its own.
  chmodSync(home, 0o755);
  const marker = join(home, '.gait-home');
  if (!existsSync(marker)) writeFileSync(marker, 'State of Gait. Removed by npm start -- --reset.\n');
}

/**
 * Starts the stack and resolves when every process is ready. On failure everything that was started is stopped again and the
 * `Problem` is thrown. Nothing outlives the calling process, however it ends.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { home, ports, say } = options;
  const without = new Set<string>(options.without ?? []);
  const externalTemporal = process.env['TEMPORAL_ADDRESS'];
  const unused = new Set<keyof StackPorts>([
    ...(externalTemporal === undefined ? [] : (['temporal', 'temporalUi'] as const)),
    ...(without.has('n8n') ? (['n8n', 'n8nBroker'] as const) : []),
  ]);
  await requireFree(ports, unused);
  makeHome(home);
  const secrets = prepareSecrets(home);
  const logs = join(home, 'logs');
  const webptDrop = join(home, 'drop', 'webpt');
  const therabillDrop = join(home, 'drop', 'therabill');
  for (const folder of [webptDrop, therabillDrop]) mkdirSync(folder, { recursive: true });
  const watchdog = startWatchdog();
  const running = new Map<ProcessName, Child>();
  const expected = new Set<Child>();
  const logOf = (name: ProcessName): string => join(logs, `${name}.log`);
  const urls: StackUrls = {
    server: `http://127.0.0.1:${ports.server}`,
    n8n: `http://127.0.0.1:${ports.n8n}`,
    temporal: externalTemporal ?? `127.0.0.1:${ports.temporal}`,
    temporalUi: externalTemporal === undefined ? `http://127.0.0.1:${ports.temporalUi}` : null,
    sandbox: `http://127.0.0.1:${ports.sandbox}`,
  };
  let cluster: Cluster | null = null;
  const clusterUrl = (database: string): string => {
    if (cluster === null) throw new Error('the cluster is not up yet');
    return cluster.url(database);
  };

  let stopped = false;
  const watch = (name: ProcessName, child: Child): Child => {
    running.set(name, child);
    // A start that was under way when the stack was stopped must not leave a process behind.
    if (stopped) {
      expected.add(child);
      child.kill('SIGKILL');
    }
    void child.ended.then(() => {
      if (!expected.has(child)) options.onDeath?.(name, child.logFile);
    });
    return child;
  };
  const surroundings = {
    home,
    ports,
    urls,
    secrets,
    sandboxSeed: options.sandboxSeed ?? 1,
    outside: process.env,
  };
  const serverSettings = (): Record<string, string> => ({
    ...serverEnvironment(surroundings, clusterUrl('gait')),
    ...options.environment,
  });
  const nodeProcess =
    (name: ProcessName, file: string, health: string, environment: () => Record<string, string>) =>
    async (): Promise<void> => {
      const spec: ChildSpec = {
        name,
        command: process.execPath,
        args: [join(checkout, file)],
        env: { ...environment(), ...options.environment },
        cwd: checkout,
        logFile: logOf(name),
      };
      await ready(watch(name, startChild(spec, watchdog)), `${health}/healthz`, 60_000);
    };
  const startN8n = async (): Promise<void> => {
    const folder = installationFolder('n8n', checkout, places().cache);
    const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const settings = {
      home,
      port: ports.n8n,
      brokerPort: ports.n8nBroker,
      postgresPort: ports.postgres,
      databasePasswordFile: join(home, 'postgres', 'password'),
      secrets,
    };
    const spec: ChildSpec = {
      name: 'n8n',
      command: process.execPath,
      args: [join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), 'start'],
      env: { ...n8nEnvironment(settings, path), ...options.environment },
      cwd: n8nFolder(home),
      logFile: logOf('n8n'),
    };
    await ready(watch('n8n', startChild(spec, watchdog)), `${urls.n8n}/healthz/readiness`, 180_000);
  };
  const starters: Record<ProcessName, () => Promise<void>> = {
    async postgres() {
      cluster = await startCluster({
        folder: join(home, 'postgres'),
        port: ports.postgres,
        logFile: logOf('postgres'),
        durable: options.durable,
        watchdog,
      });
      watch('postgres', cluster.child);
    },
    async temporal() {
      if (externalTemporal !== undefined) return registerSearchAttributes(externalTemporal);
      const { path } = await obtain('temporal');
      const database = join(home, 'temporal.sqlite');
      watch(
        'temporal',
        await startDevServerProcess({
          binary: path,
          port: ports.temporal,
          uiPort: ports.temporalUi,
          database,
          logFile: logOf('temporal'),
          watchdog,
        }),
      );
    },
    sandbox: nodeProcess('sandbox', 'sandbox/main.ts', urls.sandbox, () => sandboxEnvironment(surroundings)),
    server: nodeProcess('server', 'server/main.ts', urls.server, serverSettings),
    worker: nodeProcess('worker', 'workers/main.ts', `http://127.0.0.1:${ports.workerHealth}`, () =>
      workerEnvironment(surroundings),
    ),
    n8n: startN8n,
  };
  const stopOne = async (name: ProcessName): Promise<void> => {
    const child = running.get(name);
    if (child === undefined) return;
    expected.add(child);
    await child.stop(name === 'postgres' ? 'SIGINT' : 'SIGTERM', stopGraceMilliseconds[name]);
    running.delete(name);
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    for (const child of running.values()) expected.add(child);
    // n8n and the worker ask the server, the server asks the databases: who asks goes first.
    await Promise.all([stopOne('n8n'), stopOne('worker')]);
    await Promise.all([stopOne('server'), stopOne('sandbox')]);
    await Promise.all([stopOne('temporal'), stopOne('postgres')]);
    watchdog.close();
    removeStackNote(home);
  };
  const services = (): Promise<Services> =>
    openServices(readServerConfig(serverSettings()), { log: pino({ level: 'silent' }) });
  const timed = async (title: string, work: Promise<void>): Promise<void> => {
    const started = Date.now();
    await work;
    say(`${title}: ready after ${((Date.now() - started) / 1_000).toFixed(1)} s`);
  };
  const start = async (name: ProcessName): Promise<void> => {
    if (stopped) throw new Problem('Gait was stopped.', 'Start it again.');
    if (!without.has(name)) await timed(name, starters[name]());
  };

  const apiKeyFile = join(home, 'n8n-api-key');
  try {
    const temporal = start('temporal');
    const builds = Promise.all([build('console', say), without.has('n8n') ? null : build('nodes', say)]);
    const database = start('postgres').then(async () => {
      await Promise.all([clusterOf(cluster).createDatabase('gait'), clusterOf(cluster).createDatabase('n8n')]);
    });
    const sandbox = database.then(() => start('sandbox'));
    const application = Promise.all([database, builds]).then(async () => {
      await ensureWorkerKey(services, secrets);
      await Promise.all([start('server'), temporal.then(() => undefined)]);
      await start('worker');
    });
    const editor = without.has('n8n')
      ? Promise.resolve()
      : Promise.all([database, builds, ensureInstalled('n8n', checkout, places().cache, say)]).then(async () => {
          installNodePackage(home);
          await start('n8n');
          await ensureApiKey(urls.n8n, secrets, apiKeyFile);
        });
    await Promise.all([temporal, sandbox, application, editor]);
  } catch (error) {
    await stop();
    throw error;
  }
  writeStackNote(home, {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    serverUrl: urls.server,
    n8nUrl: urls.n8n,
    temporalAddress: urls.temporal,
    temporalUiUrl: urls.temporalUi,
    sandboxUrl: urls.sandbox,
    ports,
    databaseUrl: `postgres://gait@127.0.0.1:${ports.postgres}/gait`,
    postgresPasswordFile: join(home, 'postgres', 'password'),
    keyringFile: secrets.keyring,
    n8nApiKeyFile: apiKeyFile,
    n8nOwnerPasswordFile: secrets.n8nOwnerPassword,
    flowsKeyFile: secrets.flowsKey,
    demoPasswordFile: secrets.demoPassword,
    webptDrop,
    logs,
  });
  return {
    home,
    ports,
    urls,
    databaseUrl: clusterUrl('gait'),
    n8nDatabaseUrl: clusterUrl('n8n'),
    logs,
    secrets,
    webptDrop,
    therabillDrop,
    n8n: { owner: n8nOwner.email, passwordFile: secrets.n8nOwnerPassword, apiKeyFile },
    openServices: services,
    pid: (name) => running.get(name)?.pid ?? null,
    async kill(name, signal) {
      const child = running.get(name);
      if (child === undefined) throw new Problem(`${name} does not run.`, 'Start it first.');
      expected.add(child);
      child.kill(signal);
      if (signal !== 'SIGKILL') return;
      await child.ended;
      running.delete(name);
    },
    async restart(name) {
      await stopOne(name);
      await starters[name]();
    },
    stop,
  };
}

function clusterOf(cluster: Cluster | null): Cluster {
  if (cluster === null) throw new Error('the cluster is not up yet');
  return cluster;
}

/** The worker's key serves every clinic; it is made once, before the worker starts. */
async function ensureWorkerKey(open: () => Promise<Services>, secrets: SecretFiles): Promise<void> {
  const services = await open();
  try {
    if (existsSync(secrets.workerKey) && readFileSync(secrets.workerKey, 'utf8').trim() !== '') return;
    const key = await createKey(services, { name: 'worker', clinic: null, capabilities: ['worker'] });
    secret(secrets.workerKey, () => key.secret);
  } finally {
    await services.database.close();
  }
}
