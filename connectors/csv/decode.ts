// The text of an exported file: which encoding its bytes are in, and the text piece by piece, so that a large one is never held whole.
import { isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** So many bytes of a character may wait for its last one. */
const longestTail = 3;

/** Whole characters at the end of the chunk: how many bytes belong to one that is not there whole. */
function tailOf(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(longestTail, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Tells the encoding of bytes that are shown chunk by chunk: Windows-1252 where they are no UTF-8, UTF-16 by its mark. */
export class EncodingProbe {
  #tail: Uint8Array = new Uint8Array();
  #marked: Encoding | null = null;
  #isUtf8 = true;
  #isFirst = true;

  show(chunk: Uint8Array): void {
    if (this.#isFirst && chunk.byteLength > 1) {
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#marked = 'utf-16le';
      if (chunk[0] === 0xfe && chunk[1] === 0xff) this.#marked = 'utf-16be';
    }
    this.#isFirst = this.#isFirst && chunk.byteLength === 0;
    if (!this.#isUtf8 || this.#marked !== null) return;
    const bytes = this.#tail.byteLength === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const tail = tailOf(bytes);
    this.#isUtf8 = isUtf8(bytes.subarray(0, bytes.byteLength - tail));
    this.#tail = Uint8Array.from(bytes.subarray(bytes.byteLength - tail));
  }

  /** Of what was shown, at its end. */
  get encoding(): Encoding {
    if (this.#marked !== null) return this.#marked;
    return this.#isUtf8 && this.#tail.byteLength === 0 ? 'utf-8' : 'windows-1252';
  }
}

/** The text of chunks; a byte-order mark is taken off. */
export async function* textOf(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

const chunkBytes = 65_536;

/** The text of a file that is held already. */
export async function* decoded(bytes: Uint8Array): AsyncGenerator<string, void> {
  const probe = new EncodingProbe();
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) probe.show(bytes.subarray(at, at + chunkBytes));
  const decoder = new TextDecoder(probe.encoding);
  for (let at = 0; at < bytes.byteLength; at += chunkBytes)
    yield await Promise.resolve(decoder.decode(bytes.subarray(at, at + chunkBytes), { stream: true }));
  yield decoder.decode();
}
