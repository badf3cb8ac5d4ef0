// A patient as the vault keeps one: the only place besides a coverage where a person is named.
import type { FromSchema } from 'json-schema-to-ts';

/** A person's name, split as X12 and FHIR split it. */
export const personNameSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['given', 'family'],
  properties: {
    given: { type: 'string', minLength: 1, phi: 'name' },
    family: { type: 'string', minLength: 1, phi: 'name' },
  },
} as const;

export const genders = ['female', 'male', 'other', 'unknown'] as const;

export const patientSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Patient',
  type: 'object',
  additionalProperties: false,
  required: ['ref', 'clinic', 'name', 'birthDate', 'gender', 'contact', 'address', 'recordNumber'],
  properties: {
    ref: { type: 'string', pattern: '^pat_[0-9A-Za-z]+$' },
    clinic: { type: 'string', pattern: '^cl_[0-9A-Za-z]+$' },
    name: personNameSchema,
    birthDate: { type: ['string', 'null'], format: 'date', phi: 'birthDate' },
    gender: { enum: genders },
    contact: {
      type: 'object',
      additionalProperties: false,
      required: ['phone', 'email'],
      properties: {
        phone: { type: ['string', 'null'], phi: 'contact' },
        email: { type: ['string', 'null'], phi: 'contact' },
      },
    },
    address: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['line', 'city', 'state', 'postalCode'],
          properties: {
            line: { type: 'string', phi: 'address' },
            city: { type: 'string', phi: 'address' },
            state: { type: 'string', phi: 'address' },
            postalCode: { type: 'string', phi: 'address' },
          },
        },
      ],
    },
    recordNumber: { type: ['string', 'null'], phi: 'recordNumber' },
  },
} as const;

export type PersonName = FromSchema<typeof personNameSchema>;
export type Patient = FromSchema<typeof patientSchema>;
