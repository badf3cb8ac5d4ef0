// The rule data of verification: what each kind of document must tell, who may write it, and what is too large a leap.
import type { FromSchema } from 'json-schema-to-ts';
import { documentKinds } from '../note/source-schema.ts';
import { credentials } from '../session/words.ts';

const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;

const cited = {
  id: text,
  source: text,
  url: { type: ['string', 'null'] },
  retrieved: date,
  reviewBy: date,
  effectiveFrom: date,
  effectiveTo: { type: ['string', 'null'], format: 'date' },
} as const;
const citedFields = ['id', 'source', 'url', 'retrieved', 'reviewBy', 'effectiveFrom', 'effectiveTo'] as const;

export const toldKinds = [
  'report',
  'pain',
  'motion',
  'strength',
  'test',
  'gait',
  'balance',
  'activity',
  'measure',
  'intervention',
  'homeProgram',
  'goal',
] as const;

export const verificationFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rules of verification',
  type: 'object',
  additionalProperties: false,
  required: ['authors', 'mustTell', 'leaps'],
  properties: {
    /** Who may be the author of a document, and whether a clinician must have taken part in what it reports. */
    authors: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'kind', 'credentials', 'needsClinicianSession', 'message'],
        properties: {
          ...cited,
          kind: { enum: documentKinds },
          credentials: { type: 'array', minItems: 1, items: { enum: credentials } },
          needsClinicianSession: { type: 'boolean' },
          message: text,
        },
      },
    },
    /** Findings of the session that a document of a kind may not drop. */
    mustTell: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [...citedFields, 'kind', 'facts'],
        properties: { ...cited, kind: { enum: documentKinds }, facts: { type: 'array', items: { enum: toldKinds } } },
      },
    },
    /** Changes between two sessions from which on a person is asked. */
    leaps: {
      type: 'object',
      additionalProperties: false,
      required: [...citedFields, 'degrees', 'gradeSteps', 'painPoints', 'assistanceLevels'],
      properties: {
        ...cited,
        degrees: { type: 'integer', minimum: 1 },
        gradeSteps: { type: 'integer', minimum: 1 },
        painPoints: { type: 'integer', minimum: 1 },
        assistanceLevels: { type: 'integer', minimum: 1 },
      },
    },
  },
} as const;

export type VerificationRules = FromSchema<typeof verificationFileSchema>;
