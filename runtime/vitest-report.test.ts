// What a stage reports of a real run of Vitest over sample files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from './places.mjs';
import { readReport } from './stages.ts';
import { reportFile } from './vitest-report.ts';

test('each failure of a run is counted and named with its file and the first line of what it said', () => {
  mkdirSync(join(checkout, '.tsc'), { recursive: true });
  const folder = mkdtempSync(join(checkout, '.tsc', 'report-'));
  const sample = (name: string, ...lines: string[]): void =>
    writeFileSync(join(folder, name), ["import { beforeAll, expect, test } from 'vitest';", ...lines].join('\n'));
  sample('passes.sample.ts', "test('it holds', () => expect(1).toBe(1));", "test.todo('later');");
  sample('fails.sample.ts', "test('a claim is sent once', () => { throw new Error('it was sent twice\\nby us'); });");
  sample('unloaded.sample.ts', "throw new Error('no port');");
  sample('hook.sample.ts', "beforeAll(() => { throw new Error('no database'); });", "test('it is asked', () => {});");
  sample(
    'unhandled.sample.ts',
    "test('it passes', () => { void Promise.reject(new Error('nobody caught it')); return new Promise((done) => setTimeout(done, 50)); });",
  );
  const file = join(folder, 'report.json');
  const options = [
    '--reporter',
    join(checkout, 'runtime', 'vitest-report.ts'),
    '--root',
    folder,
    '--config',
    'none.ts',
  ];
  writeFileSync(join(folder, 'none.ts'), "export default { test: { include: ['*.sample.ts'] } };");
  try {
    const run = spawnSync(
      process.execPath,
      [join(checkout, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...options],
      {
        cwd: folder,
        env: { ...process.env, [reportFile]: file },
      },
    );
    const { count, failures } = readReport(file, run.status ?? 1);
    expect(failures.toSorted()).toEqual([
      'fails.sample.ts > a claim is sent once: it was sent twice',
      'hook.sample.ts: no database',
      'outside of any test: nobody caught it',
      'unloaded.sample.ts: no port',
    ]);
    expect(count).toEqual({ passed: 2, failed: 4, skipped: 2 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a run that broke off, or ended badly though it names no failure, has failed once', () => {
  expect(readReport('/nowhere/report.json', 1)).toMatchObject({ count: { passed: 0, failed: 1, skipped: 0 } });
  expect(readReport('/nowhere/report.json', 0)).toMatchObject({ count: { failed: 0 } });
});
