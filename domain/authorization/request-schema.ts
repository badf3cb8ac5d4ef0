// What a payer is asked: the request a person reviews, edits and approves. It is PHI and stays in the vault.
import type { FromSchema } from 'json-schema-to-ts';
import { genders, personNameSchema } from '../patient/schema.ts';
import { requestKinds } from './schema.ts';

const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const nullableText = { type: ['string', 'null'] } as const;
const clinicalText = { type: ['string', 'null'], phi: 'clinicalText' } as const;

export const providerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['organizationName', 'npi', 'taxId'],
  properties: { organizationName: { type: 'string' }, npi: nullableText, taxId: nullableText },
} as const;

/** A clinician named to the payer: a provider's public name and NPI, not a patient's. */
export const clinicianSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'npi'],
  properties: { name: { type: 'string' }, npi: nullableText },
} as const;

export const outcomeMeasureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['measure', 'score', 'date'],
  properties: {
    measure: { type: 'string' },
    score: { type: 'number', phi: 'measurement' },
    date: { type: 'string', format: 'date' },
  },
} as const;

export const diagnosisSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['code'],
  properties: { code: { type: 'string', minLength: 1, phi: 'diagnosis' } },
} as const;

export const clinicalSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['evaluationDate', 'limitations', 'goals', 'progress', 'outcomeMeasures'],
  properties: {
    evaluationDate: nullableDate,
    limitations: clinicalText,
    goals: clinicalText,
    progress: clinicalText,
    outcomeMeasures: { type: 'array', items: outcomeMeasureSchema },
  },
} as const;

/** `appealReason`, in appeals only: why the payer should decide otherwise. */
const requestClinicalSchema = {
  ...clinicalSchema,
  properties: { ...clinicalSchema.properties, appealReason: clinicalText },
} as const;

/** null stands for what the chart does not hold yet; `missingElements` names it before anybody approves. */
export const authorizationRequestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'AuthorizationRequest',
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'period',
    'patient',
    'coverage',
    'provider',
    'renderingProvider',
    'referringProvider',
    'service',
    'clinical',
    'previousAuthorizationNumber',
  ],
  properties: {
    kind: { enum: requestKinds },
    period: { type: 'integer', minimum: 1 },
    patient: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'birthDate', 'gender'],
      properties: {
        name: personNameSchema,
        birthDate: { type: ['string', 'null'], format: 'date', phi: 'birthDate' },
        gender: { enum: genders },
      },
    },
    coverage: {
      type: 'object',
      additionalProperties: false,
      required: ['payerId', 'payerName', 'memberId', 'groupNumber', 'planName'],
      properties: {
        payerId: { type: 'string', minLength: 1 },
        payerName: { type: 'string', minLength: 1 },
        memberId: { type: ['string', 'null'], phi: 'memberId' },
        groupNumber: { type: ['string', 'null'], phi: 'coverage' },
        planName: { type: ['string', 'null'], phi: 'coverage' },
      },
    },
    provider: providerSchema,
    renderingProvider: { anyOf: [{ type: 'null' }, clinicianSchema] },
    referringProvider: { anyOf: [{ type: 'null' }, clinicianSchema] },
    service: {
      type: 'object',
      additionalProperties: false,
      required: [
        'serviceTypeCode',
        'placeOfService',
        'from',
        'to',
        'visits',
        'units',
        'frequency',
        'procedures',
        'diagnoses',
      ],
      properties: {
        serviceTypeCode: { type: 'string', minLength: 1 },
        placeOfService: { type: 'string', minLength: 1 },
        from: nullableDate,
        to: nullableDate,
        visits: { type: ['integer', 'null'], minimum: 1 },
        units: { type: ['integer', 'null'], minimum: 1 },
        /** In words a payer reads: "3 a week for 4 weeks". */
        frequency: nullableText,
        procedures: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['code', 'units'],
            properties: {
              code: { type: 'string', minLength: 1 },
              units: { type: ['integer', 'null'], minimum: 1 },
            },
          },
        },
        diagnoses: { type: 'array', items: diagnosisSchema },
      },
    },
    clinical: requestClinicalSchema,
    previousAuthorizationNumber: { type: ['string', 'null'], phi: 'recordNumber' },
  },
} as const;

export type AuthorizationRequest = FromSchema<typeof authorizationRequestSchema>;
export type Clinician = FromSchema<typeof clinicianSchema>;
export type Provider = FromSchema<typeof providerSchema>;
export type OutcomeMeasure = FromSchema<typeof outcomeMeasureSchema>;
