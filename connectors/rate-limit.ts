// A token bucket per connection: the vendors state limits but send no headers, so the client counts.

export interface RateLimit {
  /**
   * Take the next turn: `goIn` seconds it may go (0: now). Where that is longer than `patienceSeconds`, or the vendor said "too
   * many", nothing is taken and `againIn` tells when to ask again.
   */
  take(now: Date, patienceSeconds: number): { readonly goIn: number } | { readonly againIn: number };
  /** The vendor said "too many": nothing may go for `seconds`. */
  hold(now: Date, seconds: number): void;
}

/** `perSecond` requests flow in, at most `burst` wait in the bucket; below zero it tells how many wait for their turn. */
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

  take(now: Date, patienceSeconds: number): { readonly goIn: number } | { readonly againIn: number } {
    const at = now.getTime();
    if (at < this.#heldUntil) return { againIn: (this.#heldUntil - at) / 1000 };
    const elapsed = Math.max(0, at - (this.#filledAt ?? at)) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perSecond);
    this.#filledAt = at;
    const turn = Math.max(0, (1 - this.#tokens) / this.#perSecond);
    if (turn > patienceSeconds) return { againIn: turn };
    this.#tokens -= 1;
    return { goIn: turn };
  }

  hold(now: Date, seconds: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, now.getTime() + seconds * 1000);
  }
}
