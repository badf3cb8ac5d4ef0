// The scratch pad of a machine while it takes one event: the state so far and the commands so far.

import type { Instant } from './times.ts';

/** Lives for one `advance` only; the state in it is replaced, never changed in place. */
export interface MachineDraft<State, Command> {
  state: State;
  readonly at: Instant;
  readonly commands: Command[];
}

/** A scratch pad for an event at `at`. */
export function begin<State, Command>(state: State, at: Instant): MachineDraft<State, Command> {
  return { state, at, commands: [] };
}

/** A number that was not used before in this life of the record. */
export function nextNumber<State extends { readonly sequence: number }, Command>(
  draft: MachineDraft<State, Command>,
): number {
  const sequence = draft.state.sequence + 1;
  draft.state = { ...draft.state, sequence };
  return sequence;
}
