// A token bucket per connection: the vendors state limits but send no headers, so the client counts.

export interface RateLimit {
  /**
   * Take the next turn: `goIn` seconds it may go (0: now). Where that is longer than `patienceSeconds`, or the vendor said "too
   * many", nothing is taken and `againIn` tells when to ask again.
   */
  take(now: Date, patienceSeconds: number): { readonly goIn: number } | { readonly againIn: number };
  /** The vendor said "too many": nothing may go for `seconds`. */
  hold(now: Date, seconds: number): void;
  /**
   * Take a place among the `most` calls that may be under way at once in `pool`: a function that gives it back, to be called once.
   * Null where no place came free within `patienceSeconds`, or `signal` aborted.
   */
  enter(pool: string, most: number, patienceSeconds: number, signal: AbortSignal): Promise<(() => void) | null>;
}

/** `perSecond` requests flow in, at most `burst` wait in the bucket; below zero it tells how many wait for their turn. */
export class TokenBucket implements RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number | null = null;
  #heldUntil = 0;
  readonly #pools = new Map<string, Pool>();

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

  enter(pool: string, most: number, patienceSeconds: number, signal: AbortSignal): Promise<(() => void) | null> {
    const known = this.#pools.get(pool) ?? new Pool();
    this.#pools.set(pool, known);
    return known.enter(most, patienceSeconds, signal);
  }
}

/** Places for calls under way; who waits longest is served first. */
export class Pool {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  enter(most: number, patienceSeconds: number, signal: AbortSignal): Promise<(() => void) | null> {
    if (signal.aborted) return Promise.resolve(null);
    if (this.#taken < most) return Promise.resolve(this.#take());
    return new Promise((resolve) => {
      const admit = (): void => {
        settle();
        resolve(this.#take());
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        settle();
        resolve(null);
      };
      const timer = setTimeout(giveUp, patienceSeconds * 1000);
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(admit);
    });
  }

  #take(): () => void {
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
      this.#waiting.shift()?.();
    };
  }
}
