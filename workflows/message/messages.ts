// How the outside names, wakes and looks at the workflow of a message; the server imports this file and nothing else of it.

import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Channel } from '../../domain/outreach/words.ts';

/** The workflow's type name. */
export const messageWorkflowType = 'message';

/** A queue of its own: a flood of reminders never stands before a person's approval. */
export const messageTaskQueue = 'messages';

/** Where a message goes on after continue-as-new. */
export interface MessageInput {
  readonly clinic: string;
  readonly message: string;
  /** How often the clinic's flow was asked before. */
  readonly asked?: number;
}

/** One workflow per message, however often it is started. Both parts are opaque references. */
export function messageWorkflowId(clinic: string, message: string): string {
  return `message/${clinic}/${message}`;
}

/** What the server decides: sent over a channel, looked at again later or when something changes, or over. */
export type NextMove =
  | { readonly kind: 'send'; readonly channel: Channel }
  | { readonly kind: 'wait'; readonly until: string }
  | { readonly kind: 'over' };

/** Something about the message is new: the vendor's word, the patient's, a visit that was moved. */
export const messageChanged = defineSignal('changed');

export interface MessageState {
  readonly asked: number;
  readonly waitsUntil: string | null;
}

export const messageState = defineQuery<MessageState>('messageState');

/** Search attribute: readable by whoever may read Temporal, so a reference only. */
export const clinicAttribute = defineSearchAttributeKey('GaitClinic', 'KEYWORD');
