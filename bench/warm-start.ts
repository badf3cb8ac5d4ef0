// Warm `npm start` to ready, against n8n and the two databases alone over the same state folder: what Gait adds to the wait for n8n.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkout } from '../runtime/places.mjs';
import { freeStackPorts, portTable, type StackPorts } from '../runtime/settings.ts';
import { startStack } from '../runtime/stack.ts';
import { rounded, spread } from './support/numbers.ts';

const rounds = 3;

/** The lines of `npm start` that end its two parts: every process answers; the demo clinic's table is shown. */
const readyLine = /^Ready after/;
const shownLine = /^Gait runs/;

interface Start {
  readonly ready: number;
  readonly shown: number;
}

function portSettings(ports: StackPorts): Record<string, string> {
  return Object.fromEntries(portTable.map(({ key, setting }) => [setting, String(ports[key])]));
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

/** Runs `npm start` until it shows its table, stops it, and returns milliseconds from the spawn. */
async function startOnce(env: NodeJS.ProcessEnv): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(checkout, 'runtime', 'bootstrap.mjs'), 'start'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ready = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (readyLine.test(line)) ready = performance.now() - began;
    if (!shownLine.test(line)) continue;
    const shown = performance.now() - began;
    await end(child);
    return { ready, shown };
  }
  throw new Error('npm start ended before it was ready; run it by hand to see why.');
}

/** n8n, PostgreSQL and Temporal without anything of Gait. @returns milliseconds until n8n answers */
async function floorOnce(home: string, ports: StackPorts): Promise<number> {
  const began = performance.now();
  const stack = await startStack({
    home,
    ports,
    say: () => undefined,
    durable: true,
    without: ['server', 'worker', 'sandbox'],
  });
  const milliseconds = performance.now() - began;
  await stack.stop();
  return milliseconds;
}

const home = mkdtempSync(join(tmpdir(), 'gait-warm-start-'));
chmodSync(home, 0o755);
try {
  const ports = await freeStackPorts();
  const env = { ...process.env, GAIT_HOME: home, ...portSettings(ports) };
  const first = await startOnce(env);
  const [ready, shown, floor]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await floorOnce(home, ports));
    const warm = await startOnce(env);
    ready.push(warm.ready);
    shown.push(warm.shown);
  }
  console.log(
    JSON.stringify({
      bench: 'warm-start',
      unit: 'ms',
      rounds,
      ready: spread(ready),
      tableShown: spread(shown),
      floorIsN8nAndDatabasesAlone: spread(floor),
      firstReadyWithANewStateFolder: rounded(first.ready, 0),
      ratio: rounded(spread(ready).p50 / spread(floor).p50, 2),
    }),
  );
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
