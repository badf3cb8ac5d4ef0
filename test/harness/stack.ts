// The whole stack for one test file: own folder, own ports, nothing left behind.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freeStackPorts } from '../../runtime/settings.ts';
import { type Stack, type StackOptions, startStack } from '../../runtime/stack.ts';

/** A stack and its removal. */
export interface TestStack {
  readonly stack: Stack;
  /** Stops every process and removes the folder. */
  remove(): Promise<void>;
}

/** Starts a stack on free ports in a temporary folder; `more` changes the options. Lines of progress are kept out of the output. */
export async function startTestStack(
  more: Partial<Pick<StackOptions, 'without' | 'environment' | 'sandboxSeed' | 'say' | 'durable'>> = {},
): Promise<TestStack> {
  const home = mkdtempSync(join('/tmp', 'gait-stack-'));
  chmodSync(home, 0o755);
  const remove = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const stack = await startStack({
      home,
      ports: await freeStackPorts(),
      say: () => undefined,
      durable: false,
      ...more,
    });
    return {
      stack,
      remove: async () => {
        await stack.stop();
        remove();
      },
    };
  } catch (error) {
    if (process.env['GAIT_KEEP'] === undefined) remove();
    throw error;
  }
}
