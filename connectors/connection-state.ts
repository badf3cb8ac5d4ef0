// What a connection remembers between calls: its access tokens and its rate, one instance per connection and process.
import { TokenBucket } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import { MemoryTokenCache } from './token-cache.ts';
import type { TokenCache } from './token-cache.ts';

export interface ConnectionState {
  readonly tokens: TokenCache;
  readonly rate: RateLimit;
}

/** How fast a connection may ask: requests a second, and how many may go at once after a rest. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Where a system states nothing: Availity's demo plan was seen to allow 5 requests a second, its Standard plan 100: stay with the smaller. */
export const usualPace: Pace = { perSecond: 5, burst: 10 };

/** The states of all connections of this process, by connection id and revision: rotated credentials begin afresh. */
export class ConnectionStates {
  readonly #states = new Map<string, ConnectionState>();

  /** The state of connection `id`; a changed `revision` (of its config or secrets) drops tokens of the old credentials. */
  of(id: string, revision: string, pace: Pace = usualPace): ConnectionState {
    const key = `${id}/${revision}`;
    const known = this.#states.get(key);
    if (known) return known;
    for (const old of this.#states.keys()) if (old.startsWith(`${id}/`)) this.#states.delete(old);
    const state = { tokens: new MemoryTokenCache(), rate: new TokenBucket(pace.perSecond, pace.burst) };
    this.#states.set(key, state);
    return state;
  }
}
