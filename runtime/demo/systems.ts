// The other systems of the demo clinic: where its notes are written, and the office it took over, which know many of its patients.
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import type { Stack } from '../stack.ts';

/** Beside WebPT and Therabill; the templates and examples use these names. */
export const otherSystems = [
  { name: 'BreezyNotes', system: 'breezyNotes', lever: 'breezy-notes' },
  { name: 'Raintree', system: 'raintree', lever: 'raintree' },
] as const;

/** The folder into which a system's reports are exported. */
export function dropOf(stack: Pick<Stack, 'home'>, system: (typeof otherSystems)[number]['system']): string {
  return join(stack.home, 'drop', system);
}

/** Lets each export what it holds of the clinic's people, with some doubles, contradictions and rows nobody can read. */
export async function dropOtherSystems(stack: Stack, today: string): Promise<void> {
  for (const { system, lever } of otherSystems) {
    const response = await fetch(`${stack.urls.sandbox}/sandbox/${lever}/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        folder: dropOf(stack, system),
        today,
        systems: ['webpt', ...otherSystems.map((one) => one.system)],
        duplicates: 2,
        conflicts: 3,
        badRows: 2,
        disagreements: 4,
      }),
      signal: AbortSignal.timeout(30_000),
    });
    await response.arrayBuffer();
    if (!response.ok)
      throw new Problem(
        `The sandbox did not export ${system} (${response.status}).`,
        `Read ${join(stack.logs, 'sandbox.log')}.`,
      );
  }
}
