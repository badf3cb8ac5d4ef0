// What the authorization's machine writes on its scratch pad while it takes one event.

import type { MachineDraft } from '../machine/draft.ts';
import type { AuthorizationState, Command, Request } from './machine-state.ts';

/** Lives for one `advance` only. */
export type Draft = MachineDraft<AuthorizationState, Command>;

/** Changes the request, if there is one. */
export function patch(draft: Draft, change: Partial<Request>): void {
  if (draft.state.request !== null) draft.state = { ...draft.state, request: { ...draft.state.request, ...change } };
}
