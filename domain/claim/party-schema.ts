// The people and organizations a claim names: clinicians, the clinic, payers, the insured and the patient.
import type { FromSchema } from 'json-schema-to-ts';
import { genders } from '../patient/schema.ts';

const nullableText = { type: ['string', 'null'] } as const;

/** An identifier with the X12 qualifier that tells what it is (REF01: G2 the payer's own number of a provider, 2U of a payer …). */
export const identifierSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['qualifier', 'value'],
  properties: {
    qualifier: { type: 'string', pattern: '^[0-9A-Z]{1,3}$' },
    value: { type: 'string', minLength: 1 },
  },
} as const;

/** An identifier of a claim or of a line, where it has no field of its own (D9 the clearinghouse's number, X4 CLIA, 1J …). */
export const referenceSchema = {
  ...identifierSchema,
  properties: {
    qualifier: identifierSchema.properties.qualifier,
    value: { type: 'string', minLength: 1, phi: 'recordNumber' },
  },
} as const;

/** `country` is null for the United States; `postalCode` may hold the nine digits that X12 wants of a billing provider. */
export const addressSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['line', 'line2', 'city', 'state', 'postalCode', 'country'],
  properties: {
    line: nullableText,
    line2: nullableText,
    city: nullableText,
    state: nullableText,
    postalCode: nullableText,
    country: nullableText,
  },
} as const;

/** The address of a person who is cared for or insured. */
export const personAddressSchema = {
  ...addressSchema,
  properties: {
    line: { type: ['string', 'null'], phi: 'address' },
    line2: { type: ['string', 'null'], phi: 'address' },
    city: { type: ['string', 'null'], phi: 'address' },
    state: { type: ['string', 'null'], phi: 'address' },
    postalCode: { type: ['string', 'null'], phi: 'address' },
    country: { type: ['string', 'null'], phi: 'address' },
  },
} as const;

/** Who answers questions about a claim (PER). */
export const contactSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'phone', 'extension', 'fax', 'email'],
  properties: {
    name: nullableText,
    phone: nullableText,
    extension: nullableText,
    fax: nullableText,
    email: nullableText,
  },
} as const;

/**
 * A provider of any role. `name` is the organization's name or the person's family name (NM103). `taxId.kind`: EI an
 * employer's number, SY a social security number. `secondaryIds` are those besides NPI and tax id, never the tax id itself.
 */
export const claimProviderSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'name',
    'given',
    'middle',
    'suffix',
    'npi',
    'taxId',
    'taxonomy',
    'address',
    'contact',
    'secondaryIds',
  ],
  properties: {
    kind: { enum: ['organization', 'person'] },
    name: nullableText,
    given: nullableText,
    middle: nullableText,
    suffix: nullableText,
    npi: nullableText,
    taxId: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'value'],
          properties: { kind: { enum: ['EI', 'SY'] }, value: { type: 'string', minLength: 1 } },
        },
      ],
    },
    /** Provider taxonomy code (PRV03), `225100000X` for a physical therapist. */
    taxonomy: nullableText,
    address: { anyOf: [{ type: 'null' }, addressSchema] },
    contact: { anyOf: [{ type: 'null' }, contactSchema] },
    secondaryIds: { type: 'array', items: identifierSchema },
  },
} as const;

/** A payer with the id the clearinghouse knows it by; `idQualifier` is PI, or XV for a national plan id. */
export const claimPayerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'idQualifier', 'id', 'address', 'secondaryIds'],
  properties: {
    name: nullableText,
    idQualifier: nullableText,
    id: nullableText,
    address: { anyOf: [{ type: 'null' }, addressSchema] },
    secondaryIds: { type: 'array', items: identifierSchema },
  },
} as const;

const insuredName = {
  kind: { enum: ['organization', 'person'] },
  name: { type: ['string', 'null'], phi: 'name' },
  given: { type: ['string', 'null'], phi: 'name' },
  middle: { type: ['string', 'null'], phi: 'name' },
  suffix: { type: ['string', 'null'], phi: 'name' },
} as const;

/** Who is insured: a person, or the employer under workers' compensation. `name` is the family name or the organization's. */
export const claimSubscriberSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'name',
    'given',
    'middle',
    'suffix',
    'memberId',
    'ssn',
    'birthDate',
    'gender',
    'address',
    'groupNumber',
    'groupName',
  ],
  properties: {
    ...insuredName,
    memberId: { type: ['string', 'null'], phi: 'memberId' },
    ssn: { type: ['string', 'null'], phi: 'ssn' },
    birthDate: { type: ['string', 'null'], format: 'date', phi: 'birthDate' },
    gender: { enum: genders },
    address: { anyOf: [{ type: 'null' }, personAddressSchema] },
    groupNumber: { type: ['string', 'null'], phi: 'coverage' },
    groupName: { type: ['string', 'null'], phi: 'coverage' },
  },
} as const;

/** The patient, where that is not the subscriber. `relationship` is PAT01: 01 spouse, 19 child, 20 employee, G8 other … */
export const claimPatientSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['relationship', 'name', 'given', 'middle', 'suffix', 'birthDate', 'gender', 'address'],
  properties: {
    relationship: { type: ['string', 'null'] },
    name: insuredName.name,
    given: insuredName.given,
    middle: insuredName.middle,
    suffix: insuredName.suffix,
    birthDate: { type: ['string', 'null'], format: 'date', phi: 'birthDate' },
    gender: { enum: genders },
    address: { anyOf: [{ type: 'null' }, personAddressSchema] },
  },
} as const;

export type ClaimIdentifier = FromSchema<typeof identifierSchema>;
export type ClaimAddress = FromSchema<typeof addressSchema>;
export type ClaimContact = FromSchema<typeof contactSchema>;
export type ClaimProvider = FromSchema<typeof claimProviderSchema>;
export type ClaimPayer = FromSchema<typeof claimPayerSchema>;
export type ClaimSubscriber = FromSchema<typeof claimSubscriberSchema>;
export type ClaimPatient = FromSchema<typeof claimPatientSchema>;
