// The levers of the sandbox as the demo pulls them.
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import type { Stack } from '../stack.ts';
import type { Json } from './surfaces.ts';

/** Pulls a lever. Throws a `Problem` where the sandbox does not take it. */
export async function pull(stack: Stack, lever: string, body: Json): Promise<void> {
  const response = await fetch(`${stack.urls.sandbox}/sandbox/${lever}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  await response.arrayBuffer();
  if (!response.ok)
    throw new Problem(
      `The sandbox did not take ${lever} (${response.status}).`,
      `Read ${join(stack.logs, 'sandbox.log')}.`,
    );
}
