// Gait's API as a flow of the demo clinic may use it, and waiting for what it shows.
import { readFileSync } from 'node:fs';
import type { Stack } from '../stack.ts';
import type { Json } from './surfaces.ts';
import { json } from './surfaces.ts';

/** Asks with the key of the clinic's flows. */
export async function ask(stack: Stack, method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const key = readFileSync(stack.secrets.flowsKey, 'utf8').trim();
  const response = await fetch(`${stack.urls.server}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(60_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return json(await response.json());
}

/** Looks every second, for so long at most. */
export async function until(milliseconds: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + milliseconds;
  do {
    if (await isSo()) return true;
    await new Promise((done) => setTimeout(done, 1_000));
  } while (Date.now() < end);
  return false;
}
