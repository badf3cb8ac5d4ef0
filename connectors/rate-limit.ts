// A token bucket per connection: the vendors state limits but send no headers, so the client counts.

export interface RateLimit {
  /** Take one request: 0 when it may go now, else the seconds until one may (nothing is taken then). */
  take(now: Date): number;
  /** The vendor said "too many": nothing may go for `seconds`. */
  hold(now: Date, seconds: number): void;
}

/** `perSecond` requests flow in, at most `burst` wait in the bucket. */
export class TokenBucket implements RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number | null = null;
  #heldUntil = 0;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
  }

  take(now: Date): number {
    const at = now.getTime();
    if (at < this.#heldUntil) return (this.#heldUntil - at) / 1000;
    const elapsed = Math.max(0, at - (this.#filledAt ?? at)) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perSecond);
    this.#filledAt = at;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return (1 - this.#tokens) / this.#perSecond;
  }

  hold(now: Date, seconds: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, now.getTime() + seconds * 1000);
  }
}
