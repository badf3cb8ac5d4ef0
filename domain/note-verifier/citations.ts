// Whether the places a sentence names as its sources exist and hold the values it says they hold.
import type { Sentence } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import type { Doubt } from './sense.ts';

export function checkCitations(source: NoteSource, { sources }: Sentence): Doubt[] {
  const doubts: Doubt[] = [];
  for (const { from, to, pointer, value } of sources)
    if (valueAt(source, pointer) !== value)
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

/** The value at a JSON pointer; undefined where there is none. */
function valueAt(source: NoteSource, pointer: string): unknown {
  let here: unknown = source;
  let from = 1;
  while (from <= pointer.length) {
    let to = pointer.indexOf('/', from);
    if (to < 0) to = pointer.length;
    if (typeof here !== 'object' || here === null) return undefined;
    const key = pointer.slice(from, to);
    here = Object.hasOwn(here, key) ? (here as Readonly<Record<string, unknown>>)[key] : undefined;
    from = to + 1;
  }
  return here;
}
