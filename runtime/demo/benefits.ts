// The first night of the demo clinic: coverage of everybody with a visit ahead, checked at once instead of at eight in the evening.
import type { Stack } from '../stack.ts';
import { table } from '../table.ts';
import { ask, until } from './flow-api.ts';
import type { Json } from './surfaces.ts';
import { list } from './surfaces.ts';

const words: Readonly<Record<string, string>> = {
  answered: 'the payer answered; a summary is there',
  rejected: 'the payer refused; the reason and the fix are in an item',
  failed: 'nobody could be asked; an item says why',
  byPhone: 'the payer gives no electronic answers; an item has the questions for the call',
  pending: 'the payer has not answered yet',
  open: 'not asked yet',
};

const checksOf = async (stack: Stack): Promise<readonly Json[]> =>
  list((await ask(stack, 'GET', '/v1/eligibility/checks?limit=500'))['items']);

const isOpen = ({ state }: Json): boolean => state === 'open' || state === 'pending';
const isAnswered = ({ state }: Json): boolean => state === 'answered';
const isDelivered = ({ deliveredAt }: Json): boolean => deliveredAt !== null;

/**
 * Draws up the night's batch now and waits until no check is open, then until every answer is delivered to billing, each for so long at
 * most. Resolves to how far it came.
 */
export async function firstNight(
  stack: Stack,
  milliseconds: { readonly answers: number; readonly deliveries: number },
): Promise<'asking' | 'delivering' | 'delivered'> {
  await ask(stack, 'POST', '/v1/eligibility/batches', { kind: 'overnight' });
  const isAsked = async (): Promise<boolean> => {
    const checks = await checksOf(stack);
    return checks.length > 0 && !checks.some(isOpen);
  };
  if (!(await until(milliseconds.answers, isAsked))) return 'asking';
  const isOver = async (): Promise<boolean> => (await checksOf(stack)).filter(isAnswered).every(isDelivered);
  return (await until(milliseconds.deliveries, isOver)) ? 'delivered' : 'delivering';
}

/** What became of the checks; empty where there was none. */
export async function benefitsTable(stack: Stack): Promise<string> {
  const checks = await checksOf(stack);
  if (checks.length === 0) return '';
  const counts = Map.groupBy(checks, ({ state }) => String(state));
  const answered = checks.filter(isAnswered);
  return [
    `Benefits checked: ${checks.length}, delivered to billing: ${answered.filter(isDelivered).length} of ${answered.length} answers`,
    table(
      ['state', 'checks', 'meaning'],
      [...counts].map(([state, rows]) => [state, String(rows.length), words[state] ?? '']),
    ),
    '',
  ].join('\n');
}
