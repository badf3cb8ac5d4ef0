// A person's change of a document: only words are taken; where the values come from is read out of the record anew.
import type { Trace } from '../note-verifier/verify.ts';
import { GaitError } from '../errors.ts';
import type { NoteDocument, Sentence, SourceSpan } from './document-schema.ts';
import type { NoteSource } from './source-schema.ts';

/** Who worded a sentence. */
export const writers = ['composer', 'model', 'person'] as const;
export type Writer = (typeof writers)[number];

/** For each section of a document, who worded each sentence. */
export type Writers = readonly (readonly Writer[])[];

export interface Edited {
  readonly document: NoteDocument;
  readonly writers: Writers;
}

export interface SectionTexts {
  readonly id: string;
  /** The sentences in their order; an empty one is taken out. */
  readonly texts: readonly string[];
}

/**
 * The document with these sentences. One that stands word for word in the same section keeps its sources and its writer;
 * any other is the person's own and names no source yet (`citedBy`).
 * @throws GaitError `input.invalid` where the sections are not those of the document
 */
export function withTexts(before: Edited, sections: readonly SectionTexts[]): Edited {
  const { document } = before;
  const same =
    sections.length === document.sections.length && sections.every(({ id }, at) => document.sections[at]?.id === id);
  if (!same)
    throw new GaitError('input.invalid', 'The sections are not those of the document.', {
      where: 'document.sections',
      fix: 'Keep every section in its place; change sentences only.',
    });
  const kept = document.sections.map(({ sentences }, section) => ({
    sentences,
    writers: before.writers[section] ?? [],
    used: new Set<number>(),
  }));
  const edited = sections.map(({ texts }, section) => {
    const own = kept[section] ?? { sentences: [], writers: [], used: new Set<number>() };
    return texts
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text): readonly [Sentence, Writer] => {
        const at = own.sentences.findIndex((sentence, index) => sentence.text === text && !own.used.has(index));
        const sentence = own.sentences[at];
        if (sentence === undefined) return [{ text, sources: [], gaps: gapsIn(text) }, 'person'];
        own.used.add(at);
        return [sentence, own.writers[at] ?? 'person'];
      });
  });
  return {
    document: {
      ...document,
      sections: document.sections.map((section, at) => ({
        ...section,
        sentences: (edited[at] ?? []).map(([sentence]) => sentence),
      })),
    },
    writers: edited.map((sentences) => sentences.map(([, writer]) => writer)),
  };
}

/** The places of a text that say what is missing: everything in square brackets that the composer writes so. */
export function gapsIn(text: string): Sentence['gaps'] {
  return [...text.matchAll(/\[(?:not recorded|to confirm|not asked or tested today):[^\]]*\]/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Whether a gap only says what was left out knowingly: it wants no answer. */
export function isLeftOut(text: string): boolean {
  return text.startsWith('[not asked or tested today:');
}

/** The document with sources for the sentences that name none, out of what the verifier traced in them. */
export function citedBy(document: NoteDocument, traces: readonly Trace[], source: NoteSource): NoteDocument {
  return {
    ...document,
    sections: document.sections.map((section, at) => ({
      ...section,
      sentences: section.sentences.map((sentence, index) => {
        if (sentence.sources.length > 0) return sentence;
        const own = traces.filter((trace) => trace.section === at && trace.sentence === index);
        return { ...sentence, sources: own.flatMap((trace) => spansOf(sentence.text, trace, source)) };
      }),
    })),
  };
}

/** The leaves below what a value was traced to whose value stands in it, each with the place in the sentence. */
function spansOf(text: string, { from, to, pointers }: Trace, source: NoteSource): SourceSpan[] {
  const words = text.slice(from, to).toLowerCase();
  return pointers.flatMap((pointer) =>
    leavesAt(source, pointer)
      .filter(({ value }) => stands(words, value))
      .map(({ pointer: leaf, value }) => ({ from, to, pointer: leaf, value })),
  );
}

function stands(words: string, value: SourceSpan['value']): boolean {
  if (typeof value === 'number') return (words.match(/-?\d+(?:\.\d+)?/g) ?? []).some((each) => Number(each) === value);
  return typeof value === 'string' && words.includes(value.toLowerCase());
}

interface Leaf {
  readonly pointer: string;
  readonly value: SourceSpan['value'];
}

function leavesAt(source: NoteSource, pointer: string): Leaf[] {
  let here: unknown = source;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof here !== 'object' || here === null) return [];
    here = Reflect.get(here, step);
  }
  return leavesOf(here, pointer);
}

function leavesOf(here: unknown, pointer: string): Leaf[] {
  if (here === null || here === undefined) return [];
  if (typeof here === 'string' || typeof here === 'number' || typeof here === 'boolean')
    return [{ pointer, value: here }];
  return Object.entries(here).flatMap(([key, value]) => leavesOf(value, `${pointer}/${key}`));
}
