// `npm run bench -- [NAME …]`: runs the measurements under bench/, one after another; exits non-zero when one misses its limit.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './places.mjs';

const folder = join(checkout, 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !/(-data|\.test)\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));

if (unknown !== undefined) {
  console.error(`There is no measurement "${unknown}". There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length === 0 ? names : wanted) {
    console.log(`── ${name}`);
    const { status } = spawnSync(process.execPath, [join(folder, `${name}.ts`)], { cwd: checkout, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
process.disconnect?.();
