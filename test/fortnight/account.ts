// What is known of a fortnight at its end: what the vendors took, by their own journals, and what Gait's books say of it. In memory,
// on the time-skipping server and on the real stack it has the same shape, so that one accountant reads all three.
import type { Channel, Purpose } from '../../domain/outreach/words.ts';

/** Something a vendor took: it went out. */
export interface Taken {
  readonly id: string;
  readonly channel: Channel;
  /** The number or address it went to. */
  readonly to: string;
  readonly at: string;
}

export interface BookedMessage {
  readonly ref: string;
  /** The story's patient. */
  readonly patient: string;
  readonly purpose: Purpose;
  /** The story's visit, or the offer; null: nothing in particular. */
  readonly about: string | null;
  readonly queuedAt: string;
  readonly until: string;
  /** null: not over. */
  readonly ending: string | null;
  readonly rule: string | null;
  readonly ways: readonly { readonly channel: Channel; readonly state: string; readonly reason: string | null }[];
  /** Work items that ask a person to call. */
  readonly calls: number;
}

export interface HeardReply {
  /** The vendor's id of it. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly at: string;
  /** When it was written; what was written several times in one moment has one. */
  readonly writtenAt: string;
}

export interface BookedReply {
  /** The vendor's id of it. */
  readonly id: string;
  readonly intent: string;
  /** The message it answers, or repeats the answer of. */
  readonly message: string | null;
  /** What became of it. `repeat`: the same words again, which were acted upon already. */
  readonly end: 'answer' | 'consent' | 'item' | 'repeat' | null;
}

export interface BookedSlot {
  readonly ref: string;
  /** The story's visit that was given up. */
  readonly visit: string;
  readonly phase: string;
  /** Entries of everybody who waited when it was opened. */
  readonly waiting: readonly string[];
  readonly lines: readonly {
    readonly entry: string;
    readonly words: string;
    /** null: not asked. */
    readonly outcome: string | null;
  }[];
  readonly holds: readonly string[];
  /** Open or settled items: the slot stayed free, somebody has to be booked. */
  readonly unfilledItems: number;
  readonly bookingItems: number;
}

export interface Word {
  /** The story's patient. */
  readonly patient: string;
  readonly state: 'granted' | 'revoked';
  readonly channels: readonly Channel[] | null;
  readonly categories: readonly string[] | null;
  readonly source: string;
  readonly at: string;
}

export interface Account {
  readonly taken: readonly Taken[];
  /** Gait's ledger of what left: which of them belongs to which message. */
  readonly sendings: readonly { readonly message: string; readonly channel: Channel; readonly vendorMessage: string }[];
  readonly messages: readonly BookedMessage[];
  readonly heard: readonly HeardReply[];
  readonly replies: readonly BookedReply[];
  readonly consents: readonly Word[];
  readonly slots: readonly BookedSlot[];
}
