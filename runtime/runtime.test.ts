// The pure parts of starting: the order of sources, names of installations, sentences, counts and tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { installationName, matchesLock, npmEnvironment, npmFailure } from './install.mjs';
import { placesOf } from './places.mjs';
import { portTaken } from './ports.ts';
import { portsFrom, portTable } from './settings.ts';
import { measuredIn, pageOf } from './bench-report.ts';
import { lastLine, proofScale, proofStages, stagesOf, total } from './stages.ts';
import { table } from './table.ts';
import { devServerArguments, firstOf, isPinnedCli, sourcesOf } from './temporal-server.ts';

const source = (name: string, answer: () => string | null) => ({ name, obtain: () => Promise.resolve().then(answer) });

test('the first source that delivers wins and the later ones are not asked', async () => {
  const asked: string[] = [];
  const sources = ['PATH', 'cache', 'wheel'].map((name) =>
    source(name, () => {
      asked.push(name);
      return name === 'cache' ? '/there' : null;
    }),
  );
  const found = await firstOf('temporal', sources);
  expect(found).toMatchObject({ path: '/there', source: 'cache' });
  expect(asked).toEqual(['PATH', 'cache']);
});

test('a source that fails leads to the next one', async () => {
  const broken = source('download', () => {
    throw new Error('no route');
  });
  const found = await firstOf('temporal', [broken, source('wheel', () => '/wheel')]);
  expect(found.source).toBe('wheel');
  expect(found.tried).toMatchObject([{ name: 'download', said: 'no route' }]);
});

test('when no source delivers the sentence names every one and says what to do', async () => {
  await expect(firstOf('temporal', [source('PATH', () => null), source('wheel', () => null)])).rejects.toThrow(
    /PATH: not there; wheel: not there.*TEMPORAL_ADDRESS/,
  );
});

test('the sources come in the decided order', () => {
  expect(sourcesOf('temporal').map(({ name }) => name)).toEqual([
    'PATH',
    'cache',
    'download of the SDK',
    'PyPI wheel',
    'Go build',
  ]);
  expect(sourcesOf('temporal-test-server').map(({ name }) => name)).toEqual([
    'TEMPORAL_TEST_SERVER',
    'cache',
    'download of the SDK',
    'PyPI wheel',
    'Maven jar',
  ]);
});

test('only the pinned CLI with the pinned server is taken from the PATH', () => {
  expect(isPinnedCli('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)')).toBe(true);
  expect(isPinnedCli('temporal version 1.8.1 (Server 1.31.2, UI 2.50.1)')).toBe(false);
  expect(isPinnedCli('temporal version 1.8.2 (Server 1.31.20, UI 2.50.1)')).toBe(false);
});

test('the dev server has fairness on and every search attribute', () => {
  const args = devServerArguments({ port: 7312, uiPort: null, database: '/x/temporal.sqlite' });
  expect(args).toEqual(
    expect.arrayContaining(['matching.enableFairness=true', 'GaitActBy=Datetime', '--headless', '/x/temporal.sqlite']),
  );
});

test('an installation is named by its lock file, platform and processor', () => {
  const name = installationName('app', '{}', 'linux', 'x64');
  expect(name).toMatch(/^app-[0-9a-f]{16}$/);
  expect(installationName('app', '{}', 'linux', 'x64')).toBe(name);
  for (const other of [
    installationName('app', '{ }', 'linux', 'x64'),
    installationName('app', '{}', 'darwin', 'x64'),
    installationName('app', '{}', 'linux', 'arm64'),
  ]) {
    expect(other).not.toBe(name);
  }
});

test('an installation fits its lock file only with the same versions and hashes; an absent optional package is no fault', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/b': { version: '1.0.0', optional: true },
    },
  };
  const a = { version: '1.0.0', integrity: 'x' };
  expect(matchesLock(lock, { packages: { 'node_modules/a': a } })).toBe(true);
  expect(matchesLock(lock, { packages: {} })).toBe(false);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } })).toBe(false);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { ...a, integrity: 'y' } } })).toBe(false);
  expect(matchesLock(lock, { packages: { 'node_modules/a': a, 'node_modules/b': { version: '2.0.0' } } })).toBe(false);
});

test("npm's own variables do not reach a second npm, proxies and registries do", () => {
  const kept = npmEnvironment({
    npm_config_local_prefix: '/x',
    npm_package_name: 'gait',
    INIT_CWD: '/x',
    npm_config_registry: 'r',
    HTTPS_PROXY: 'p',
  });
  expect(kept).toEqual({ npm_config_registry: 'r', HTTPS_PROXY: 'p', NODE_ENV: 'development' });
});

test('a full disk and a closed network are said in one line with what to do', () => {
  expect(npmFailure('n8n', 'npm error code ENOSPC\nnpm error no space left on device')).toBe(
    'The disk is full: n8n could not be installed. Free some space and run the command again.',
  );
  expect(npmFailure('n8n', 'npm error code ENOTFOUND\nmore')).toMatch(
    /^npm could not install n8n \(ENOTFOUND\)\. Check the network/,
  );
  expect(npmFailure('n8n', '')).not.toContain('\n');
});

test('a taken port is named with its owner and the setting that moves it', () => {
  expect(portTaken('the server', 7310, 'GAIT_SERVER_PORT').message).toBe(
    'Port 7310, which the server needs, is taken. Stop the program that listens there, or choose another port with GAIT_SERVER_PORT.',
  );
});

test('the default ports are different, below the range the kernel hands out, and one given twice is refused', () => {
  const defaults = portsFrom({});
  const ports = portTable.map(({ key }) => defaults[key]);
  expect(new Set(ports).size).toBe(portTable.length);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  expect(() => portsFrom({ GAIT_N8N_PORT: '7310' })).toThrow('Port 7310 is given to both the server and n8n.');
  expect(() => portsFrom({ GAIT_N8N_PORT: 'x' })).toThrow('GAIT_N8N_PORT is not a port number.');
});

test('each checkout has its own state, all share the cache, and variables move both', () => {
  const one = placesOf({ HOME: '/home/a' }, 1000, '/one');
  const two = placesOf({ HOME: '/home/a' }, 1000, '/two');
  expect(one.home).not.toBe(two.home);
  expect(one.cache).toBe(two.cache);
  expect(one.home.startsWith('/home/a/.local/state/gait/')).toBe(true);
  expect(placesOf({}, 0, '/one').home.startsWith('/var/lib/gait/')).toBe(true);
  expect(placesOf({ GAIT_HOME: '/h', GAIT_CACHE: '/c' }, 0, '/one')).toEqual({ home: '/h', cache: '/c' });
});

test('a Chromium named by the user goes before the PATH, and a wrong name finds none', () => {
  const there = (file: string): boolean => ['/mine', '/usr/bin/chromium'].includes(file);
  expect(findChromium({ GAIT_CHROMIUM: '/mine', PATH: '/usr/bin' }, there)).toBe('/mine');
  expect(findChromium({ PATH: '/bin:/usr/bin' }, there)).toBe('/usr/bin/chromium');
  expect(findChromium({ GAIT_CHROMIUM: '/gone', PATH: '/usr/bin' }, there)).toBeNull();
});

const count = fc.record({ passed: fc.nat(1e6), failed: fc.nat(1e6), skipped: fc.nat(1e6) });

test('the last line says the sums of all stages and nothing else', () => {
  fc.assert(
    fc.property(fc.array(count), (counts) => {
      const all = total(counts);
      const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(lastLine(all)) ?? [];
      expect(Number(passed)).toBe(counts.reduce((sum, one) => sum + one.passed, 0));
      expect(Number(failed)).toBe(counts.reduce((sum, one) => sum + one.failed, 0));
      expect(all.skipped).toBe(counts.reduce((sum, one) => sum + one.skipped, 0));
    }),
  );
});

test('every column of a table begins at the same place in every line', () => {
  const lines = table(
    ['state', 'count'],
    [
      ['approved', '12'],
      ['in review', '3'],
    ],
  ).split('\n');
  expect(lines).toEqual(['state      count', '---------  -----', 'approved   12', 'in review  3']);
});

test('npm test runs the linter of n8n over the nodes, and the fault runs after the browser', () => {
  const stages = stagesOf('test');
  expect(stages.find(({ name }) => name === 'lint of the nodes')).toMatchObject({ folder: 'nodes' });
  expect(stages.map(({ name }) => name).slice(-2)).toEqual(['browser', 'e2e and fault']);
});

test('npm run proof is full scale unless it is told otherwise, and measures', () => {
  expect(proofScale([])).toEqual({ cycles: 3, seed: 1 });
  expect(proofScale(['--cycles', '5', '--seed', '42'])).toEqual({ cycles: 5, seed: 42 });
  for (const wrong of [['--cycles'], ['--cycles', '0'], ['--seed', 'x'], ['5'], ['--rounds', '2']])
    expect(() => proofScale(wrong)).toThrow('npm run proof takes --cycles and --seed');
  expect(proofStages({ cycles: 5, seed: 42 })).toMatchObject([
    { name: 'fault', environment: { GAIT_FAULT_ROUNDS: '5', GAIT_FAULT_SEED: '42' } },
    { name: 'eligibility night', environment: { GAIT_NIGHT_PATIENTS: '200' } },
    { name: 'four systems', environment: { GAIT_PROOF_PATIENTS: '500' } },
    { name: 'four systems read by a flow', environment: { GAIT_PROOF_PATIENTS: '500' } },
    { name: 'claims life', environment: { GAIT_CLAIM_CYCLES: '6' } },
    { name: 'fortnight of visits', environment: { GAIT_FORTNIGHT_VISITS: '1200', GAIT_FORTNIGHT_SEED: '42' } },
    { name: 'x12 fuzz', args: [expect.stringContaining('x12.ts'), '--seed', '42', '--report'] },
    { name: 'bench', args: [expect.stringContaining('bench.ts'), '--report'] },
  ]);
});

test('the report of the measurements holds the last line of each, its commit and its machine', () => {
  const measured = measuredIn('waiting …\n{"bench":"runs-out","seed":7,"ratio":0.4}\n{"level":30}\nbye\n');
  expect(measured).toEqual({ bench: 'runs-out', seed: 7, ratio: 0.4 });
  expect(measuredIn('{broken\nnothing')).toBeNull();
  const machine = { cpu: 'A processor', cores: 2, memoryGiB: 8, node: '24.0.0' };
  const now = { commit: 'abc', committed: true, date: '2026-11-21', machine };
  const page = pageOf(now, [{ bench: 'steps', ratio: 1.5, step: { p50: 3, p95: 4 } }]);
  expect(page).toContain('Commit `abc`, 2026-11-21, A processor, 2 cores, 8 GiB, Node 24.0.0.');
  expect(page).toContain('## steps\n\n| what | value |\n| --- | --- |\n| ratio | 1.5 |\n| step | p50 3, p95 4 |');
});
