// What a clinic knows of one payer: who it is, its contract, its own rules, and the rules it does not hold to.
import type { FromSchema } from 'json-schema-to-ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import { scrubRuleSchema } from './rule-schema.ts';

const text = { type: 'string', minLength: 1 } as const;
const modifier = { type: 'string', pattern: '^[0-9A-Z]{2}$' } as const;

export const scrubProfileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What a clinic knows of one payer, for checking claims',
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Takes the place of what the claim says; absent: the claim's own. */
    payer: {
      type: 'object',
      additionalProperties: false,
      properties: {
        id: text,
        lineOfBusiness: { enum: linesOfBusiness },
        state: { type: 'string', pattern: '^[A-Z]{2}$' },
      },
    },
    /** How minutes become units; absent: by the line of business. */
    unitRule: { enum: ['cms', 'midpoint'] },
    contract: {
      type: 'object',
      additionalProperties: false,
      required: ['source'],
      properties: {
        /** The contract and its section. */
        source: text,
        /** Days from the day of service within which a claim must be there. */
        timelyFilingDays: { type: 'integer', minimum: 1 },
        /** Whether the payer wants therapy modifiers (GP, GO, GN). */
        therapyModifiers: { type: 'boolean' },
        /** Whether the payer holds to CMS's NCCI edits and MUEs. */
        ncci: { type: 'boolean' },
        referringProvider: { type: 'boolean' },
        /** How it wants telehealth marked. */
        telehealth: {
          type: 'object',
          additionalProperties: false,
          required: ['modifiers', 'placesOfService'],
          properties: {
            modifiers: { type: 'array', minItems: 1, items: modifier },
            placesOfService: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9]{2}$' } },
          },
        },
      },
    },
    /** The modifiers in the order the payer wants them; those it does not name come after. */
    modifierOrder: { type: 'array', minItems: 1, uniqueItems: true, items: modifier },
    /** Whether the payer wants an authorization for therapy at all; absent: not known. */
    authorizations: {
      type: 'object',
      additionalProperties: false,
      required: ['required', 'source'],
      properties: { required: { enum: ['yes', 'no'] }, source: text },
    },
    /** Absent: as the line of business has it, where that is known. */
    progressReport: {
      type: 'object',
      additionalProperties: false,
      required: ['everyTreatmentDays', 'source'],
      properties: { everyTreatmentDays: { type: 'integer', minimum: 1 }, source: text },
    },
    /** When the payer wants an outcome measure taken. */
    outcomeMeasures: {
      type: 'object',
      additionalProperties: false,
      required: ['source'],
      properties: {
        everyTreatmentDays: { type: 'integer', minimum: 1 },
        withNotes: {
          type: 'array',
          minItems: 1,
          items: { enum: ['evaluation', 'progress', 'recertification', 'discharge'] },
        },
        /** The measures it takes; absent: any. */
        measures: { type: 'array', minItems: 1, items: text },
        source: text,
      },
    },
    /** Whether it asks for functional limitation codes, whatever Medicare does. */
    functionalReporting: {
      type: 'object',
      additionalProperties: false,
      required: ['required', 'source'],
      properties: { required: { type: 'boolean' }, source: text },
    },
    /** Rules of this payer alone, in the shape of `rules/scrub`; their id is `payer.rule`. */
    rules: {
      type: 'array',
      items: {
        ...scrubRuleSchema,
        required: [...scrubRuleSchema.required, 'variant'],
        properties: { ...scrubRuleSchema.properties, id: { const: 'payer.rule' } },
      },
    },
    /** Rules that are not checked for this payer, each with the reason. */
    off: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'reason'],
        properties: { rule: text, variant: text, reason: text },
      },
    },
  },
} as const;

export type ScrubProfile = FromSchema<typeof scrubProfileSchema>;

/** Profiles of payers that come as data (rules/scrub/tables/payers.json), each for the days of service it holds. */
export const payerProfilesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Profiles of payers, for checking claims',
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['payer', 'from', 'to', 'source', 'retrieved', 'profile'],
        properties: {
          payer: text,
          from: { type: 'string', format: 'date' },
          to: { type: ['string', 'null'], format: 'date' },
          source: text,
          retrieved: { type: 'string', format: 'date' },
          profile: scrubProfileSchema,
        },
      },
    },
  },
} as const;

export interface PayerProfile {
  readonly payer: string;
  readonly from: string;
  readonly to: string | null;
  readonly profile: ScrubProfile;
}

/** The profile of a payer on a day of service; empty where none is known. */
export function profileOn(rows: readonly PayerProfile[], payer: string, on: string): ScrubProfile {
  const holds = ({ from, to }: PayerProfile): boolean => from <= on && (to === null || on <= to);
  return rows.find((row) => row.payer === payer && holds(row))?.profile ?? {};
}
