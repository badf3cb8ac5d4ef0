// The messages of the demo clinic: who is reminded of the next visits, and how far each reminder has come.
import { addDays } from '../../domain/calendar.ts';
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { until } from './flow-api.ts';
import { adminOf } from './surfaces.ts';
import type { Json } from './surfaces.ts';
import { json, list } from './surfaces.ts';

/** Days ahead whose visits a reminder can be about. */
const days = [0, 1, 2];

async function visitsOf(stack: Stack, today: string): Promise<readonly Json[]> {
  const admin = await adminOf(stack);
  const pages = await Promise.all(
    days.map((ahead) => admin.get(`/v1/console/confirmations?day=${addDays(today, ahead)}`)),
  );
  return pages.flatMap((page) => list(page['visits']));
}

const isReminded = ({ message }: Json): boolean => typeof message === 'string';

/** Waits until the first reminders are written. False: not in time. */
export function firstReminders(stack: Stack, today: string, milliseconds: number): Promise<boolean> {
  return until(milliseconds, async () => (await visitsOf(stack, today)).some(isReminded));
}

function stateOf({ confirmation }: Json): string {
  const { words } = json(confirmation);
  return typeof words === 'string' ? words : 'unknown';
}

/** How far the reminders of the next visits have come; empty where none is written. */
export async function messagesTable(stack: Stack, today: string): Promise<string> {
  const reminded = (await visitsOf(stack, today)).filter(isReminded);
  if (reminded.length === 0) return '';
  const counts = Map.groupBy(reminded, stateOf);
  return [
    `Reminders of visits: ${reminded.length}`,
    table(
      ['state', 'reminders'],
      [...counts].map(([state, rows]) => [state, String(rows.length)]),
    ),
    '',
  ].join('\n');
}
