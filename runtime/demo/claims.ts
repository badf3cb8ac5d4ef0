// The claims of the demo clinic: exported once, checked by the flow at its time, and what became of them.
import { join } from 'node:path';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { ask, until } from './flow-api.ts';
import { pull } from './pull.ts';
import type { Json } from './surfaces.ts';
import { list } from './surfaces.ts';

/** How fast the simulated payers acknowledge, decide and pay: whoever approves a claim sees its end. */
const pace = { processSeconds: 15, decideSeconds: 90, paySeconds: 30 };

/** Lets the sandbox export the clinic's claims for the last weeks and the charts behind them, and its payers work. */
export async function dropClaims(stack: Stack, today: string): Promise<void> {
  await pull(stack, 'adjudication/pace', { pace });
  await pull(stack, 'webpt/claims', {
    claims: join(stack.therabillDrop, 'claims'),
    charts: join(stack.webptDrop, 'charts'),
    today,
  });
}

/** What needs a person before a claim can leave, by kind of work item. */
const waiting = {
  'claim.submit': 'nothing stands against it; a biller approves it, then it is sent',
  'claim.fix': 'must be corrected; the item has the rule, the facts and the fix',
  'claim.held': 'something is uncertain, such as another coverage on that day',
  'claim.followUp': 'the payer must be asked by a person',
  'claim.denied': 'denied; the draft of a correction or an appeal is there',
} as const;

async function counts(stack: Stack): Promise<[string, number][]> {
  const rows: [string, number][] = [];
  for (const kind of Object.keys(waiting)) {
    const items: readonly Json[] = list(
      (await ask(stack, 'GET', `/v1/work-items?status=open&limit=500&kind=${kind}`))['items'],
    );
    rows.push([kind, items.length]);
  }
  return rows;
}

/** Waits until the flow has checked the claims and the number of those that wait has settled. False: not in time. */
export async function firstCheck(stack: Stack, milliseconds: number): Promise<boolean> {
  let last = 0;
  let same = 0;
  return until(milliseconds, async () => {
    const now = (await counts(stack)).reduce((sum, [, count]) => sum + count, 0);
    same = now > 0 && now === last ? same + 1 : 0;
    last = now;
    return same >= 5;
  });
}

/** What became of the claims; empty where there is none. */
export async function claimsTable(stack: Stack): Promise<string> {
  const rows = (await counts(stack)).filter(([, count]) => count > 0);
  if (rows.length === 0) return '';
  const meaning: Readonly<Record<string, string>> = waiting;
  return [
    `Claims that wait for a person: ${rows.reduce((sum, [, count]) => sum + count, 0)}`,
    table(
      ['item', 'claims', 'meaning'],
      rows.map(([kind, count]) => [kind, String(count), meaning[kind] ?? '']),
    ),
    '',
  ].join('\n');
}
