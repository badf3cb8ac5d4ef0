// The machine's scratch pad while it takes one event: the state so far and the commands so far.

import type { AuthorizationState, Command, Instant, Request } from './machine-state.ts';

/** Lives for one `advance` only; the state in it is replaced, never changed in place. */
export interface Draft {
  state: AuthorizationState;
  readonly at: Instant;
  readonly commands: Command[];
}

/** A scratch pad for an event at `at`. */
export function begin(state: AuthorizationState, at: Instant): Draft {
  return { state, at, commands: [] };
}

/** A number that was not used before in this life of the authorization. */
export function nextNumber(draft: Draft): number {
  const sequence = draft.state.sequence + 1;
  draft.state = { ...draft.state, sequence };
  return sequence;
}

/** Changes the request, if there is one. */
export function patch(draft: Draft, change: Partial<Request>): void {
  if (draft.state.request !== null) draft.state = { ...draft.state, request: { ...draft.state.request, ...change } };
}
