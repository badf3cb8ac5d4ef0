// The first night of the demo clinic: coverage of everybody with a visit ahead, checked at once instead of at eight in the evening.
import { readFileSync } from 'node:fs';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import type { Json } from './surfaces.ts';
import { json, list } from './surfaces.ts';

const words: Readonly<Record<string, string>> = {
  answered: 'the payer answered; a summary is there',
  rejected: 'the payer refused; the reason and the fix are in an item',
  failed: 'nobody could be asked; an item says why',
  byPhone: 'the payer gives no electronic answers; an item has the questions for the call',
  pending: 'the payer has not answered yet',
  open: 'not asked yet',
};

async function ask(stack: Stack, method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> {
  const key = readFileSync(stack.secrets.flowsKey, 'utf8').trim();
  const response = await fetch(`${stack.urls.server}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return json(await response.json());
}

const checksOf = async (stack: Stack): Promise<readonly Json[]> =>
  list((await ask(stack, 'GET', '/v1/eligibility/checks?limit=500'))['items']);

/** Draws up the night's batch now and waits until no check is open. False where some still are. */
export async function firstNight(stack: Stack, milliseconds: number): Promise<boolean> {
  await ask(stack, 'POST', '/v1/eligibility/batches', { kind: 'overnight' });
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    const checks = await checksOf(stack);
    const open = checks.filter(({ state }) => state === 'open' || state === 'pending');
    if (checks.length > 0 && open.length === 0) return true;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  return false;
}

/** What became of the checks; empty where there was none. */
export async function benefitsTable(stack: Stack): Promise<string> {
  const checks = await checksOf(stack);
  if (checks.length === 0) return '';
  const counts = Map.groupBy(checks, ({ state }) => String(state));
  const delivered = checks.filter(({ deliveredAt }) => deliveredAt !== null).length;
  return [
    `Benefits checked: ${checks.length}, summaries delivered to billing: ${delivered}`,
    table(
      ['state', 'checks', 'meaning'],
      [...counts].map(([state, rows]) => [state, String(rows.length), words[state] ?? '']),
    ),
    '',
  ].join('\n');
}
