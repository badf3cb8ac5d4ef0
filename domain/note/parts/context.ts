// What every part of a document writes from, and the ways of writing that parts share.
import { maybeAt, plain, valueAt } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import type { Phrases } from '../phrases.ts';
import type { DocumentKind, NoteSource } from '../source-schema.ts';
import type { Topic } from '../../session/words.ts';

export interface PartContext {
  readonly kind: DocumentKind;
  readonly source: NoteSource;
  readonly phrases: Phrases;
}

/** Writes what the record holds for one part; each fragment becomes a sentence. */
export type Part = (context: PartContext) => readonly Fragment[];

/** `YYYY-MM-DD` as it is written in a note: 05/04/2026. */
export function dateAt(pointer: string, date: string | null): Fragment | undefined {
  return date === null
    ? undefined
    : valueAt(pointer, date, `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`);
}

/** Free words of the record: verbatim and in quotation marks, so that nobody takes them for the draft's. */
export function quoted(pointer: string, words: string | null): Fragment | undefined {
  return words === null ? undefined : valueAt(pointer, words, `“${words}”`);
}

interface Placed {
  readonly side: string | null;
  readonly part: string | null;
}

/** "left shoulder", "shoulder, both sides" or "lumbar spine"; undefined where no part is recorded. */
export function placeAt(pointer: string, { side, part }: Placed): Fragment | undefined {
  if (part === null) return undefined;
  const where = valueAt(`${pointer}/part`, part);
  if (side === null || side === 'midline') return where;
  const word = side === 'both' ? 'bilateral' : side;
  return {
    text: `${word} ${part}`,
    sources: [
      { from: 0, to: word.length, pointer: `${pointer}/side`, value: side },
      { from: word.length + 1, to: word.length + 1 + part.length, pointer: `${pointer}/part`, value: part },
    ],
    gaps: [],
  };
}

/** A closed word of the record in the clinic's wording: the phrase `group.word`, or the word itself. */
export function wordAt(phrases: Phrases, group: string, pointer: string, value: string | null): Fragment | undefined {
  if (value === null) return undefined;
  const id = `${group}.${value.replaceAll(' ', '-')}`;
  return maybeAt(pointer, value, phrases.has(id) ? phrases.say(id).text : value);
}

interface Marked {
  readonly carriedForward?: boolean;
  readonly unsure?: readonly { readonly field: string; readonly why: string }[];
}

/** Adds to a piece what its entry says of itself: carried forward, or not understood for sure. */
export function marked({ phrases }: PartContext, entry: Marked, piece: Fragment): Fragment {
  const carried = entry.carriedForward === true ? phrases.say('mark.carriedForward', { piece }) : piece;
  if (entry.unsure === undefined || entry.unsure.length === 0) return carried;
  const fields = plain(entry.unsure.map(({ field }) => fieldWords(field)).join(', '));
  const text = `[to confirm: ${fields.text}]`;
  return {
    text: `${carried.text} ${text}`,
    sources: carried.sources,
    gaps: [...carried.gaps, { from: carried.text.length + 1, to: carried.text.length + 1 + text.length }],
  };
}

/** `holdSeconds` as people say it: "hold seconds". */
function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** One sentence that names what is missing; knowingly left out, it says so. */
export function missing({ source, phrases }: PartContext, topic: Topic, what: string = topic): Fragment {
  const id = source.session.notAsked.includes(topic) ? 'gap.notAsked' : 'gap.notRecorded';
  const { text } = phrases.say(id, { what: plain(what) });
  const bracketed = `[${text}]`;
  return { text: bracketed, sources: [], gaps: [{ from: 0, to: bracketed.length }] };
}

/** Entries with their pointers, grouped in the order in which each group first appears. */
export function grouped<Entry>(
  pointer: string,
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
): { readonly entry: Entry; readonly pointer: string }[][] {
  const groups = new Map<string, { entry: Entry; pointer: string }[]>();
  entries.forEach((entry, at) => {
    const key = keyOf(entry);
    const group = groups.get(key);
    const placed = { entry, pointer: `${pointer}/${at}` };
    if (group === undefined) groups.set(key, [placed]);
    else group.push(placed);
  });
  return [...groups.values()];
}
