// The words of dictation that a clinic may add to: rules/dictation/vocabulary.json.
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
/** A way to say it; one in capitals is heard in capitals only. */
const says = { type: 'array', minItems: 1, items: text } as const;
const named = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'says'],
    properties: { name: text, says },
  },
} as const;
/** With the one part of the body it is of; null: of several. */
const ofPart = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'says', 'part'],
    properties: { name: text, says, part: { type: ['string', 'null'], minLength: 1 } },
  },
} as const;

const vocabularySchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'effectiveFrom',
    'effectiveTo',
    'exercises',
    'services',
    'parts',
    'motions',
    'muscles',
    'symptoms',
    'tests',
    'measures',
    'balance',
    'activities',
    'devices',
    'deviations',
    'skills',
    'assistance',
    'responses',
    'progressions',
    'bands',
  ],
  properties: {
    id: text,
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    exercises: ofPart,
    services: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'says', 'code'],
        properties: { name: text, says, code: { type: ['string', 'null'], pattern: '^[0-9A-Z]{5}$' } },
      },
    },
    parts: named,
    motions: ofPart,
    muscles: ofPart,
    symptoms: named,
    tests: named,
    measures: named,
    balance: named,
    activities: named,
    devices: named,
    deviations: named,
    skills: named,
    assistance: named,
    responses: named,
    progressions: named,
    bands: named,
  },
} as const;

export const vocabularyFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The words of dictation',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'source', 'rows'],
  properties: { retrieved: date, source: text, rows: { type: 'array', minItems: 1, items: vocabularySchema } },
} as const;

export type Vocabulary = FromSchema<typeof vocabularySchema>;
