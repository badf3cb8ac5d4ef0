// Every command tells its arguments when asked, and when it cannot use those it was given.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const commands = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== 'main.ts')
  .map((file) => file.slice(0, -'.ts'.length));

function gait(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GAIT_HOME: '/nonexistent' },
  });
  return { status, stdout, stderr };
}

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
