// How the outside names, wakes and looks at the workflow of a freed slot; the server imports this file and nothing else of it.

import { defineQuery, defineSignal } from '@temporalio/workflow';

/** The workflow's type name. */
export const waitlistWorkflowType = 'waitlistOffer';

/** A queue of its own: offers have minutes, and never stand behind a night's batch. */
export const waitlistTaskQueue = 'waitlist';

export interface SlotRef {
  readonly clinic: string;
  readonly slot: string;
}

/** One workflow per freed slot, however often it is started. Both parts are opaque references. */
export function waitlistWorkflowId(clinic: string, slot: string): string {
  return `waitlist/${clinic}/${slot}`;
}

/** What the server says after it moved the slot by the clock: looked at again then or when something changes, or over. */
export type SlotMove = { readonly kind: 'wait'; readonly until: string } | { readonly kind: 'over' };

/** Something about the slot is new: an answer, a booking, a message that reached nobody, staff took it back. */
export const slotChanged = defineSignal('changed');

export const slotWaits = defineQuery<{ readonly waitsUntil: string | null }>('slotWaits');
