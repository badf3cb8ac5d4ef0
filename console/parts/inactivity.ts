// Signs a person out after a time without any input, in every tab at once, with a warning before.

export interface InactivityOptions {
  readonly minutes: number;
  readonly warnSeconds: number;
  /** Called about once a second while the warning stands, with the seconds left. */
  onWarn(secondsLeft: number): void;
  /** Called when activity ends the warning. */
  onActive(): void;
  onExpired(): void;
}

const inputs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Begin with `start`; end with `stop`. Activity in another tab of the console counts through a broadcast channel. */
export class Inactivity {
  readonly #options: InactivityOptions;
  readonly #channel = new BroadcastChannel('gait-activity');
  #last = Date.now();
  #told = 0;
  #warning = false;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(options: InactivityOptions) {
    this.#options = options;
  }

  start(): void {
    this.#last = Date.now();
    for (const input of inputs) window.addEventListener(input, this.#onInput, { capture: true, passive: true });
    this.#channel.onmessage = () => this.#seen(Date.now());
    this.#timer = setInterval(() => this.#look(), 1000);
  }

  stop(): void {
    for (const input of inputs) window.removeEventListener(input, this.#onInput, { capture: true });
    this.#channel.close();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** A person said that they are still there. */
  stay(): void {
    this.#seen(Date.now());
    this.#tell();
  }

  // While the warning stands only its button counts, so that a nudged mouse does not keep a desk open.
  readonly #onInput = (): void => {
    if (this.#warning) return;
    this.#seen(Date.now());
    if (this.#last - this.#told > 5000) this.#tell();
  };

  #tell(): void {
    this.#told = this.#last;
    this.#channel.postMessage('active');
  }

  #seen(at: number): void {
    this.#last = at;
    if (!this.#warning) return;
    this.#warning = false;
    this.#options.onActive();
  }

  #look(): void {
    const left = this.#last + this.#options.minutes * 60_000 - Date.now();
    if (left <= 0) {
      this.stop();
      this.#options.onExpired();
    } else if (left <= this.#options.warnSeconds * 1000) {
      this.#warning = true;
      this.#options.onWarn(Math.ceil(left / 1000));
    }
  }
}
