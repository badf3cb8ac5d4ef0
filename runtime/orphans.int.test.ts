// Nothing outlives its supervisor, however that one ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = async (pids: readonly number[], milliseconds: number): Promise<boolean> => {
  const until = Date.now() + milliseconds;
  while (pids.some(alive) && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
  return !pids.some(alive);
};

/** Two children that ignore the polite signals, one of which has a child of its own. */
const supervisor = (folder: string): string => `
  import { startChild, startWatchdog } from ${JSON.stringify(join(import.meta.dirname, 'children.ts'))};
  const watchdog = startWatchdog();
  const start = (name, script) => startChild({ name, command: 'sh', args: ['-c', script], env: process.env, cwd: ${JSON.stringify(folder)}, logFile: ${JSON.stringify(join(folder, 'log'))} }, watchdog);
  const stubborn = start('stubborn', "trap '' TERM INT; sleep 300 & echo $! > grandchild; wait; sleep 300");
  const plain = start('plain', 'exec sleep 300');
  setTimeout(() => console.log(JSON.stringify([stubborn.pid, plain.pid, watchdog.pid])), 500);
  setInterval(() => undefined, 1000);
`;

test.for(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a supervisor ended by %s leaves no child, no grandchild and no watchdog',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-orphans-'));
    const child = spawn(process.execPath, ['--input-type=module', '--eval', supervisor(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('\n')) await new Promise((done) => setTimeout(done, 50));
    const pids = said.match(/\d+/g)?.map(Number) ?? [];
    expect(pids).toHaveLength(3);
    expect(pids.every(alive)).toBe(true);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    expect(await gone(pids, 15_000)).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  },
);
