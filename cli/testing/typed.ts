// `gait` as it is typed, in a process of its own at the root of the checkout.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What a process of the command line inherits: where programs are, and what was compiled already. */
export const inherited: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
};

/** Runs the command; `home` is the state folder it finds, by default none. */
export function typed(args: readonly string[], home = '/nonexistent') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...inherited, GAIT_HOME: home },
  });
  return { status, stdout, stderr };
}
