// Whether the places a sentence names as its sources exist and hold the values it says they hold.
import type { Sentence } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import type { Doubt } from './sense.ts';

/** Looks values up by their JSON pointers; neighbours of the last one are found without the walk from the top. */
export class Pointers {
  readonly #source: NoteSource;
  #parentPointer = '';
  #parent: unknown = undefined;

  constructor(source: NoteSource) {
    this.#source = source;
  }

  /** The value at a pointer; undefined where there is none. */
  valueAt(pointer: string): unknown {
    const last = lastSlash(pointer);
    if (last !== this.#parentPointer.length || !pointer.startsWith(this.#parentPointer)) {
      this.#parentPointer = pointer.slice(0, last);
      this.#parent = walk(this.#source, pointer, last);
    }
    return member(this.#parent, pointer.slice(last + 1));
  }
}

function lastSlash(pointer: string): number {
  let at = pointer.length - 1;
  while (at >= 0 && pointer.charCodeAt(at) !== 47) at--;
  return at;
}

function member(of: unknown, key: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  if (Array.isArray(of)) return of[Number(key)];
  return (of as Readonly<Record<string, unknown>>)[key];
}

function walk(source: NoteSource, pointer: string, end: number): unknown {
  let here: unknown = source;
  let from = 1;
  while (from <= end) {
    const next = pointer.indexOf('/', from);
    const to = next < 0 || next > end ? end : next;
    here = member(here, pointer.slice(from, to));
    from = to + 1;
  }
  return here;
}

export function checkCitations(pointers: Pointers, { sources }: Sentence): Doubt[] {
  const doubts: Doubt[] = [];
  for (const { from, to, pointer, value } of sources)
    if (pointers.valueAt(pointer) !== value)
      doubts.push({
        class: 'citation',
        from,
        to,
        message: 'The record does not hold this at the place that is named as its source.',
        fix: 'Draft the sentence anew from the record.',
        pointers: [pointer],
      });
  return doubts;
}
