// Reads an X12 file that comes in chunks: what it holds and everything that is wrong with it.
import { Envelopes } from './envelopes.ts';
import type { X12File } from './file.ts';
import { Scanner } from './scanner.ts';
import type { Depth } from './transaction-check.ts';

/** A reader to which a file is handed in chunks of any size; it keeps the envelopes and the findings, no other segment. */
export class X12Reader {
  readonly #envelopes: Envelopes;
  readonly #scanner: Scanner;

  constructor(depth: Depth) {
    this.#envelopes = new Envelopes(depth);
    this.#scanner = new Scanner(this.#envelopes);
  }

  /** Reads on. Never throws; the chunk may be used again afterwards. */
  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  /** @returns what the file holds and what is wrong with it, in its order */
  end(): X12File {
    return this.#envelopes.end(this.#scanner.end());
  }
}
