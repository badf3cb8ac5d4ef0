// Waits for a process to say that it is ready.
import type { Child } from './children.ts';
import { Problem } from './problem.ts';

/** Resolves when `url` answers 200. Throws a `Problem` naming the log when the process ends first or the time is over. */
export async function ready(child: Child, url: string, milliseconds: number): Promise<void> {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    const end = child.end();
    if (end !== null) {
      const how = end.error ?? (end.signal === null ? `status ${end.code ?? 'unknown'}` : end.signal);
      throw new Problem(
        `${child.name} ended before it was ready (${how}).`,
        `Its reason stands at the end of ${child.logFile}.`,
      );
    }
    if (await answers(url)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  throw new Problem(`${child.name} was not ready within ${milliseconds / 1_000} s.`, `Its log is ${child.logFile}.`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
