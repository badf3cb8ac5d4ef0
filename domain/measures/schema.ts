// Outcome measures as data: how each is scored, and which change is more than error and worth having (rules/measures). Never an item's wording.
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const number = { type: 'number' } as const;

const thresholdSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['population', 'scoreFrom', 'scoreTo', 'value', 'confidence', 'source'],
  properties: {
    /** Whom it was found in; `any`: taken where nothing closer is known. */
    population: text,
    /** The earlier scores it holds for, both included; null: no bound. */
    scoreFrom: { type: ['number', 'null'] },
    scoreTo: { type: ['number', 'null'] },
    /** In the measure's unit; percentage points where that is percent. */
    value: { type: 'number', exclusiveMinimum: 0 },
    confidence: { type: ['number', 'null'], exclusiveMinimum: 0, exclusiveMaximum: 1 },
    source: text,
  },
} as const;

const measureSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'measure',
    'effectiveFrom',
    'effectiveTo',
    'name',
    'unit',
    'better',
    'range',
    'answers',
    'scoring',
    'decimals',
    'source',
    'url',
    'detectable',
    'important',
    'marks',
  ],
  properties: {
    id: { type: 'string', pattern: '^[a-z-]+/[0-9]{4}$' },
    measure: { type: 'string', pattern: '^[a-z-]+$' },
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    name: text,
    unit: { enum: ['points', 'percent', 'seconds', 'meters'] },
    better: { enum: ['higher', 'lower'] },
    range: {
      type: 'object',
      additionalProperties: false,
      required: ['least', 'most'],
      properties: { least: number, most: number },
    },
    answers: {
      type: 'object',
      additionalProperties: false,
      required: ['countFrom', 'countTo', 'least', 'most', 'step', 'mayMiss', 'missingSource'],
      properties: {
        countFrom: { type: 'integer', minimum: 1 },
        countTo: { type: 'integer', minimum: 1 },
        least: number,
        most: number,
        step: { type: 'number', exclusiveMinimum: 0 },
        /** With more answers missing the score is unknown. */
        mayMiss: { type: 'integer', minimum: 0 },
        missingSource: text,
      },
    },
    /** `scaledMean`: the mean of the answers given, laid on 0 to 100. `single`: the one reading itself. */
    scoring: { enum: ['sum', 'scaledMean', 'mean', 'single'] },
    decimals: { type: 'integer', minimum: 0, maximum: 2 },
    source: text,
    url: text,
    /** The least change that is more than the error of measuring twice. */
    detectable: { type: 'array', items: thresholdSchema },
    /** The least change that patients call worth having. Empty: none is published that Gait goes by. */
    important: { type: 'array', items: thresholdSchema },
    /** Scores with a meaning of their own. */
    marks: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['at', 'side', 'words', 'source'],
        properties: { at: number, side: { enum: ['from', 'below'] }, words: text, source: text },
      },
    },
  },
} as const;

export const measureFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'An outcome measure',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'reviewBy', 'rows'],
  properties: { retrieved: date, reviewBy: date, rows: { type: 'array', minItems: 1, items: measureSchema } },
} as const;

export type Measure = FromSchema<typeof measureSchema>;
export type Threshold = FromSchema<typeof thresholdSchema>;
