// Builds what runs elsewhere than in Node 24 with types stripped: the console for browsers and the node package for n8n.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from './places.mjs';
import { Problem } from './problem.ts';

const run = promisify(execFile);

/** A hash over names and contents of the files a build reads, without what it writes. */
export function sourceHash(folder: string): string {
  const hash = createHash('sha256');
  const skipped = /(^|\/)(dist|node_modules)(\/|$)|\.test\.ts$/;
  for (const file of globSync('**/*', { cwd: folder })
    .filter((name) => !skipped.test(name))
    .sort()) {
    const path = join(folder, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Builds `console` or `nodes` when its sources changed since the last build. */
export async function build(name: 'console' | 'nodes', say: (line: string) => void): Promise<void> {
  const folder = join(checkout, name);
  const stamp = join(checkout, '.gait', 'build', name);
  const hash = sourceHash(folder);
  if (existsSync(join(folder, 'dist')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say(`${name}: building, about ${name === 'nodes' ? '6 s' : '1 s'} …`);
  try {
    await run(process.execPath, [join(folder, 'build.mjs')], { cwd: checkout });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Problem(
      `The build of ${name}/ failed (${output.split('\n')[0] ?? ''}).`,
      `Run node ${name}/build.mjs and read what it says.`,
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
