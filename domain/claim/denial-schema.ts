// The dated rows that say what a denial means and what to do about it, by group code, reason (CARC) and remark (RARC).
import type { FromSchema } from 'json-schema-to-ts';
import { roles } from '../work-item/kinds.ts';

/** `contractual`, `information` and `patientShare` are no denials: nobody has to do anything about them. */
export const denialClasses = [
  'contractual',
  'information',
  'patientShare',
  'unprocessable',
  'coding',
  'missingInformation',
  'authorization',
  'medicalNecessity',
  'benefitLimit',
  'bundled',
  'duplicate',
  'coordination',
  'eligibility',
  'wrongPayer',
  'timelyFiling',
  'documentation',
  'provider',
  'notCovered',
  'unknown',
] as const;

/** `resubmit`: as a new claim, the payer keeps nothing of the old one. `correct`: as a replacement of it. */
export const denialDeeds = [
  'nothing',
  'resubmit',
  'correct',
  'appeal',
  'billOtherPayer',
  'billPatient',
  'ask',
] as const;

const codes = { type: ['array', 'null'], minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{1,5}$' } } as const;

export const denialRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'groups',
    'reasons',
    'remarks',
    'class',
    'whatToDo',
    'role',
    'why',
    'effectiveFrom',
    'effectiveTo',
    'source',
  ],
  properties: {
    id: { type: 'string', minLength: 1 },
    /** Null: whatever it is. Remarks: at least one of them stands beside the reason. */
    groups: { type: ['array', 'null'], minItems: 1, items: { enum: ['CO', 'PR', 'OA', 'PI', 'CR'] } },
    reasons: codes,
    remarks: codes,
    class: { enum: denialClasses },
    whatToDo: { enum: denialDeeds },
    role: { enum: roles },
    /** A sentence of our own. */
    why: { type: 'string', minLength: 1 },
    effectiveFrom: { type: 'string', format: 'date' },
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    source: { type: 'string', minLength: 1 },
  },
} as const;

/** The first row that fits an adjustment counts. */
export const denialRulesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'DenialRulesFile',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'rows'],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    rows: { type: 'array', minItems: 1, items: denialRowSchema },
  },
} as const;

export type DenialRow = FromSchema<typeof denialRowSchema>;
export type DenialClass = (typeof denialClasses)[number];
export type DenialDeed = (typeof denialDeeds)[number];
