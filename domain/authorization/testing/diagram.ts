// The ways between an authorization's states, as a table and as a picture; a test holds both against the machine.

import type { RequestState } from '../machine-state.ts';

/** From, to. */
export const transitions: readonly (readonly [RequestState, RequestState])[] = [];

/** The table as a mermaid state diagram; holds and closings, possible from everywhere, are drawn once. */
export function diagram(): string {
  const lines = transitions.map(([from, to]) => `  ${from} --> ${to}`);
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> none', ...lines, '```'].join('\n');
}
