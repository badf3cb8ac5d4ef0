// MLLP: a message between a vertical tab and a file separator with a carriage return, cut out of a stream with bounded memory.

const start = 0x0b;
const end = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** The largest message taken, in bytes. */
export const largestMessage = 2_000_000;
const headBytes = 4096;

/**
 * What is wrong with the framing. `bytesBeforeStart`: they were left out. `endMissing`: a message began within another, or the
 * connection ended within it: it was left out. `wrongTrailer`: no CR came after the end: the message was taken. `tooLarge`: left out.
 */
export type FramingFault = 'bytesBeforeStart' | 'endMissing' | 'wrongTrailer' | 'tooLarge';

export type Frame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** `head`: the beginning of a message that is too large, so that it can be refused by its control id. */
  | { readonly kind: 'fault'; readonly code: FramingFault; readonly head?: Buffer };

export function framed(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(start), message, Buffer.of(end, carriageReturn)]);
}

export class FrameDecoder {
  readonly #largest: number;
  #state: 'outside' | 'inside' | 'trailer' = 'outside';
  #strayTold = false;
  /** The message so far: the first `#size` bytes, never more than the largest one. */
  #buffer = Buffer.alloc(0);
  #size = 0;

  constructor(largest = largestMessage) {
    this.#largest = largest;
  }

  /** Whether a message has begun and not ended. */
  get inside(): boolean {
    return this.#state === 'inside';
  }

  /** Grows by doubling: a sender who sends byte by byte costs no more than one who does not. */
  #keep(part: Buffer): void {
    const size = this.#size + part.length;
    if (size <= this.#largest) {
      if (size > this.#buffer.length) {
        const grown = Buffer.alloc(Math.min(this.#largest, Math.max(size, this.#buffer.length * 2)));
        this.#buffer.copy(grown, 0, 0, this.#size);
        this.#buffer = grown;
      }
      part.copy(this.#buffer, this.#size);
    } else if (this.#size <= this.#largest) {
      // Of what is too large only the head is kept.
      const head = this.#buffer.subarray(0, Math.min(this.#size, headBytes));
      this.#buffer = Buffer.concat([head, part.subarray(0, headBytes - head.length)]);
    }
    this.#size = size;
  }

  #finish(): Frame {
    const isLarge = this.#size > this.#largest;
    const bytes = isLarge ? this.#buffer : this.#buffer.subarray(0, this.#size);
    this.#buffer = Buffer.alloc(0);
    this.#size = 0;
    return isLarge ? { kind: 'fault', code: 'tooLarge', head: bytes } : { kind: 'message', bytes };
  }

  #begin(): void {
    this.#state = 'inside';
    this.#strayTold = false;
    this.#buffer = Buffer.alloc(0);
    this.#size = 0;
  }

  /** Takes bytes that are no message. A line end between messages harms nobody. */
  #outside(chunk: Buffer, frames: Frame[]): number {
    const next = chunk.indexOf(start);
    const stray = chunk.subarray(0, next === -1 ? undefined : next);
    const isBlank = stray.every((byte) => byte === carriageReturn || byte === lineFeed);
    if (!isBlank && !this.#strayTold) {
      this.#strayTold = true;
      frames.push({ kind: 'fault', code: 'bytesBeforeStart' });
    }
    if (next === -1) return chunk.length;
    this.#begin();
    return next + 1;
  }

  #trailer(byte: number, frames: Frame[]): number {
    this.#state = 'outside';
    if (byte === carriageReturn) return 1;
    frames.push({ kind: 'fault', code: 'wrongTrailer' });
    return byte === lineFeed ? 1 : 0;
  }

  #inside(chunk: Buffer, frames: Frame[]): number {
    const stop = chunk.indexOf(end);
    const again = chunk.indexOf(start);
    if (again !== -1 && (stop === -1 || again < stop)) {
      frames.push({ kind: 'fault', code: 'endMissing' });
      this.#begin();
      return again + 1;
    }
    this.#keep(chunk.subarray(0, stop === -1 ? undefined : stop));
    if (stop === -1) return chunk.length;
    this.#state = 'trailer';
    frames.push(this.#finish());
    return stop + 1;
  }

  /** The frames that are complete with these bytes. A message is complete at its end byte: whoever forgets the CR is not kept waiting. */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let rest = Buffer.from(bytes);
    while (rest.length > 0) {
      const step =
        this.#state === 'inside'
          ? this.#inside(rest, frames)
          : this.#state === 'trailer'
            ? this.#trailer(rest[0] ?? 0, frames)
            : this.#outside(rest, frames);
      rest = rest.subarray(step);
    }
    return frames;
  }

  /** The stream has ended. */
  close(): Frame[] {
    const broken = this.#state === 'inside';
    this.#state = 'outside';
    this.#buffer = Buffer.alloc(0);
    return broken ? [{ kind: 'fault', code: 'endMissing' }] : [];
  }
}
