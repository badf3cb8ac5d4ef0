// The door of every command: gets Node 24 and the packages, then hands over. Runs on Node 20.3 and later without a package.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureInstalled, hasOwnModules, installationFolder, InstallProblem, linkModules } from './install.mjs';
import { checkout, places } from './places.mjs';

const [command = '', ...args] = process.argv.slice(2);
const usesN8n = {
  start: true,
  demo: true,
  test: true,
  proof: true,
  bench: true,
  check: false,
  docs: false,
  cli: false,
};

/** Progress goes to stderr: a command's stdout may be JSON. */
const say = (line) => process.stderr.write(`${line}\n`);

async function node24(cache) {
  if (process.versions.node.split('.')[0] === '24') return process.execPath;
  const modules = join(await ensureInstalled('node', checkout, cache, say), 'node_modules');
  const name = readdirSync(modules).find((entry) => existsSync(join(modules, entry, 'bin', 'node')));
  if (name === undefined)
    throw new InstallProblem(
      `There is no Node 24 for ${process.platform} on ${process.arch} in the lock. Install Node 24 and run the command with it.`,
    );
  return join(modules, name, 'bin', 'node');
}

async function application(cache) {
  if (hasOwnModules(checkout)) return;
  linkModules(checkout, join(await ensureInstalled('app', checkout, cache, say), 'node_modules'));
}

/** Runs the command on Node 24; resolves to its exit status. Signals reach it; it ends when this process or npm above it ends. */
function handOver(node, env) {
  const target = join(checkout, command === 'cli' ? 'cli' : 'runtime', command === 'cli' ? 'main.ts' : `${command}.ts`);
  const child = spawn(node, [target, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1_000).unref();
  }
  const ended = new Promise((done) => {
    child.once('error', () => done(1));
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
  return { child, ended };
}

async function main() {
  if (!(command in usesN8n))
    throw new InstallProblem(
      'Usage: node runtime/bootstrap.mjs start|test|check|docs|proof|bench|demo|cli [arguments].',
    );
  const { home, cache } = places();
  const withN8n = usesN8n[command] && !existsSync(installationFolder('n8n', checkout, cache));
  // Node 24 and the application come first; n8n, the longest, is fetched at the same time and may still be under way at the hand-over.
  const n8n = withN8n ? ensureInstalled('n8n', checkout, cache, say) : Promise.resolve();
  n8n.catch(() => undefined);
  const [node] = await Promise.all([node24(cache), application(cache)]);
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const { child, ended } = handOver(node, {
    // What was compiled once is not compiled again, by any process of ours.
    NODE_COMPILE_CACHE: join(cache, 'compiled'),
    ...process.env,
    PATH: path,
    GAIT_HOME: home,
    GAIT_CACHE: cache,
  });
  const failed = new Promise((_done, fail) => n8n.catch((error) => (child.kill('SIGTERM'), fail(error))));
  return Promise.race([ended, failed]);
}

try {
  process.exit(await main());
} catch (error) {
  say(error instanceof InstallProblem ? error.message : (error.stack ?? String(error)));
  process.exit(1);
}
