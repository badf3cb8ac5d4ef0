// The service lines of a claim, with what earlier payers decided about each.
import type { FromSchema } from 'json-schema-to-ts';
import { claimProviderSchema, referenceSchema } from './party-schema.ts';

/** A date or a period with its X12 qualifier (DTP01), named in dates.ts; `to` is null for a single day. */
export const claimDateSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['qualifier', 'from', 'to'],
  properties: {
    qualifier: { type: 'string', pattern: '^[0-9A-Z]{3}$' },
    from: { type: 'string', format: 'date', phi: 'visitTime' },
    to: { type: ['string', 'null'], format: 'date', phi: 'visitTime' },
  },
} as const;

/** A note with its X12 kind (NTE01): ADD additional information, CER certification narrative, DCP goals and plan, TPO third party … */
export const claimNoteSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'text'],
  properties: {
    kind: { type: ['string', 'null'] },
    text: { type: 'string', minLength: 1, phi: 'clinicalText' },
  },
} as const;

/** Why an amount was not paid (CAS): group CO, PR, OA or PI, reason a CARC. Amounts may be negative. */
export const adjustmentSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['group', 'reason', 'amountCents', 'quantity'],
  properties: {
    group: { type: 'string', minLength: 1 },
    reason: { type: 'string', minLength: 1 },
    amountCents: { type: 'integer', phi: 'payment' },
    quantity: { type: ['number', 'null'] },
  },
} as const;

/** `qualifier` HC for HCPCS and CPT. Modifiers in the order they are billed, at most four. */
export const procedureSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['qualifier', 'code', 'modifiers', 'description'],
  properties: {
    qualifier: { type: 'string', pattern: '^[0-9A-Z]{2}$' },
    code: { type: 'string', minLength: 1 },
    modifiers: { type: 'array', maxItems: 4, items: { type: 'string', minLength: 1 } },
    description: { type: ['string', 'null'] },
  },
} as const;

/** What another payer decided about a line (SVD); `payerId` is that payer's id in `otherPayers`. */
export const adjudicationSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'payerId',
    'paidCents',
    'procedure',
    'units',
    'bundledIntoLine',
    'adjustments',
    'paidOn',
    'patientOwesCents',
  ],
  properties: {
    payerId: { type: 'string', minLength: 1 },
    paidCents: { type: ['integer', 'null'], phi: 'payment' },
    procedure: { anyOf: [{ type: 'null' }, procedureSchema] },
    units: { type: ['number', 'null'] },
    bundledIntoLine: { type: ['integer', 'null'] },
    adjustments: { type: 'array', items: adjustmentSchema },
    paidOn: { type: ['string', 'null'], format: 'date', phi: 'payment' },
    /** AMT*EAF: what is left for the patient. */
    patientOwesCents: { type: ['integer', 'null'], phi: 'payment' },
  },
} as const;

const provider = { anyOf: [{ type: 'null' }, claimProviderSchema] } as const;

/**
 * A service line. `unit` UN counts units of service, MJ minutes. `diagnosisPointers` count the claim's diagnoses from 1,
 * the most important first. Null where the claim says it already (place of service, providers) or nobody does.
 */
export const claimLineSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'number',
    'procedure',
    'chargeCents',
    'unit',
    'units',
    'placeOfService',
    'diagnosisPointers',
    'emergency',
    'from',
    'to',
    'dates',
    'controlNumber',
    'priorAuthorizationNumber',
    'referralNumber',
    'references',
    'notes',
    'rendering',
    'supervising',
    'ordering',
    'referring',
    'facility',
    'adjudications',
  ],
  properties: {
    number: { type: 'integer', minimum: 1 },
    procedure: { anyOf: [{ type: 'null' }, procedureSchema] },
    chargeCents: { type: ['integer', 'null'], phi: 'payment' },
    unit: { type: ['string', 'null'] },
    units: { type: ['number', 'null'] },
    placeOfService: { type: ['string', 'null'] },
    diagnosisPointers: { type: 'array', maxItems: 4, items: { type: 'integer', minimum: 1 } },
    /** SV109; null where it is not said. */
    emergency: { type: ['boolean', 'null'] },
    /** The date of service (DTP*472); `to` is null for a single day. */
    from: { type: ['string', 'null'], format: 'date', phi: 'visitTime' },
    to: { type: ['string', 'null'], format: 'date', phi: 'visitTime' },
    /** Dates besides the date of service. */
    dates: { type: 'array', items: claimDateSchema },
    /** REF*6R, ours: it comes back in the remittance. */
    controlNumber: { type: ['string', 'null'], phi: 'recordNumber' },
    priorAuthorizationNumber: { type: ['string', 'null'], phi: 'recordNumber' },
    referralNumber: { type: ['string', 'null'], phi: 'recordNumber' },
    references: { type: 'array', items: referenceSchema },
    notes: { type: 'array', items: claimNoteSchema },
    rendering: provider,
    supervising: provider,
    ordering: provider,
    referring: provider,
    facility: provider,
    adjudications: { type: 'array', items: adjudicationSchema },
  },
} as const;

export type ClaimDate = FromSchema<typeof claimDateSchema>;
export type ClaimNote = FromSchema<typeof claimNoteSchema>;
export type Adjustment = FromSchema<typeof adjustmentSchema>;
export type ClaimProcedure = FromSchema<typeof procedureSchema>;
export type Adjudication = FromSchema<typeof adjudicationSchema>;
export type ClaimLine = FromSchema<typeof claimLineSchema>;
