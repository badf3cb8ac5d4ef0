// A professional claim as the 837P carries it (005010X222A1) and as clearinghouses take it in JSON. It is PHI and stays in the vault.
import type { FromSchema } from 'json-schema-to-ts';
import { adjustmentSchema, claimDateSchema, claimLineSchema, claimNoteSchema } from './line-schema.ts';
import {
  addressSchema,
  claimPatientSchema,
  claimPayerSchema,
  claimProviderSchema,
  claimSubscriberSchema,
  referenceSchema,
} from './party-schema.ts';

const provider = { anyOf: [{ type: 'null' }, claimProviderSchema] } as const;
const code = { type: ['string', 'null'] } as const;
const number = { type: ['string', 'null'], phi: 'recordNumber' } as const;
const cents = { type: ['integer', 'null'], phi: 'payment' } as const;

/** Another payer of the same patient (loops 2320 and 2330) and, where it came first, what it decided. */
export const otherPayerSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'responsibility',
    'relationship',
    'insuranceType',
    'filingCode',
    'benefitsAssigned',
    'patientSignatureSource',
    'releaseOfInformation',
    'subscriber',
    'payer',
    'claimNumber',
    'priorAuthorizationNumber',
    'referralNumber',
    'paidCents',
    'nonCoveredCents',
    'patientOwesCents',
    'paidOn',
    'adjustments',
    'remarkCodes',
  ],
  properties: {
    /** SBR01: P primary, S secondary, T tertiary, A to H the fourth and later, U unknown. */
    responsibility: code,
    /** SBR02, the patient's relationship to this payer's subscriber: 18 self, 01 spouse, 19 child … */
    relationship: code,
    insuranceType: code,
    filingCode: code,
    /** OI03, OI04 and OI06. */
    benefitsAssigned: code,
    patientSignatureSource: code,
    releaseOfInformation: code,
    subscriber: { anyOf: [{ type: 'null' }, claimSubscriberSchema] },
    payer: claimPayerSchema,
    /** That payer's own number of the claim (REF*F8). */
    claimNumber: number,
    priorAuthorizationNumber: number,
    referralNumber: number,
    paidCents: cents,
    nonCoveredCents: cents,
    patientOwesCents: cents,
    paidOn: { type: ['string', 'null'], format: 'date', phi: 'payment' },
    adjustments: { type: 'array', items: adjustmentSchema },
    /** MOA03 to MOA07. */
    remarkCodes: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
} as const;

/** `qualifier` ABK for the principal ICD-10-CM diagnosis, ABF for the others (HI01-1). Line pointers count them from 1. */
export const claimDiagnosisSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['qualifier', 'code'],
  properties: {
    qualifier: { type: 'string', pattern: '^[0-9A-Z]{2,3}$' },
    code: { type: 'string', minLength: 1, phi: 'diagnosis' },
  },
} as const;

/**
 * One claim to one payer. Codes are X12's own. Null is what nobody knows or the claim does not say, never a default: what a
 * payer demands is checked by rules before a claim leaves.
 */
export const claimSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Claim',
  type: 'object',
  additionalProperties: false,
  required: [
    'patientControlNumber',
    'chargeCents',
    'placeOfService',
    'frequency',
    'originalClaimNumber',
    'responsibility',
    'insuranceType',
    'filingCode',
    'providerSignature',
    'assignment',
    'benefitsAssigned',
    'releaseOfInformation',
    'patientSignatureSource',
    'relatedCauses',
    'accidentState',
    'accidentCountry',
    'specialProgram',
    'delayReason',
    'billingProvider',
    'payToAddress',
    'rendering',
    'referring',
    'primaryCare',
    'supervising',
    'facility',
    'payer',
    'subscriber',
    'patient',
    'priorAuthorizationNumber',
    'referralNumber',
    'medicalRecordNumber',
    'propertyCasualtyClaimNumber',
    'references',
    'patientPaidCents',
    'dates',
    'attachments',
    'notes',
    'diagnoses',
    'otherPayers',
    'lines',
  ],
  properties: {
    /** CLM01, ours: it comes back in every answer about the claim. */
    patientControlNumber: number,
    chargeCents: cents,
    placeOfService: code,
    /** CLM05-3: 1 original, 7 replacement, 8 void. */
    frequency: code,
    /** The payer's number of the claim that this one replaces or voids (REF*F8). */
    originalClaimNumber: number,
    /** SBR01: P primary, S secondary, T tertiary … */
    responsibility: code,
    /** SBR05, why Medicare is secondary: 12, 13, 14, 15, 16, 41, 42, 43, 47. */
    insuranceType: code,
    /** SBR09: MB Medicare part B, MC Medicaid, CI commercial, BL Blue Cross, WC workers' compensation, AM automobile … */
    filingCode: code,
    /** CLM06. */
    providerSignature: { type: ['boolean', 'null'] },
    /** CLM07: A assigned, B for clinical laboratory only, C not assigned. */
    assignment: code,
    /** CLM08: Y, N or W. */
    benefitsAssigned: code,
    /** CLM09: I informed consent, Y signed. */
    releaseOfInformation: code,
    /** CLM10. */
    patientSignatureSource: code,
    /** CLM11: AA automobile accident, EM employment, OA other accident. */
    relatedCauses: { type: 'array', maxItems: 3, items: { type: 'string', minLength: 1 } },
    accidentState: code,
    accidentCountry: code,
    /** CLM12 and CLM20. */
    specialProgram: code,
    delayReason: code,
    billingProvider: claimProviderSchema,
    /** Where payment goes, if not to the billing provider's address. */
    payToAddress: { anyOf: [{ type: 'null' }, addressSchema] },
    rendering: provider,
    referring: provider,
    primaryCare: provider,
    supervising: provider,
    facility: provider,
    payer: claimPayerSchema,
    subscriber: claimSubscriberSchema,
    /** Null where the subscriber is the patient. */
    patient: { anyOf: [{ type: 'null' }, claimPatientSchema] },
    priorAuthorizationNumber: number,
    referralNumber: number,
    medicalRecordNumber: number,
    /** The insurer's number of the accident (REF*Y4), asked for by automobile and workers' compensation payers. */
    propertyCasualtyClaimNumber: number,
    references: { type: 'array', items: referenceSchema },
    patientPaidCents: cents,
    dates: { type: 'array', items: claimDateSchema },
    /** PWK01, PWK02 and PWK06: what kind of report, how it is sent, the number that ties it to the claim. */
    attachments: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['report', 'transmission', 'controlNumber'],
        properties: {
          report: { type: 'string', minLength: 1 },
          transmission: { type: 'string', minLength: 1 },
          controlNumber: number,
        },
      },
    },
    notes: { type: 'array', items: claimNoteSchema },
    diagnoses: { type: 'array', items: claimDiagnosisSchema },
    otherPayers: { type: 'array', items: otherPayerSchema },
    lines: { type: 'array', items: claimLineSchema },
  },
} as const;

export type OtherPayer = FromSchema<typeof otherPayerSchema>;
export type ClaimDiagnosis = FromSchema<typeof claimDiagnosisSchema>;
export type Claim = FromSchema<typeof claimSchema>;
