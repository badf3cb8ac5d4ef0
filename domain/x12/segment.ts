// One segment as a view of the bytes it was read from: an element becomes a string only when it is asked for.
import type { Delimiters } from './delimiters.ts';

const blank = 32;

/** What ended a segment: `file` and `interchange` cut it short, at `limit` it was longer than a segment may be. */
export type Ending = 'terminator' | 'file' | 'interchange' | 'limit';

/** Where the current segment lies; its scanner changes it from segment to segment. */
export interface Span {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Positions of the element separators, counted from `start`. */
  readonly separators: Uint32Array;
  elements: number;
  offset: number;
  delimiters: Delimiters;
  ascii: boolean;
  ending: Ending;
  padding: number;
}

/** The current segment of a scanner. Whoever needs a part of it after the call that was handed it takes that part out. */
export class Segment {
  readonly #span: Span;
  /** Segment ids are few and come often. */
  readonly #ids = new Map<number, string>();
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(span: Span) {
    this.#span = span;
  }

  /** Two or three capitals and digits; empty where something else stands in their place. */
  get id(): string {
    const { bytes, start } = this.#span;
    const length = this.#elementStart(1) - 1 - start;
    if (length !== 2 && length !== 3) return '';
    const packed =
      ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (length === 3 ? (bytes[start + 2] ?? 0) : 0);
    const known = this.#ids.get(packed);
    if (known !== undefined) return known;
    const text = this.#text(start, start + length);
    // X12.6 Application Control Structure: a segment identifier begins with a letter.
    const id = /^[A-Z][A-Z0-9]{1,2}$/.test(text) ? text : '';
    if (id !== '') this.#ids.set(packed, id);
    return id;
  }

  /** Bytes before the segment in its file. */
  get offset(): number {
    return this.#span.offset;
  }

  /** How many elements follow the id. */
  get elements(): number {
    return this.#span.elements;
  }

  get ending(): Ending {
    return this.#span.ending;
  }

  /** Blanks between the last element and the terminator; counted for ISA, whose end is known without them. */
  get padding(): number {
    return this.#span.padding;
  }

  get delimiters(): Delimiters {
    return this.#span.delimiters;
  }

  /** Whether its bytes are UTF-8. Where they are not, they are read as ISO 8859-1, in which every byte is a character. */
  get isUtf8(): boolean {
    const { bytes, start, end, ascii } = this.#span;
    return ascii || this.#decode(bytes.subarray(start, end)) !== null;
  }

  /** `ISA06`: an element as the standard names it. */
  nameOf(element: number): string {
    return `${this.id}${String(element).padStart(2, '0')}`;
  }

  /** Bytes of an element; 0 where there is none. */
  width(element: number): number {
    return Math.max(0, this.#elementEnd(element) - this.#elementStart(element));
  }

  /** Whether an element is empty, holds nothing but blanks or is not there. */
  isBlank(element: number): boolean {
    const end = this.#elementEnd(element);
    for (let at = this.#elementStart(element); at < end; at++) if (this.#span.bytes[at] !== blank) return false;
    return true;
  }

  /** An element by its number in the standard, from 1; empty where there is none. */
  element(element: number): string {
    return this.#text(this.#elementStart(element), this.#elementEnd(element));
  }

  /** The repetitions of an element: one where it does not repeat. */
  repetitions(element: number): string[] {
    return this.#pieces(this.#elementStart(element), this.#elementEnd(element), this.#span.delimiters.repetition).map(
      ([from, to]) => this.#text(from, to),
    );
  }

  /** The components of an element, or of one of its repetitions, counted from 0. */
  components(element: number, repetition = 0): string[] {
    const { delimiters } = this.#span;
    const all = this.#pieces(this.#elementStart(element), this.#elementEnd(element), delimiters.repetition);
    const [from, to] = all[repetition] ?? [0, 0];
    return this.#pieces(from, to, delimiters.component).map(([first, last]) => this.#text(first, last));
  }

  #elementStart(element: number): number {
    const { start, end, separators, elements } = this.#span;
    return element > elements ? end + 1 : start + (separators[element - 1] ?? 0) + 1;
  }

  #elementEnd(element: number): number {
    const { start, end, separators, elements } = this.#span;
    return element >= elements ? end : start + (separators[element] ?? 0);
  }

  #pieces(from: number, to: number, separator: number | null): [number, number][] {
    const pieces: [number, number][] = [];
    let first = from;
    if (separator !== null)
      for (let at = from; at < to; at++)
        if (this.#span.bytes[at] === separator) {
          pieces.push([first, at]);
          first = at + 1;
        }
    pieces.push([first, Math.max(first, to)]);
    return pieces;
  }

  #text(from: number, to: number): string {
    const { bytes, ascii } = this.#span;
    if (!ascii) {
      const text = this.isUtf8 ? this.#decode(bytes.subarray(from, to)) : null;
      if (text !== null) return text;
    }
    let text = '';
    for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
    return text;
  }

  #decode(bytes: Uint8Array): string | null {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      return null;
    }
  }
}
