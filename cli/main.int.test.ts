// Every command tells its arguments when asked, and when it cannot use those it was given.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { typed } from './testing/typed.ts';

const commands = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== 'main.ts')
  .map((file) => file.slice(0, -'.ts'.length));

const gait = (...args: string[]) => typed(args);

test.each(commands)('gait %s --help prints its usage', (command) => {
  const ran = gait(command, 'add', '--help');
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(ran.stdout).toMatch(new RegExp(`^Usage: gait ${command} `));
});

test('an option that a command does not have is answered with the usage, and its value is not repeated', () => {
  const ran = gait('users', 'list', '--clinc=riverside');
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^Unknown option '--clinc'\.\n/);
  expect(ran.stderr).toContain('Usage: gait users create');
  expect(ran.stderr).not.toContain('riverside');
});
