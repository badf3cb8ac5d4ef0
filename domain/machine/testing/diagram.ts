// The picture of a machine's states, made from the table of its ways, and the proof that both are true.

import { expect } from 'vitest';

/** From each state, the states one event may lead to. */
type Ways = Readonly<Partial<Record<string, readonly string[]>>>;

/** The table as pairs. */
function transitions(ways: Ways): readonly (readonly [string, string])[] {
  return Object.entries(ways).flatMap(([from, all = []]) => all.map((to) => [from, to] as const));
}

const apart: readonly string[] = ['held', 'closed'];

/** The picture; holding and closing are possible nearly everywhere and stand in words beside it. */
function diagram(ways: Ways, first: string): string {
  const pairs = transitions(ways);
  const drawn = pairs.filter(([from, to]) => !apart.includes(from) && !apart.includes(to));
  const listed = (found: readonly string[]): string => found.map((state) => `\`${state}\``).join(', ');
  const into = (state: string): string => listed(pairs.flatMap(([from, to]) => (to === state ? [from] : [])));
  const outOf = (state: string): string => listed(pairs.flatMap(([from, to]) => (from === state ? [to] : [])));
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${first}`,
    ...drawn.map(([from, to]) => `  ${from} --> ${to}`),
    '```',
    '',
    `- **held** is entered from ${into('held')}; it is left for ${outOf('held')}.`,
    `- **closed** is entered from ${into('closed')}; it is left for ${outOf('closed')}.`,
  ].join('\n');
}

/** Holds the table against the ways that were seen (`from --> to`), and the picture on its `page` against the table. */
export function expectShown(page: string, ways: Ways, first: string, seen: ReadonlySet<string>): void {
  const allowed = new Set(transitions(ways).map(([from, to]) => `${from} --> ${to}`));
  expect([...seen].filter((one) => !allowed.has(one)).sort()).toEqual([]);
  expect([...allowed].filter((one) => !seen.has(one)).sort()).toEqual([]);
  expect(page).toContain(diagram(ways, first));
}
