// Composes a document out of the record alone: the same record, structure and phrases always give the same text.
import type { NoteDocument } from './document-schema.ts';
import { asSentence } from './fragment.ts';
import { parts } from './parts/all.ts';
import type { PartContext } from './parts/context.ts';
import type { Phrases } from './phrases.ts';
import type { NoteSource } from './source-schema.ts';
import type { DocumentStructure } from './structure.ts';

export interface ComposeInput {
  readonly source: NoteSource;
  /** Name of the record system whose structure it is. */
  readonly system: string;
  readonly structure: DocumentStructure;
  readonly phrases: Phrases;
}

/** The draft of a document; what the record does not hold stands in it as a gap in square brackets. */
export function compose({ source, system, structure, phrases }: ComposeInput): NoteDocument {
  const context: PartContext = { kind: structure.kind, source, phrases };
  return {
    kind: structure.kind,
    structure: system,
    title: structure.title,
    date: source.session.date,
    author: source.author,
    sections: structure.sections.map(({ id, heading, parts: names }) => ({
      id,
      heading,
      sentences: names.flatMap((name) => parts[name](context).map(asSentence)),
    })),
  };
}

/** The document as plain text: headings in capitals, a paragraph for each section. */
export function textOf({ title, sections }: Pick<NoteDocument, 'title' | 'sections'>): string {
  const written = sections
    .filter(({ sentences }) => sentences.length > 0)
    .map(({ heading, sentences }) => `${heading.toUpperCase()}\n${sentences.map(({ text }) => text).join(' ')}`);
  return [title, ...written].join('\n\n');
}
