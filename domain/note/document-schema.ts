// A document as it is drafted: sections of sentences, every value of a sentence with the place of the record it comes from.
import type { FromSchema } from 'json-schema-to-ts';
import { clinicianSchema } from '../session/schema.ts';
import { documentKinds } from './source-schema.ts';

const offset = { type: 'integer', minimum: 0 } as const;

export const sourceSpanSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'pointer', 'value'],
  properties: {
    /** Offsets in the sentence, `to` behind its last character. */
    from: offset,
    to: offset,
    /** JSON pointer into the source: `/session/rangeOfMotion/0/degrees`. */
    pointer: { type: 'string', pattern: '^(/[^/]+)+$' },
    value: { type: ['string', 'number', 'boolean', 'null'], phi: 'clinicalText' },
  },
} as const;

export const sentenceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['text', 'sources', 'gaps'],
  properties: {
    text: { type: 'string', minLength: 1, phi: 'clinicalText' },
    sources: { type: 'array', items: sourceSpanSchema },
    /** Places that say that something was not recorded; they stand in the text in square brackets. */
    gaps: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to'],
        properties: { from: offset, to: offset },
      },
    },
  },
} as const;

export const noteDocumentSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'NoteDocument',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'structure', 'title', 'date', 'author', 'sections'],
  properties: {
    kind: { enum: documentKinds },
    structure: { type: 'string', minLength: 1 },
    title: { type: 'string', minLength: 1 },
    date: { type: 'string', format: 'date', phi: 'visitTime' },
    author: { anyOf: [{ type: 'null' }, clinicianSchema] },
    sections: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'heading', 'sentences'],
        properties: {
          id: { type: 'string', minLength: 1 },
          heading: { type: 'string', minLength: 1 },
          sentences: { type: 'array', items: sentenceSchema },
        },
      },
    },
  },
} as const;

export type SourceSpan = FromSchema<typeof sourceSpanSchema>;
export type Sentence = FromSchema<typeof sentenceSchema>;
export type NoteDocument = FromSchema<typeof noteDocumentSchema>;
export type Section = NoteDocument['sections'][number];
