// Text under construction: words, values with their place in the record, and gaps where the record is silent.
import type { Sentence, SourceSpan } from './document-schema.ts';

/** A piece of text with the spans of its values and of its gaps; it becomes a sentence as it is. */
export type Fragment = Sentence;

/** A value of the record as it is written in a text. */
export function valueAt(pointer: string, value: string | number | boolean, text: string = String(value)): Fragment {
  return { text, sources: [{ from: 0, to: text.length, pointer, value }], gaps: [] };
}

/** As `valueAt`; undefined where the record holds nothing. */
export function maybeAt(
  pointer: string,
  value: string | number | boolean | null,
  text?: string | null,
): Fragment | undefined {
  return value === null || text === null ? undefined : valueAt(pointer, value, text);
}

/** Words that stand for no value of the record. */
export function plain(text: string): Fragment {
  return { text, sources: [], gaps: [] };
}

/** A place that says what was not recorded. */
export function gap(what: string): Fragment {
  const text = `[not recorded: ${what}]`;
  return { text, sources: [], gaps: [{ from: 0, to: text.length }] };
}

/** Collects pieces behind each other and moves their spans along. */
export class Pieces {
  #text = '';
  readonly #sources: SourceSpan[] = [];
  readonly #gaps: Sentence['gaps'] = [];

  words(text: string): this {
    this.#text += text;
    return this;
  }

  add({ text, sources, gaps }: Fragment): this {
    const by = this.#text.length;
    for (const { from, to, pointer, value } of sources)
      this.#sources.push({ from: from + by, to: to + by, pointer, value });
    for (const { from, to } of gaps) this.#gaps.push({ from: from + by, to: to + by });
    this.#text += text;
    return this;
  }

  done(): Fragment {
    return { text: this.#text, sources: this.#sources, gaps: this.#gaps };
  }
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly Fragment[], last = ' and '): Fragment {
  const pieces = new Pieces();
  items.forEach((item, at) => {
    if (at > 0) pieces.words(at === items.length - 1 ? last : ', ');
    pieces.add(item);
  });
  return pieces.done();
}

/** The same with a capital at its start and a full stop at its end. */
export function asSentence({ text, sources, gaps }: Fragment): Sentence {
  const stop = /[.!?\]]["”]?$/.test(text) ? '' : '.';
  // Joined, not added: whoever reads the text next finds its letters in one row.
  return { text: [text.slice(0, 1).toUpperCase(), text.slice(1), stop].join(''), sources, gaps };
}
