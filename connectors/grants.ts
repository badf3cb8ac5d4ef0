// What a person's sign-in at a vendor left with Gait: tokens that change with every refresh and must outlive a restart.

/** Tokens of one connection. Instants are ISO UTC by Gait's own clock, so that a vendor's clock cannot make them last longer. */
export interface Grant {
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly refreshToken: string;
  /** Null where the vendor does not say. */
  readonly refreshExpiresAt: string | null;
  /** When a person signed in; kept over refreshes. */
  readonly signedInAt: string;
}

/**
 * Where the grant of one connection is kept, sealed like its secrets. Vendors give a refresh token once: whoever uses an old one loses
 * the sign-in, so a change is made by one at a time, over all processes.
 */
export interface GrantStore {
  read(): Promise<Grant | null>;
  /**
   * Alone: calls `change` with the grant as it is, keeps what it returns and returns that. Null: the grant stays as it is. It holds the
   * lock as long as `change` runs, which may be one call to the vendor.
   */
  replace(change: (current: Grant | null) => Promise<Grant | null>): Promise<Grant | null>;
}

/** A grant in memory, for tests and for a first sign-in. */
export class MemoryGrantStore implements GrantStore {
  #grant: Grant | null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(grant: Grant | null = null) {
    this.#grant = grant;
  }

  read(): Promise<Grant | null> {
    return Promise.resolve(this.#grant);
  }

  replace(change: (current: Grant | null) => Promise<Grant | null>): Promise<Grant | null> {
    const mine = this.#last.then(async () => {
      this.#grant = (await change(this.#grant)) ?? this.#grant;
      return this.#grant;
    });
    this.#last = mine.catch(() => null);
    return mine;
  }
}
