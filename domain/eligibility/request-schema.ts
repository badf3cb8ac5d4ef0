// What a payer is asked about a patient's coverage: the whole question, made from the vault for one check. It is PHI.
import type { FromSchema } from 'json-schema-to-ts';
import { providerSchema } from '../authorization/request-schema.ts';
import { genders, personNameSchema } from '../patient/schema.ts';

const person = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'birthDate', 'gender'],
  properties: {
    name: personNameSchema,
    birthDate: { type: ['string', 'null'], format: 'date', phi: 'birthDate' },
    gender: { enum: genders },
  },
} as const;

/**
 * One question to one payer. `serviceDate` is the day of the visit, never the day the policy began. `serviceTypes` holds X12
 * service type codes (EB03): one, unless the payer is known to take more. `dependent` is the patient where that is not the subscriber.
 */
export const eligibilityRequestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'EligibilityRequest',
  type: 'object',
  additionalProperties: false,
  required: ['trace', 'payer', 'provider', 'subscriber', 'dependent', 'serviceDate', 'serviceTypes'],
  properties: {
    /** Our own trace number of the question (TRN02, control number): digits and capitals, no PHI. */
    trace: { type: 'string', pattern: '^[0-9A-Z]{1,30}$' },
    payer: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'name'],
      properties: { id: { type: 'string', minLength: 1 }, name: { type: 'string', minLength: 1 } },
    },
    provider: providerSchema,
    subscriber: {
      ...person,
      required: [...person.required, 'memberId', 'groupNumber'],
      properties: {
        ...person.properties,
        memberId: { type: ['string', 'null'], phi: 'memberId' },
        groupNumber: { type: ['string', 'null'], phi: 'coverage' },
      },
    },
    dependent: {
      anyOf: [
        { type: 'null' },
        {
          ...person,
          required: [...person.required, 'relationship'],
          properties: { ...person.properties, relationship: { enum: ['spouse', 'child', 'other'] } },
        },
      ],
    },
    serviceDate: { type: 'string', format: 'date' },
    serviceTypes: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{1,2}$' } },
  },
} as const;

export type EligibilityRequest = FromSchema<typeof eligibilityRequestSchema>;
