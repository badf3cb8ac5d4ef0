// Cuts a stream of bytes into X12 segments: any chunks, any delimiters, several interchanges with different ones.
import type { Delimiters } from './delimiters.ts';
import { headerWindow, isExactIsa, readHeader, startsIsa, withoutIsa } from './delimiters.ts';
import type { FindingCode } from './findings.ts';
import type { Ending, Span } from './segment.ts';
import { Segment } from './segment.ts';

/** Bytes that one segment may have. The longest of the transactions that payers exchange stay under 3 KB. */
export const segmentLimit = 65_536;

/** Who takes what a scanner finds, in the order of the file. */
export interface SegmentTaker {
  /** The segment is the same object every time: valid during the call. */
  take(segment: Segment): void;
  /** A fault outside any segment, `offset` bytes into the file. */
  fault(code: FindingCode, message: string, offset: number): void;
}

const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;
const tab = 9;
const letterI = 73;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const exactIsaBytes = 106;
const unknownDelimiters: Delimiters = { element: 0, component: null, repetition: null, segment: 0 };

type Mode = 'begin' | 'inside' | 'overlong' | 'search';

/** Holds the bytes of the current segment and of the current chunk, never more. */
export class Scanner {
  readonly #taker: SegmentTaker;
  readonly #span: Span;
  readonly #segment: Segment;
  #length = 0;
  /** Bytes of the file before the first one that is held. */
  #before = 0;
  #at = 0;
  #mode: Mode = 'begin';
  #hasDelimiters = false;
  #ended = false;
  /** Whether the control characters before the next segment have been reported. */
  #reported = false;

  constructor(taker: SegmentTaker) {
    this.#taker = taker;
    this.#span = {
      bytes: new Uint8Array(0),
      start: 0,
      end: 0,
      separators: new Uint32Array(segmentLimit),
      elements: 0,
      offset: 0,
      delimiters: unknownDelimiters,
      ascii: true,
      ending: 'terminator',
      padding: 0,
    };
    this.#segment = new Segment(this.#span);
  }

  /** Reads on. The chunk may be used again afterwards. */
  push(chunk: Uint8Array): void {
    this.#hold(chunk);
    while (this.#step());
  }

  /** Reads what is left. @returns the length of the file in bytes */
  end(): number {
    this.#ended = true;
    while (this.#step());
    return this.#before + this.#length;
  }

  #hold(chunk: Uint8Array): void {
    const span = this.#span;
    if (this.#length + chunk.length > span.bytes.length) {
      const { bytes, start } = span;
      if (segmentLimit + chunk.length > bytes.length) span.bytes = new Uint8Array(segmentLimit + chunk.length);
      span.bytes.set(bytes.subarray(start, this.#length));
      this.#before += start;
      this.#length -= start;
      this.#at -= start;
      span.start = 0;
    }
    span.bytes.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /** @returns whether something was done, so that there may be more to do with the bytes at hand */
  #step(): boolean {
    switch (this.#mode) {
      case 'begin':
        return this.#begin();
      case 'inside':
        return this.#inside();
      case 'overlong':
        return this.#leaveOverlong();
      case 'search':
        return this.#search();
    }
  }

  #begin(): boolean {
    const span = this.#span;
    this.#skipBetween();
    const held = this.#length - span.start;
    if (held === 0 || (held < 4 && !this.#ended)) return false;
    const first = span.bytes[span.start];
    if (!this.#hasDelimiters || first === byteOrderMark[0] || first === letterI) {
      const window = span.bytes.subarray(span.start, Math.min(span.start + headerWindow, this.#length));
      if (byteOrderMark.every((byte, index) => window[index] === byte)) {
        this.#fault('encoding', 'A byte order mark stands before a segment.');
        span.start += byteOrderMark.length;
        return true;
      }
      if (startsIsa(window, 0) || !this.#hasDelimiters) {
        if (held < headerWindow && !this.#ended) return false;
        if (this.#header(window)) return true;
      }
    }
    this.#startSegment();
    this.#mode = 'inside';
    return true;
  }

  /** Passes over blanks, newlines and, with a report, other control characters such as the Ctrl-Z at the end of a DOS file. */
  #skipBetween(): void {
    const { bytes, delimiters } = this.#span;
    for (; this.#span.start < this.#length; this.#span.start++) {
      const byte = bytes[this.#span.start] ?? 0;
      if (byte > blank || (this.#hasDelimiters && byte === delimiters.element)) return;
      if (byte === blank || byte === tab || byte === lineFeed || byte === carriageReturn) continue;
      if (this.#hasDelimiters && byte === delimiters.segment) return;
      if (!this.#reported) this.#fault('trailing.data', 'Control characters stand between segments.');
      this.#reported = true;
    }
  }

  /** Reads an ISA, or what can be told without one. @returns whether the scan goes on elsewhere than inside this segment */
  #header(window: Uint8Array): boolean {
    const span = this.#span;
    const isIsa = startsIsa(window, 0);
    const header = isIsa ? readHeader(window) : null;
    if (header !== null) {
      span.delimiters = header.delimiters;
      this.#hasDelimiters = true;
      this.#startSegment();
      this.#scan(span.start + header.end, null);
      span.padding = header.padding;
      this.#emit(span.start + header.end, 'terminator', span.start + header.next);
      span.padding = 0;
      return true;
    }
    if (this.#hasDelimiters) return false;
    const inferred = withoutIsa(window);
    if (inferred !== null) {
      span.delimiters = inferred;
      this.#hasDelimiters = true;
      return false;
    }
    if (!isIsa) this.#fault('isa.missing', 'The file does not begin with an ISA segment.');
    else if (window.length < exactIsaBytes) this.#fault('truncated', 'The file ends inside its ISA segment.');
    else this.#fault('isa.malformed', 'The ISA segment does not tell its delimiters.');
    // Not this one again.
    span.start++;
    this.#mode = 'search';
    return true;
  }

  #startSegment(): void {
    this.#reported = false;
    this.#at = this.#span.start;
    this.#span.elements = 0;
    this.#span.ascii = true;
  }

  #inside(): boolean {
    const span = this.#span;
    const terminator = span.delimiters.segment;
    const limit = span.start + segmentLimit;
    const stop = Math.min(this.#length, limit);
    this.#scan(stop, terminator);
    if (this.#at < stop) {
      const next = this.#at + 1;
      const end = terminator === lineFeed && span.bytes[this.#at - 1] === carriageReturn ? this.#at - 1 : this.#at;
      if (end > span.start) this.#emit(end, 'terminator', next);
      else this.#emptySegment(next);
      return true;
    }
    if (stop === limit) {
      // The last element that was begun is not whole.
      const end = span.elements === 0 ? limit : span.start + (span.separators[--span.elements] ?? 0);
      this.#emit(end, 'limit', limit);
      if (span.start === limit) this.#mode = 'overlong';
      return true;
    }
    if (!this.#ended) return false;
    this.#emit(this.#withoutBlanks(stop), terminator === lineFeed ? 'terminator' : 'file', stop);
    return true;
  }

  /** Notes the element separators up to `stop`, or up to the terminator where one comes before. The part that takes the time. */
  #scan(stop: number, terminator: number | null): void {
    const { bytes, start, separators } = this.#span;
    const { element } = this.#span.delimiters;
    let { elements, ascii } = this.#span;
    let at = this.#at;
    for (; at < stop; at++) {
      const byte = bytes[at];
      if (byte === terminator) break;
      if (byte === element) separators[elements++] = at - start;
      else if (byte !== undefined && byte > 127) ascii = false;
    }
    this.#at = at;
    this.#span.elements = elements;
    this.#span.ascii = ascii;
  }

  #emit(end: number, ending: Ending, next: number): void {
    const span = this.#span;
    const isa = this.#swallowedIsa(end);
    span.end = isa === null ? end : this.#withoutBlanks(isa);
    while (isa !== null && (span.separators[span.elements - 1] ?? -1) >= isa - span.start) span.elements--;
    span.ending = isa === null ? ending : 'interchange';
    span.offset = this.#before + span.start;
    this.#taker.take(this.#segment);
    span.start = isa ?? next;
    this.#mode = 'begin';
  }

  /** Where another interchange begins inside this segment, because a file was cut and the next one put behind it. */
  #swallowedIsa(end: number): number | null {
    const { bytes, start, elements } = this.#span;
    if (elements < 16) return null;
    for (let at = start + 1; at + exactIsaBytes - 1 <= end; at++) if (isExactIsa(bytes, at)) return at;
    return null;
  }

  #emptySegment(next: number): void {
    this.#fault('segment.id', 'A segment is empty.');
    this.#span.start = next;
    this.#mode = 'begin';
  }

  #leaveOverlong(): boolean {
    const span = this.#span;
    const terminator = span.bytes.indexOf(span.delimiters.segment, span.start);
    const found = terminator !== -1 && terminator < this.#length;
    span.start = found ? terminator + 1 : this.#length;
    if (found) this.#mode = 'begin';
    return found;
  }

  /** Looks for an ISA that cannot be anything else behind bytes that are no X12. */
  #search(): boolean {
    const span = this.#span;
    for (; span.start < this.#length; span.start++) {
      if (span.bytes[span.start] !== letterI) continue;
      const isWhole = this.#length - span.start >= exactIsaBytes;
      if (!isWhole && !this.#ended) return false;
      if (isWhole && isExactIsa(span.bytes, span.start)) {
        this.#mode = 'begin';
        return true;
      }
    }
    return false;
  }

  #withoutBlanks(end: number): number {
    const { bytes, start } = this.#span;
    let last = end;
    while (last > start && (bytes[last - 1] ?? 0) <= blank) last--;
    return last;
  }

  #fault(code: FindingCode, message: string): void {
    this.#taker.fault(code, message, this.#before + this.#span.start);
  }
}
