// Documents of the test sessions, composed with the shipped phrases and structures.
import { phraseRows, structureRows } from '../../../rules/testing/documentation.ts';
import { compose } from '../compose.ts';
import type { NoteDocument } from '../document-schema.ts';
import { phrasesOf } from '../phrases.ts';
import type { DocumentKind, NoteSource } from '../source-schema.ts';
import { structureOf } from '../structure.ts';

export const narrative = phrasesOf(phraseRows, 'narrative');
export const brief = phrasesOf(phraseRows, 'brief');

export function draftOf(source: NoteSource, kind: DocumentKind, system = 'webpt', phrases = narrative): NoteDocument {
  return compose({ source, system, structure: structureOf(structureRows, system, kind), phrases });
}
