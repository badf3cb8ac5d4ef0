// What the claim's machine writes on its scratch pad while it takes one event.

import type { ClaimEventType } from './event-schema.ts';
import { nextNumber } from '../machine/draft.ts';
import type { MachineDraft } from '../machine/draft.ts';
import type { Instant } from '../machine/times.ts';
import type { ClaimState, Command, Submission } from './machine-state.ts';
import type { Phase } from './phases.ts';

/** Lives for one `advance` only. */
export type Draft = MachineDraft<ClaimState, Command>;

/** Changes the submission, if there is one. */
export function patch(draft: Draft, change: Partial<Submission>): void {
  const { submission } = draft.state;
  if (submission !== null) draft.state = { ...draft.state, submission: { ...submission, ...change } };
}

/** Goes on to a phase; a wait begins anew with its own deadline, everything else has none. */
export function goTo(draft: Draft, phase: Phase, dueBy: Instant | null = null): void {
  draft.state = { ...draft.state, phase, dueBy, isLate: false, attention: null };
}

/** Asks the server for the claim as it is now. */
export function assess(draft: Draft): void {
  draft.state = { ...draft.state, assessing: draft.at };
  draft.commands.push({ type: 'assess' });
}

/** Writes an event for the timeline and the books. */
export function noted(
  draft: Draft,
  type: ClaimEventType,
  more: { readonly by?: string; readonly workItem?: string | null; readonly detail?: string | null } = {},
): void {
  const { by = 'workflow', workItem = null, detail = null } = more;
  const { submission, origin } = draft.state;
  draft.commands.push({
    type: 'apply',
    event: {
      id: `${origin}/${nextNumber(draft)}`,
      type,
      at: draft.at,
      by,
      workItem,
      frequency: submission?.frequency ?? null,
      attempt: submission?.attempt ?? null,
      detail,
    },
  });
}

/** More than a claim hears within the days in which something may be delivered again. */
const heardRemembered = 100;

/** `true` the first time something is heard; later deliveries change nothing. */
export function isNew(draft: Draft, id: string): boolean {
  if (draft.state.heard.includes(id)) return false;
  draft.state = { ...draft.state, heard: [...draft.state.heard, id].slice(-heardRemembered) };
  return true;
}
