// When progress is worth a word: thresholds of the flags (rules/documentation/progress.json).
import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const count = { type: 'integer', minimum: 1 } as const;

const progressRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'notProgressing', 'goalMet', 'discharge', 'physician'],
  properties: {
    id: text,
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    /** Only after so many treatment days and days since the first score, both. */
    notProgressing: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'leastTreatmentDays', 'leastDays', 'source'],
      properties: { id: text, leastTreatmentDays: count, leastDays: count, source: text },
    },
    goalMet: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'source'],
      properties: { id: text, source: text },
    },
    /** So many of the newest readings of each measure within the error of measuring are a plateau. */
    discharge: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'plateauReadings', 'source'],
      properties: { id: text, plateauReadings: { type: 'integer', minimum: 2 }, source: text },
    },
    physician: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'worseReadings', 'source', 'symptoms'],
      properties: {
        id: text,
        worseReadings: count,
        source: text,
        symptoms: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['symptom', 'why'],
            properties: { symptom: text, why: text },
          },
        },
      },
    },
  },
} as const;

export const progressFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'When progress is worth a word',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'reviewBy', 'rows'],
  properties: { retrieved: date, reviewBy: date, rows: { type: 'array', minItems: 1, items: progressRuleSchema } },
} as const;

export type ProgressFlagRule = FromSchema<typeof progressRuleSchema>;
