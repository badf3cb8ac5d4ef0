// Payers, the dated rules that speak about them, a clinic's own settings and the policy that results.
import type { FromSchema } from 'json-schema-to-ts';
import { roles } from '../work-item/kinds.ts';
import { linesOfBusiness } from './lines-of-business.ts';

export const routes = ['staffSend', 'submitAfterApproval'] as const;
export const turnaroundBases = ['regulation', 'contract', 'unknown'] as const;

/** Does this payer want an authorization for outpatient physical therapy? `afterVisits`: only beyond the free ones. */
export const requirements = ['yes', 'no', 'afterVisits', 'unknown'] as const;

/** What the free visits are counted over: every visit on the schedule, or those of a calendar year anew. */
export const freeVisitSpans = ['episode', 'calendarYear'] as const;

export const payerSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Payer',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name', 'lineOfBusiness'],
  properties: {
    id: { type: 'string', minLength: 1 },
    name: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
  },
} as const;

const positive = { type: 'integer', minimum: 1 } as const;
const minutes = { type: 'integer', minimum: 1 } as const;
const nullableDays = { type: ['integer', 'null'], minimum: 1 } as const;
const paths = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

const turnaround = {
  type: 'object',
  additionalProperties: false,
  required: ['standardDays', 'expeditedHours', 'basis', 'citation'],
  properties: {
    standardDays: nullableDays,
    expeditedHours: nullableDays,
    basis: { enum: turnaroundBases },
    citation: { type: ['string', 'null'] },
  },
} as const;

/** What a clinic or a payer rule may set; whatever is absent falls through to the next source. */
export const policySettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    route: { enum: routes },
    horizonDays: positive,
    pollEveryMinutes: minutes,
    visitsLeftWarning: { type: 'integer', minimum: 0 },
    /** So many working days before a visit that nothing covers, a person is told to move it or to call. */
    uncoveredWarningDays: positive,
    requiredElements: paths,
    gapRuleDays: nullableDays,
    reviewDueDays: positive,
    remindAfterHours: positive,
    escalateAfterHours: positive,
    escalateTo: { enum: roles },
    /** A turnaround the payer promised by contract, in calendar days; the clinic's own contract may say so too. */
    contractTurnaroundDays: positive,
    authorizationRequired: { enum: requirements },
    freeVisits: { type: 'integer', minimum: 1 },
    freeVisitsPer: { enum: freeVisitSpans },
  },
} as const;

/** A clinic's whole set of defaults: every setting that has no safe absence is there. */
export const policyDefaultsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'PolicyDefaults',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'staleAfterDays', 'settings'],
  properties: {
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    staleAfterDays: positive,
    settings: {
      ...policySettingsSchema,
      required: [
        'route',
        'horizonDays',
        'pollEveryMinutes',
        'visitsLeftWarning',
        'uncoveredWarningDays',
        'requiredElements',
        'reviewDueDays',
        'remindAfterHours',
        'escalateAfterHours',
        'escalateTo',
      ],
    },
  },
} as const;

/** One dated statement about one payer's line of business. `effectiveTo` null: until a newer row says otherwise. */
export const payerRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'payer',
    'name',
    'lineOfBusiness',
    'effectiveFrom',
    'effectiveTo',
    'source',
    'retrieved',
    'settings',
  ],
  properties: {
    id: { type: 'string', minLength: 1 },
    payer: { type: 'string', minLength: 1 },
    name: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    effectiveFrom: { type: 'string', format: 'date' },
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    settings: policySettingsSchema,
  },
} as const;

/** A file of `rules/payers/`: the rows of one payer. */
export const payerRulesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'PayerRules',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', minItems: 1, items: payerRuleSchema } },
} as const;

/** How long a regulation gives the payers of one line of business; `standardDays` are calendar days. */
export const turnaroundRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'lineOfBusiness',
    'standardDays',
    'expeditedHours',
    'extensionDays',
    'effectiveFrom',
    'effectiveTo',
    'citation',
    'source',
    'retrieved',
  ],
  properties: {
    id: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    standardDays: nullableDays,
    expeditedHours: nullableDays,
    extensionDays: nullableDays,
    effectiveFrom: { type: 'string', format: 'date' },
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    citation: { type: 'string', minLength: 1 },
    /** Where it says that a denial must come with a specific reason; absent: it says no such thing. */
    denialReasonCitation: { type: 'string', minLength: 1 },
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    note: { type: 'string' },
  },
} as const;

/** The file `rules/regulations/prior-authorization-turnaround.json`. */
export const turnaroundRulesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'TurnaroundRules',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', minItems: 1, items: turnaroundRuleSchema } },
} as const;

/** The policy in force for one payer on one day, every setting decided; `rule` tells where it came from. */
export const payerPolicySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'PayerPolicy',
  type: 'object',
  additionalProperties: false,
  required: [
    'payer',
    'lineOfBusiness',
    'name',
    'route',
    'horizonDays',
    'turnaround',
    'pollEveryMinutes',
    'visitsLeftWarning',
    'uncoveredWarningDays',
    'requiredElements',
    'gapRuleDays',
    'reviewDueDays',
    'remindAfterHours',
    'escalateAfterHours',
    'escalateTo',
    'authorizationRequired',
    'freeVisits',
    'freeVisitsPer',
    'denialReasonCitation',
    'rule',
  ],
  properties: {
    payer: { type: 'string', minLength: 1 },
    lineOfBusiness: { enum: linesOfBusiness },
    name: { type: 'string', minLength: 1 },
    route: { enum: routes },
    horizonDays: positive,
    turnaround,
    pollEveryMinutes: minutes,
    visitsLeftWarning: { type: 'integer', minimum: 0 },
    uncoveredWarningDays: positive,
    requiredElements: paths,
    gapRuleDays: nullableDays,
    reviewDueDays: positive,
    remindAfterHours: positive,
    escalateAfterHours: positive,
    escalateTo: { enum: roles },
    authorizationRequired: { enum: requirements },
    freeVisits: nullableDays,
    freeVisitsPer: { enum: freeVisitSpans },
    /** The regulation by which this payer must give the reason of a denial; null: none is known. */
    denialReasonCitation: { type: ['string', 'null'] },
    /** null: no rule about this payer is in force; `staleDays` null: fresh, else its age in days. */
    rule: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'source', 'retrieved', 'staleDays'],
          properties: {
            id: { type: 'string' },
            source: { type: 'string' },
            retrieved: { type: 'string', format: 'date' },
            staleDays: nullableDays,
          },
        },
      ],
    },
  },
} as const;

export type Route = (typeof routes)[number];
export type Requirement = (typeof requirements)[number];
export type Payer = FromSchema<typeof payerSchema>;
export type PolicySettings = FromSchema<typeof policySettingsSchema>;
export type PolicyDefaults = FromSchema<typeof policyDefaultsSchema>;
export type PayerRule = FromSchema<typeof payerRuleSchema>;
export type TurnaroundRule = FromSchema<typeof turnaroundRuleSchema>;
export type PayerPolicy = FromSchema<typeof payerPolicySchema>;

/** All rule data a policy is made of; the server reads it from `rules/`. */
export interface RuleBook {
  readonly defaults: PolicyDefaults;
  readonly payers: readonly PayerRule[];
  readonly turnarounds: readonly TurnaroundRule[];
}
