// Access tokens of one connection: fetched once for many callers, replaced before they expire, dropped when a vendor refuses them.

/** A bearer token with the instant (epoch milliseconds) at which the vendor stops taking it. */
export interface AccessToken {
  readonly value: string;
  readonly expiresAt: number;
}

export interface TokenCache {
  /** The cached token of `key`, or the one `obtain` fetches; callers that arrive meanwhile share the same fetch. */
  get(key: string, now: Date, obtain: () => Promise<AccessToken>): Promise<AccessToken>;
  /** Forget `token` after the vendor refused it; a newer one under the same key stays. */
  drop(key: string, token: AccessToken): void;
}

/** Tokens are replaced this long before they expire, so that none expires between the check and the vendor's clock. */
const earlyMilliseconds = 45_000;

/** A token cache in memory. A failed fetch is not remembered. */
export class MemoryTokenCache implements TokenCache {
  readonly #tokens = new Map<string, AccessToken>();
  readonly #fetching = new Map<string, Promise<AccessToken>>();

  async get(key: string, now: Date, obtain: () => Promise<AccessToken>): Promise<AccessToken> {
    const cached = this.#tokens.get(key);
    if (cached && cached.expiresAt - earlyMilliseconds > now.getTime()) return cached;
    const running = this.#fetching.get(key);
    if (running) return running;
    const fetching = obtain()
      .then((token) => {
        this.#tokens.set(key, token);
        return token;
      })
      .finally(() => this.#fetching.delete(key));
    this.#fetching.set(key, fetching);
    return fetching;
  }

  drop(key: string, token: AccessToken): void {
    if (this.#tokens.get(key)?.value === token.value) this.#tokens.delete(key);
  }
}
