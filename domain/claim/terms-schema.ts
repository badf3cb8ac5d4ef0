// The dated rows that say how long a payer may take, how often it is asked and until when a denial can be appealed.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import { roles } from '../work-item/kinds.ts';

const positive = { type: 'integer', minimum: 1 } as const;
const nullableDays = { type: ['integer', 'null'], minimum: 1 } as const;

/** Whether the payer takes a replacement (CLM05-3 7) and a void (8), or only reopens its decision when asked. */
export const replacements = ['accepted', 'notAccepted', 'unknown'] as const;

const settings = {
  /** Hours after sending by which the claim's own acknowledgment (277CA) should be there. */
  acknowledgeHours: positive,
  /** Days after sending before the first question how the claim stands, and minutes between two. */
  firstStatusDays: positive,
  pollEveryMinutes: positive,
  /** Days after sending by which a clean claim should be paid. */
  overdueDays: positive,
  /** Days between the payer's word that it has decided, or its reversal, and the remittance that says the rest. */
  remittanceDays: positive,
  /** Days from the payer's decision; null: only the contract says. */
  appealDays: nullableDays,
  appealAnswerDays: nullableDays,
  reopeningDays: nullableDays,
  replacements: { enum: replacements },
  /** Days a patient has to pay a statement. */
  statementDays: positive,
  reviewDueDays: positive,
  remindAfterHours: positive,
  escalateAfterHours: positive,
  escalateTo: { enum: roles },
} as const;

/** What rows, contracts and clinics may set; whatever is absent falls through to the next source. */
export const claimTermSettingsSchema = { type: 'object', additionalProperties: false, properties: settings } as const;

export const claimTermRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'lineOfBusiness', 'effectiveFrom', 'effectiveTo', 'citation', 'source', 'retrieved', 'settings'],
  properties: {
    id: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    effectiveFrom: { type: 'string', format: 'date' },
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    citation: { type: 'string', minLength: 1 },
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    settings: { ...claimTermSettingsSchema, minProperties: 1 },
    note: { type: 'string' },
  },
} as const;

export const claimTermsFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ClaimTermsFile',
  type: 'object',
  additionalProperties: false,
  required: ['defaults', 'rows'],
  properties: {
    defaults: {
      type: 'object',
      additionalProperties: false,
      required: ['source', 'retrieved', 'settings'],
      properties: {
        source: { type: 'string', minLength: 1 },
        retrieved: { type: 'string', format: 'date' },
        settings: {
          ...claimTermSettingsSchema,
          required: [
            'acknowledgeHours',
            'firstStatusDays',
            'pollEveryMinutes',
            'overdueDays',
            'remittanceDays',
            'appealDays',
            'appealAnswerDays',
            'reopeningDays',
            'replacements',
            'statementDays',
            'reviewDueDays',
            'remindAfterHours',
            'escalateAfterHours',
            'escalateTo',
          ],
        },
      },
    },
    rows: { type: 'array', minItems: 1, items: claimTermRowSchema },
  },
} as const;

export type ClaimTermSettings = FromSchema<typeof claimTermSettingsSchema>;
export type ClaimTermRow = FromSchema<typeof claimTermRowSchema>;
export type ClaimTermsBook = FromSchema<typeof claimTermsFileSchema>;
/** Every setting, resolved: days and hours as numbers, unknown as null. */
export type ClaimTermValues = ClaimTermsBook['defaults']['settings'];
