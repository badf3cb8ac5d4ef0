// The protocol library as data: phases with what begins them, interventions with their progression, measures and goals (rules/protocols).
import type { FromSchema } from 'json-schema-to-ts';
import { bodyParts, measureIds, motions } from '../session/words.ts';

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const date = { type: 'string', format: 'date' } as const;
const count = { type: ['integer', 'null'], minimum: 1 } as const;

const criterionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'motion', 'measure', 'side', 'value', 'words'],
  properties: {
    /** `clinician`: only a person can tell. */
    of: { enum: ['range', 'pain', 'measure', 'clinician'] },
    motion: { enum: [...motions, null] },
    measure: { enum: [...measureIds, null] },
    side: { enum: ['least', 'most', null] },
    value: { type: ['number', 'null'] },
    words: text,
  },
} as const;

export const interventionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name', 'kind', 'code', 'sets', 'repetitions', 'holdSeconds', 'progression', 'notWith'],
  properties: {
    /** Within the protocol: phase and place. */
    id: { type: 'string', pattern: '^[0-9]+\\.[0-9]+$' },
    name: text,
    kind: { enum: ['exercise', 'manual', 'balance', 'activity', 'gait', 'teaching', 'modality'] },
    /** The code it is usually charged under. */
    code: { type: 'string', pattern: '^[0-9A-Z]{5}$' },
    sets: count,
    repetitions: count,
    holdSeconds: count,
    /** By what it is made harder; null: not made harder. */
    progression: { type: ['string', 'null'], minLength: 1 },
    /** Limits of a patient with which it is left out. */
    notWith: texts,
  },
} as const;

export const protocolSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'condition',
    'version',
    'effectiveFrom',
    'effectiveTo',
    'name',
    'diagnoses',
    'part',
    'isSided',
    'population',
    'frequency',
    'measures',
    'precautions',
    'phases',
    'goals',
    'source',
    'url',
    'doseSource',
  ],
  properties: {
    id: { type: 'string', pattern: '^protocol\\.[a-z-]+/[0-9]{4}$' },
    condition: { type: 'string', pattern: '^[a-z-]+$' },
    /** Raised by a clinic's edit. */
    version: { type: 'integer', minimum: 1 },
    effectiveFrom: date,
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    name: text,
    /** Beginnings of ICD-10-CM codes; the longest that fits a diagnosis wins. */
    diagnoses: { type: 'array', minItems: 1, items: text },
    part: { enum: bodyParts },
    isSided: { type: 'boolean' },
    /** Whom the thresholds of measures are to be of; null: those of any. */
    population: { type: ['string', 'null'], minLength: 1 },
    /** Weeks one after another. */
    frequency: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['weeks', 'visitsPerWeek'],
        properties: { weeks: { type: 'integer', minimum: 1 }, visitsPerWeek: { type: 'integer', minimum: 1 } },
      },
    },
    measures: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['measure', 'everyTreatmentDays'],
        properties: { measure: { enum: measureIds }, everyTreatmentDays: { type: 'integer', minimum: 1 } },
      },
    },
    precautions: texts,
    phases: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name', 'begins', 'interventions'],
        properties: {
          id: text,
          name: text,
          /** All of it; the first phase asks for nothing. */
          begins: { type: 'array', items: criterionSchema },
          interventions: { type: 'array', minItems: 1, items: interventionSchema },
        },
      },
    },
    goals: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['term', 'weeks', 'of', 'key', 'value', 'words'],
        properties: {
          term: { enum: ['short', 'long'] },
          weeks: { type: 'integer', minimum: 1 },
          of: { enum: ['range', 'measure', 'pain'] },
          /** The motion, or the measure. */
          key: { enum: [...motions, ...measureIds] },
          /** `important`: the baseline and the least change worth having. */
          value: { anyOf: [{ type: 'number' }, { const: 'important' }] },
          words: text,
        },
      },
    },
    source: text,
    url: text,
    doseSource: text,
  },
} as const;

export const protocolFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A protocol',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'reviewBy', 'rows'],
  properties: { retrieved: date, reviewBy: date, rows: { type: 'array', minItems: 1, items: protocolSchema } },
} as const;

export type Protocol = FromSchema<typeof protocolSchema>;
export type Criterion = FromSchema<typeof criterionSchema>;
export type ProtocolIntervention = FromSchema<typeof interventionSchema>;
export type Phase = Protocol['phases'][number];
export type ProtocolGoal = Protocol['goals'][number];
