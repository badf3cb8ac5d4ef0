// Finds Chromium, or installs Debian's as root.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/** The first Chromium named by `GAIT_CHROMIUM` or found on the PATH, or null. */
export function findChromium(
  env: NodeJS.ProcessEnv,
  executable: (file: string) => boolean = isExecutable,
): string | null {
  const named = env['GAIT_CHROMIUM'];
  if (named !== undefined && named !== '') return executable(named) ? named : null;
  for (const name of names) {
    for (const folder of (env['PATH'] ?? '').split(delimiter)) {
      const file = join(folder, name);
      if (folder !== '' && executable(file)) return file;
    }
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of Chromium; throws a `Problem` when there is none. */
export function chromiumPath(): string {
  const found = findChromium(process.env);
  if (found !== null) return found;
  throw new Problem('No Chromium was found.', 'Install Chromium or set GAIT_CHROMIUM to its path.');
}

/** Installs Chromium with apt-get when this is root on Debian and there is none; otherwise leaves things as they are. */
export function ensureChromium(say: (line: string) => void): string {
  if (findChromium(process.env) === null && process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    say('Chromium: installing with apt-get, about 1 min …');
    try {
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'ignore' });
    } catch {
      throw new Problem(
        'Chromium could not be installed with apt-get.',
        'Install Chromium or set GAIT_CHROMIUM to its path.',
      );
    }
  }
  return chromiumPath();
}
