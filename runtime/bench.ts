// `npm run bench -- [NAME …] [--report]`: the measurements under bench/, one after another; non-zero when one misses its limit.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, measuredIn, pageOf } from './bench-report.ts';
import { checkout } from './places.mjs';
import { circumstances, writeProof } from './proof-report.ts';

const folder = join(checkout, 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !/(-data|\.test)\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
const given = process.argv.slice(2);
const wanted = given.filter((name) => name !== '--report');
const unknown = wanted.find((name) => !names.includes(name));

/** Runs one measurement, shows what it prints, and returns its exit status and its JSON line. */
function measure(name: string): Promise<{ status: number; measured: Measured | null }> {
  console.log(`── ${name}`);
  const child = spawn(process.execPath, [join(folder, `${name}.ts`)], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (part) => {
    printed += String(part);
    process.stdout.write(String(part));
  });
  return new Promise((done) => {
    child.once('error', () => done({ status: 1, measured: null }));
    child.once('close', (code) => done({ status: code ?? 1, measured: measuredIn(printed) }));
  });
}

if (unknown !== undefined) {
  console.error(`There is no measurement "${unknown}". There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  const results: Measured[] = [];
  for (const name of wanted.length === 0 ? names : wanted) {
    const { status, measured } = await measure(name);
    if (measured !== null) results.push(measured);
    if (status !== 0 || measured === null) process.exitCode = 1;
  }
  if (given.includes('--report')) {
    const now = circumstances();
    await writeProof('bench', pageOf(now, results), { ...now, results });
  }
}
process.disconnect?.();
