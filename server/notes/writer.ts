// Who words a draft: the composer, or whatever stands in its place and falls back to it.
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import { compose } from '../../domain/note/compose.ts';
import type { ComposeInput } from '../../domain/note/compose.ts';
import type { Writers } from '../../domain/note/edit.ts';
import type { WrittenBy } from './tables.ts';

export interface WriteAsk extends ComposeInput {
  readonly clinic: string;
  /** The note's reference, for permits and the audit. */
  readonly note: string;
}

export interface Written {
  readonly document: NoteDocument;
  /** `model` as soon as one sentence is a model's. */
  readonly writtenBy: WrittenBy;
  /** For each section, who worded each sentence. */
  readonly writers: Writers;
}

/** Never throws for want of a model: what cannot be had from one is the composer's. Called outside of any transaction. */
export interface DraftWriter {
  write(ask: WriteAsk): Promise<Written>;
}

export const composerWriter: DraftWriter = {
  write(ask) {
    const document = compose(ask);
    const writers = document.sections.map(({ sentences }) => sentences.map(() => 'composer' as const));
    return Promise.resolve({ document, writtenBy: 'composer', writers });
  },
};
