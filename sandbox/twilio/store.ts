// The memory of the simulated Twilio: messages and calls, who said STOP, and where statuses and replies are told.
import { StateStore } from '../rest/state-store.ts';
import type { Fault } from './faults.ts';

/** A message or a call. Instants are ISO UTC by Twilio's clock. */
export interface TwilioItem {
  readonly sid: string;
  readonly of: 'message' | 'call';
  readonly direction: 'outbound-api' | 'inbound';
  readonly to: string;
  readonly from: string;
  readonly service: string | null;
  /** The text of a message, the TwiML of a call. */
  readonly text: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly callback: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

/** A webhook that was sent: what the receiver said, never what was in it. */
interface Told {
  readonly sid: string;
  readonly status: string;
  readonly answer: number | null;
}

interface TwilioState {
  readonly items: readonly TwilioItem[];
  /** Numbers of who said STOP. */
  readonly optedOut: readonly string[];
  readonly told: readonly Told[];
  readonly clockAheadSeconds: number;
  /** What Twilio signs its webhooks with. */
  readonly authToken: string;
  /** Where replies are told; null: nowhere. */
  readonly smsUrl: string | null;
  /** Statuses go out by themselves, so many milliseconds apart; null: only when the lever is pulled. */
  readonly deliverAfterMilliseconds: number | null;
  /** Whether a reply says what its keyword was taken for. */
  readonly advancedOptOut: boolean;
}

export type TwilioStore = StateStore<TwilioState, Fault>;

export function twilioStore(folder: string): TwilioStore {
  return new StateStore<TwilioState, Fault>(folder, 'twilio', {
    items: [],
    optedOut: [],
    told: [],
    clockAheadSeconds: 0,
    authToken: 'sandbox-auth-token',
    smsUrl: null,
    deliverAfterMilliseconds: 500,
    advancedOptOut: false,
  });
}
