// The files under version control, as text, for the tests that guard what may never enter the repository.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

const binary = /\.(png|jpg|ico|woff2?|whl|gz)$/;

export interface TrackedFile {
  readonly name: string;
  readonly text: string;
}

/** Every tracked or new (not ignored) text file, with its path from the root. */
export function trackedFiles(): TrackedFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.toString('utf8').split('\0'))]
    .filter((name) => name !== '' && !binary.test(name))
    .flatMap((name) => {
      try {
        return [{ name, text: readFileSync(path.join(root, name), 'utf8') }];
      } catch {
        return [];
      }
    });
}

/** Every place a pattern stands, as `file:line: text`. */
export function places(
  files: readonly TrackedFile[],
  pattern: RegExp,
  allowed: (match: string) => boolean = () => false,
): string[] {
  return files.flatMap(({ name, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`))]
          .filter((match) => !allowed(match[0]))
          .map((match) => `${name}:${index + 1}: ${match[0]}`),
      ),
  );
}
