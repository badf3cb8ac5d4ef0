// What a request is filled from: the patient, the coverage, the plan of care and the clinician's own words.
import type { FromSchema } from 'json-schema-to-ts';
import { clinicalSchema, clinicianSchema, diagnosisSchema, providerSchema } from '../authorization/request-schema.ts';
import { coverageSchema } from '../coverage/schema.ts';
import { patientSchema } from '../patient/schema.ts';

export const planOfCareSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'visitsPerWeek', 'weeks', 'procedures'],
  properties: {
    from: { type: 'string', format: 'date' },
    /** null: the plan names no last day; `weeks` then tells how long it runs. */
    to: { type: ['string', 'null'], format: 'date' },
    visitsPerWeek: { type: ['integer', 'null'], minimum: 1 },
    weeks: { type: ['integer', 'null'], minimum: 1 },
    procedures: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'unitsPerVisit'],
        properties: {
          code: { type: 'string', minLength: 1 },
          unitsPerVisit: { type: ['integer', 'null'], minimum: 1 },
        },
      },
    },
  },
} as const;

const { $schema: _patientDialect, ...patient } = patientSchema;
const { $schema: _coverageDialect, ...coverage } = coverageSchema;

export const chartSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Chart',
  type: 'object',
  additionalProperties: false,
  required: [
    'patient',
    'coverage',
    'provider',
    'renderingProvider',
    'referringProvider',
    'planOfCare',
    'diagnoses',
    'clinical',
    'authorizationNumber',
  ],
  properties: {
    patient,
    coverage,
    provider: providerSchema,
    renderingProvider: { anyOf: [{ type: 'null' }, clinicianSchema] },
    referringProvider: { anyOf: [{ type: 'null' }, clinicianSchema] },
    planOfCare: { anyOf: [{ type: 'null' }, planOfCareSchema] },
    diagnoses: { type: 'array', items: diagnosisSchema },
    clinical: clinicalSchema,
    /** The number of the latest approval. */
    authorizationNumber: { type: ['string', 'null'], phi: 'recordNumber' },
  },
} as const;

export type PlanOfCare = FromSchema<typeof planOfCareSchema>;
export type Chart = FromSchema<typeof chartSchema>;
