// The memory of the simulated Jane: sign-ins, what was changed in its records, subscriptions to webhooks and what was sent to them.
import { StateStore } from '../rest/state-store.ts';
import type { Fault } from './faults.ts';
import type { JaneChange } from './records.ts';

/** A person's leave, until the code is redeemed. Instants are milliseconds by Jane's clock. */
interface Code {
  readonly code: string;
  readonly realm: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly audience: string;
  readonly scope: string;
  readonly until: number;
}

interface Session {
  readonly session: string;
  readonly realm: string;
  readonly audience: string;
  readonly scope: string;
  readonly refresh: string;
  readonly until: number;
}

interface Token {
  readonly value: string;
  readonly audience: string;
  readonly until: number;
}

export interface Subscription {
  readonly id: string;
  readonly topic: string;
  readonly url: string;
  readonly secret: string;
  readonly at: string;
}

/** A webhook that was sent: what the receiver said, never what was in it. */
export interface Sent {
  readonly eventId: string;
  readonly topic: string;
  readonly status: number | null;
}

interface JaneState {
  readonly codes: readonly Code[];
  readonly sessions: readonly Session[];
  readonly tokens: readonly Token[];
  readonly changes: readonly JaneChange[];
  readonly subscriptions: readonly Subscription[];
  readonly sent: readonly Sent[];
  /** By how much Jane's clock is ahead of everybody's; negative: behind. */
  readonly clockAheadSeconds: number;
  /** So many calls a minute to one endpoint; null: any number. */
  readonly callsAMinute: number | null;
}

export type JaneStore = StateStore<JaneState, Fault>;

export function janeStore(folder: string): JaneStore {
  return new StateStore<JaneState, Fault>(folder, 'jane-app', {
    codes: [],
    sessions: [],
    tokens: [],
    changes: [],
    subscriptions: [],
    sent: [],
    clockAheadSeconds: 0,
    callsAMinute: null,
  });
}
