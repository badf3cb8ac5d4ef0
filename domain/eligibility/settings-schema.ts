// How each payer is asked about coverage and what is known of its benefits: dated rows under rules/eligibility, as the schemas they must pass.
import type { FromSchema } from 'json-schema-to-ts';
import type { RejectRow } from '../x12/code-words.ts';
import { benefitYears } from './fields.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string', minLength: 1 } as const;
const date = { type: 'string', format: 'date' } as const;
const days = { type: 'integer', minimum: 1 } as const;
const serviceType = { type: 'string', pattern: '^[0-9A-Z]{1,2}$' } as const;
const codes = { type: 'array', items: { type: 'string', pattern: '^[0-9A-Z]{1,4}$' } } as const;

/** What a payer's row or a clinic may set; whatever is absent falls through to the defaults. */
export const eligibilitySettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** What is asked about, the first first. */
    serviceTypes: { type: 'array', minItems: 1, items: serviceType },
    /** How many of them one request may hold; more than one only where the payer is known to take them. */
    serviceTypesPerRequest: { type: 'integer', minimum: 1 },
    /** Groups of service types that share one limit; null: not known. */
    pools: { anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'array', items: serviceType } }] },
    /** Whether a visit that the deductible pays counts toward the visit limit; payers differ, so null until one says. */
    deductibleVisitsCount: { type: ['boolean', 'null'] },
    benefitYear: { enum: [...benefitYears, null] },
    /** Whether the payer answers electronically; null: not known. */
    electronic: { type: ['boolean', 'null'] },
    /** An answer older than this is asked again before a visit. */
    staleAfterDays: days,
    /** Patients with a visit within so many days are looked at. */
    visitWithinDays: days,
    /** A first visit is looked at earlier: there is time for a call before it. */
    firstVisitWithinDays: days,
    /** Whether the clinic is in the payer's network; null: not known, or different from plan to plan. */
    inNetwork: { type: ['boolean', 'null'] },
    /** Where the clinic treats (X12 and CMS place of service codes); a statement for another place is not about it. */
    placesOfService: codes,
    /** What stands under every summary. */
    disclaimer: text,
  },
} as const;

export const eligibilityDefaultsSchema = {
  $schema: dialect,
  title: 'EligibilityDefaults',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'settings'],
  properties: {
    source: text,
    retrieved: date,
    settings: { ...eligibilitySettingsSchema, required: Object.keys(eligibilitySettingsSchema.properties) },
  },
} as const;

const dated = {
  id: text,
  effectiveFrom: date,
  effectiveTo: { type: ['string', 'null'], format: 'date' },
  source: text,
  retrieved: date,
} as const;

/** The file rules/eligibility/payers.json. */
export const eligibilityRulesSchema = {
  $schema: dialect,
  title: 'EligibilityRules',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'payer', 'effectiveFrom', 'effectiveTo', 'source', 'retrieved', 'settings'],
        properties: { ...dated, payer: text, settings: eligibilitySettingsSchema },
      },
    },
  },
} as const;

/** What groups of X12 codes are understood as. */
export const meaningsSchema = {
  $schema: dialect,
  title: 'EligibilityMeanings',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'widerServiceTypes', 'costServiceTypes', 'insuranceTypes', 'serviceTypeWords'],
  properties: {
    source: text,
    retrieved: date,
    /** For each service type the types that contain it (EB03). */
    widerServiceTypes: { type: 'object', additionalProperties: codes },
    /** Types whose copay and coinsurance are those of a therapy visit where the payer states no nearer ones; they say nothing else of therapy. */
    costServiceTypes: codes,
    /** Insurance type codes (EB04) that call for a person. */
    insuranceTypes: {
      type: 'object',
      additionalProperties: false,
      required: ['workersCompensation', 'auto', 'medicareSecondary'],
      properties: { workersCompensation: codes, auto: codes, medicareSecondary: codes },
    },
    /** Service types in our own words. */
    serviceTypeWords: { type: 'object', additionalProperties: text },
  },
} as const;

export type EligibilitySettingsRow = FromSchema<typeof eligibilitySettingsSchema>;
export type EligibilityDefaults = Omit<FromSchema<typeof eligibilityDefaultsSchema>, 'settings'> & {
  readonly settings: Required<EligibilitySettingsRow>;
};
export type EligibilityRule = FromSchema<typeof eligibilityRulesSchema>['rows'][number];
export type EligibilityMeanings = FromSchema<typeof meaningsSchema>;

/** All rule data about eligibility; the server reads it from rules/eligibility and rules/codes/aaa.json. */
export interface EligibilityBook {
  readonly defaults: EligibilityDefaults;
  readonly payers: readonly EligibilityRule[];
  readonly meanings: EligibilityMeanings;
  readonly rejects: readonly RejectRow[];
}

/** What holds for one payer on one day, every setting decided, with the words and codes a summary is made with. */
export interface EligibilitySettings extends Required<EligibilitySettingsRow> {
  readonly meanings: EligibilityMeanings;
  readonly rejects: readonly RejectRow[];
  /** The payer's own row; null where nobody has written one that is in force. */
  readonly rule: { readonly id: string; readonly source: string; readonly retrieved: string } | null;
}
