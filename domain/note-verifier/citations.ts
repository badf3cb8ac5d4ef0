// Whether the places a sentence names as its sources exist and hold the values it says they hold.
import type { Sentence } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import type { Doubt } from './sense.ts';

/** A pointer cut into its steps. */
interface Path {
  /** All steps but the last one, the same array for every pointer into one object. */
  readonly parent: readonly (string | number)[];
  readonly key: string | number;
}

/** So many pointers are kept cut; a record has fewer. */
const kept = 20_000;

/** Pointers cut into their steps, once for all documents: they name places, nothing of a patient. */
export class Paths {
  readonly #paths = new Map<string, Path>();
  readonly #parents = new Map<string, Path['parent']>();

  of(pointer: string): Path {
    return this.#paths.get(pointer) ?? this.#cut(pointer);
  }

  #cut(pointer: string): Path {
    if (this.#paths.size >= kept) {
      this.#paths.clear();
      this.#parents.clear();
    }
    const last = pointer.lastIndexOf('/');
    const above = pointer.slice(0, Math.max(0, last));
    let parent = this.#parents.get(above);
    if (parent === undefined) {
      parent = above.split('/').slice(1).map(stepOf);
      this.#parents.set(above, parent);
    }
    const path = { parent, key: stepOf(pointer.slice(last + 1)) };
    this.#paths.set(pointer, path);
    return path;
  }
}

function stepOf(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Looks values up by their JSON pointers; neighbours of the last one are found without the walk from the top. */
export class Pointers {
  readonly #source: NoteSource;
  readonly #paths: Paths;
  #parentPath: Path['parent'] | null = null;
  #parent: unknown = undefined;

  constructor(source: NoteSource, paths: Paths = new Paths()) {
    this.#source = source;
    this.#paths = paths;
  }

  /** The value at a pointer; undefined where there is none. */
  valueAt(pointer: string): unknown {
    const { parent, key } = this.#paths.of(pointer);
    if (parent !== this.#parentPath) {
      this.#parentPath = parent;
      this.#parent = walk(this.#source, parent);
    }
    return member(this.#parent, key);
  }
}

function walk(source: NoteSource, steps: Path['parent']): unknown {
  let here: unknown = source;
  for (const step of steps) here = member(here, step);
  return here;
}

function member(of: unknown, key: string | number): unknown {
  if (typeof of !== 'object' || of === null || (Array.isArray(of) && typeof key !== 'number')) return undefined;
  return (of as Readonly<Record<string | number, unknown>>)[key];
}

const noDoubts: readonly Doubt[] = [];

/** What a sentence names as its sources and the record does not hold. */
export function checkCitations(pointers: Pointers, { sources }: Sentence): readonly Doubt[] {
  let doubts = noDoubts;
  for (const { from, to, pointer, value } of sources)
    if (pointers.valueAt(pointer) !== value)
      doubts = [
        ...doubts,
        {
          class: 'citation',
          from,
          to,
          message: 'The record does not hold this at the place that is named as its source.',
          fix: 'Draft the sentence anew from the record.',
          pointers: [pointer],
        },
      ];
  return doubts;
}
