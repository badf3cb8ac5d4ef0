// Builds the console once for all browser tests: they run side by side and serve the same pages.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../console/build.mjs')]);
}
