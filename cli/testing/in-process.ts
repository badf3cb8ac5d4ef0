// `gait` without a process of its own: for the many cases of one command, where starting Node takes longer than the command.
import { vi } from 'vitest';
import { dispatch } from '../shared/dispatch.ts';

/** Runs the command in this process, one at a time, and takes what it writes; `home` is the state folder it finds. */
export async function commanded(args: readonly string[], home = '/nonexistent') {
  const told = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof told) =>
    vi.spyOn(process[stream], 'write').mockImplementation((part) => {
      told[stream] += typeof part === 'string' ? part : Buffer.from(part).toString('utf8');
      return true;
    });
  vi.stubEnv('GAIT_HOME', home);
  const spies = [into('stdout'), into('stderr')];
  try {
    return { status: await dispatch(args), ...told };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
