// What a record must hold for the work that follows, and what two records of one patient must agree in.
import type { FromSchema } from 'json-schema-to-ts';

export const auditFields = [
  'given',
  'family',
  'birthDate',
  'gender',
  'phone',
  'email',
  'address',
  'postalCode',
  'payer',
  'memberId',
  'referringProvider',
  'referringNpi',
  'diagnoses',
  'planOfCare',
] as const;

export type AuditField = (typeof auditFields)[number];

export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

const field = { enum: auditFields } as const;
const severity = { enum: severities } as const;

export const requirementsFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What a record must hold',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'source', 'fields', 'contradictions', 'contacts', 'auditEvery', 'oldestYears', 'sameFormat'],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    source: { type: 'string', minLength: 1 },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['field', 'severity', 'neededFor'],
        properties: {
          field,
          severity,
          neededFor: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        },
      },
    },
    contradictions: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['field', 'severity'],
        properties: { field, severity },
      },
    },
    /** When a patient counts as one whom nobody can reach. */
    contacts: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'failures', 'lookBackDays', 'unreachable', 'failing', 'wantsNone'],
      properties: {
        source: { type: 'string', minLength: 1 },
        /** So many messages in a row must have failed. */
        failures: { type: 'integer', minimum: 1 },
        lookBackDays: { type: 'integer', minimum: 1 },
        unreachable: severity,
        failing: severity,
        wantsNone: severity,
      },
    },
    /** How old an audit may get. */
    auditEvery: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'days'],
      properties: { source: { type: 'string', minLength: 1 }, days: { type: 'integer', minimum: 1 } },
    },
    /** Nobody is older. */
    oldestYears: { type: 'integer', minimum: 100 },
    /** Fields that a system should write in one way. */
    sameFormat: { type: 'array', items: field },
  },
} as const;

export type Requirements = FromSchema<typeof requirementsFileSchema>;
