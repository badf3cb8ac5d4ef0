// What a document may be made of: the session, the episode it belongs to, the sessions before it and who writes.
import type { FromSchema } from 'json-schema-to-ts';
import { clinicianSchema, sessionSchema } from '../session/schema.ts';
import { bodyParts, measureIds, motions, sides } from '../session/words.ts';

const words = { type: ['string', 'null'], minLength: 1, phi: 'clinicalText' } as const;
const someWords = { type: 'array', items: { type: 'string', minLength: 1, phi: 'clinicalText' } } as const;
const day = { type: ['string', 'null'], format: 'date', phi: 'visitTime' } as const;
const count = { type: ['integer', 'null'], minimum: 0 } as const;

export const documentKinds = [
  'evaluation',
  'daily',
  'progress',
  'plan-of-care',
  'recertification',
  'discharge',
  'letter',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

const goalSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'term', 'words', 'of', 'baseline', 'target', 'unit', 'due'],
  properties: {
    id: { type: 'string', minLength: 1 },
    term: { enum: ['short', 'long', null] },
    words: { type: 'string', minLength: 1, phi: 'clinicalText' },
    /** What its numbers measure: a motion of a joint, or an outcome measure. null: nothing that has a number. */
    of: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['part', 'motion', 'side'],
          properties: { part: { enum: bodyParts }, motion: { enum: motions }, side: { enum: [...sides, null] } },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['measure'],
          properties: { measure: { enum: measureIds } },
        },
      ],
    },
    baseline: { type: ['number', 'null'], phi: 'measurement' },
    target: { type: ['number', 'null'], phi: 'measurement' },
    unit: { enum: ['degrees', 'points', 'percent', 'seconds', 'meters', 'feet', 'of 10', 'of 5', null] },
    due: day,
  },
} as const;

export const episodeSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'diagnoses',
    'onset',
    'history',
    'priorFunction',
    'limitations',
    'precautions',
    'startOfCare',
    'treatmentDays',
    'goals',
    'plan',
    'rehabPotential',
    'dischargeReason',
    'dischargePlan',
    'askOfPhysician',
  ],
  properties: {
    diagnoses: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'words'],
        properties: { code: { type: 'string', minLength: 1, phi: 'diagnosis' }, words },
      },
    },
    onset: day,
    history: words,
    priorFunction: words,
    limitations: someWords,
    precautions: someWords,
    startOfCare: day,
    /** Days of treatment so far, this one included; two visits on one day are one. */
    treatmentDays: count,
    goals: { type: 'array', items: goalSchema },
    plan: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to', 'visitsPerWeek', 'weeks', 'interventions'],
          properties: { from: day, to: day, visitsPerWeek: count, weeks: count, interventions: someWords },
        },
      ],
    },
    rehabPotential: { enum: ['excellent', 'good', 'fair', 'guarded', null], phi: 'clinicalText' },
    dischargeReason: words,
    dischargePlan: words,
    /** What the physician is asked or told, in the clinician's words. */
    askOfPhysician: words,
  },
} as const;

const { $schema: _dialect, ...session } = sessionSchema;

export const noteSourceSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'NoteSource',
  type: 'object',
  additionalProperties: false,
  required: ['session', 'episode', 'earlier', 'author'],
  properties: {
    session,
    episode: episodeSchema,
    /** The sessions of this episode before this one, oldest first; the first is the baseline. */
    earlier: { type: 'array', items: session },
    /** Who answers for the document; null: nobody yet. */
    author: { anyOf: [{ type: 'null' }, clinicianSchema] },
  },
} as const;

export type NoteSource = FromSchema<typeof noteSourceSchema>;
export type Episode = NoteSource['episode'];
export type Goal = Episode['goals'][number];
