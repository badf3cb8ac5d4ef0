// A patient's coverage by one payer: what a claim and an authorization are asked under.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';

export const coverageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Coverage',
  type: 'object',
  additionalProperties: false,
  required: [
    'ref',
    'clinic',
    'patient',
    'payer',
    'payerName',
    'lineOfBusiness',
    'memberId',
    'groupNumber',
    'planName',
    'relationship',
    'order',
    'from',
    'to',
  ],
  properties: {
    ref: { type: 'string', pattern: '^cov_[0-9A-Za-z]+$' },
    clinic: { type: 'string', pattern: '^cl_[0-9A-Za-z]+$' },
    patient: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    payer: { type: 'string', minLength: 1 },
    payerName: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    memberId: { type: ['string', 'null'], phi: 'memberId' },
    groupNumber: { type: ['string', 'null'], phi: 'coverage' },
    planName: { type: ['string', 'null'], phi: 'coverage' },
    relationship: { enum: ['self', 'spouse', 'child', 'other', 'unknown'] },
    order: { enum: ['primary', 'secondary', 'tertiary'] },
    from: { type: ['string', 'null'], format: 'date' },
    to: { type: ['string', 'null'], format: 'date' },
  },
} as const;

export type Coverage = FromSchema<typeof coverageSchema>;
