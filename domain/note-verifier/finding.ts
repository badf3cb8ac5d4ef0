// What the verifier finds in a document: each with its place in the text and what would resolve it.
import type { FromSchema } from 'json-schema-to-ts';

/** What kind of statement is not supported. */
export const findingClasses = [
  'number',
  'unit',
  'side',
  'part',
  'grade',
  'assistance',
  'code',
  'date',
  'negation',
  'exercise',
  'statement',
  'trend',
  'quote',
  'dropped',
  'carried',
  'contradiction',
  'citation',
  'author',
  'last-note',
] as const;
export type FindingClass = (typeof findingClasses)[number];

export const noteFindingSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['class', 'severity', 'section', 'sentence', 'from', 'to', 'message', 'fix', 'pointers'],
  properties: {
    class: { enum: findingClasses },
    /** `block`: no signature before a person has resolved it. `ask`: shown, and it may stand. */
    severity: { enum: ['block', 'ask'] },
    /** Index of the section and of the sentence in it; null: the document as a whole. */
    section: { type: ['integer', 'null'], minimum: 0 },
    sentence: { type: ['integer', 'null'], minimum: 0 },
    /** Offsets in the sentence. */
    from: { type: 'integer', minimum: 0 },
    to: { type: 'integer', minimum: 0 },
    message: { type: 'string', minLength: 1, phi: 'clinicalText' },
    fix: { type: 'string', minLength: 1 },
    /** Places of the record that speak of it. */
    pointers: { type: 'array', items: { type: 'string' } },
  },
} as const;

export type NoteFinding = FromSchema<typeof noteFindingSchema>;
