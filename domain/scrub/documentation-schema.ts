// What the note of each service must tell (rules/scrub/tables/documentation.json): elements with the patterns by which their presence is seen.
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', minItems: 1, items: text } as const;
const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;

export const documentationElementSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['codes', 'words', 'kind', 'patterns', 'effective', 'source', 'url', 'retrieved', 'reviewBy', 'examples'],
  properties: {
    codes: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{5}$' } },
    /** What must be told, as it is said to the therapist: "the technique". */
    words: text,
    /**
     * `service`: without it the note does not tell that this service was given. `detail`: a reviewer looks for it.
     * `against`: where it is there, the note speaks of another service or level.
     */
    kind: { enum: ['service', 'detail', 'against'] },
    /** Regular expressions without regard to case; one that matches is enough. */
    patterns: texts,
    /** Whether an outcome measure taken at the visit tells it as well. */
    orOutcome: { type: 'boolean' },
    /** The days of service it is asked for, both included. */
    effective: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: nullableDate, to: nullableDate },
    },
    source: text,
    url: { type: ['string', 'null'] },
    retrieved: date,
    reviewBy: date,
    /** Made-up notes that have it and that lack it; a test holds the patterns against them. */
    examples: {
      type: 'object',
      additionalProperties: false,
      required: ['has', 'lacks'],
      properties: { has: texts, lacks: texts },
    },
  },
} as const;

export const documentationFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What the note of each service must tell',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', minItems: 1, items: documentationElementSchema } },
} as const;

export type DocumentationElement = FromSchema<typeof documentationElementSchema>;
