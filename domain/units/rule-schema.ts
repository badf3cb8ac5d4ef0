// The rule files of units: who counts by which rule (unit-rules.json), and what an assistant's share means (assistant-share.json).
import type { FromSchema } from 'json-schema-to-ts';
import type { LineOfBusiness } from '../payer/lines-of-business.ts';
import { linesOfBusiness } from '../payer/lines-of-business.ts';
import { newestInForce } from '../payer/policy.ts';

/**
 * `cms`: minutes of all 15-minute services of a day are added, their sum says how many units there are. `midpoint`: every
 * service stands for itself, a unit is reached when more than half of its minutes are.
 */
export const unitRules = ['cms', 'midpoint'] as const;
export type UnitRule = (typeof unitRules)[number];

const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const nullableText = { type: ['string', 'null'] } as const;

/** What every row says of itself; the effective days are days of service. */
const cited = {
  id: { type: 'string' },
  effectiveFrom: date,
  effectiveTo: nullableDate,
  citation: { type: 'string' },
  source: { type: 'string' },
  url: nullableText,
  retrieved: date,
  reviewBy: date,
} as const;
const citedFields = [
  'id',
  'effectiveFrom',
  'effectiveTo',
  'citation',
  'source',
  'url',
  'retrieved',
  'reviewBy',
] as const;

const unitRuleRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...citedFields, 'payer', 'lineOfBusiness', 'rule'],
  properties: {
    ...cited,
    /** null: every payer of the line of business that has no row of its own. */
    payer: nullableText,
    lineOfBusiness: { enum: linesOfBusiness },
    rule: { enum: unitRules },
  },
} as const;

export const unitRulesFileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', items: unitRuleRowSchema } },
} as const;

const minutes = { type: 'integer', minimum: 0 } as const;

const assistantRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [...citedFields, 'modifier', 'exceedsPercent', 'lastUnitOfTherapist', 'splitPair'],
  properties: {
    ...cited,
    modifier: { type: 'string' },
    /** A unit is the assistant's where more than this share of its minutes is. */
    exceedsPercent: { type: 'integer', minimum: 0, maximum: 100 },
    /** Whether the last unit stays the therapist's who alone reaches its midpoint, whatever the assistant did of it. */
    lastUnitOfTherapist: { type: 'boolean' },
    /** Two units left over, parted one and one where each worked so long; null: no such rule. */
    splitPair: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['eachFrom', 'eachTo', 'togetherFrom', 'togetherTo'],
          properties: { eachFrom: minutes, eachTo: minutes, togetherFrom: minutes, togetherTo: minutes },
        },
        { type: 'null' },
      ],
    },
  },
} as const;

export const assistantRulesFileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', items: assistantRuleSchema } },
} as const;

export type UnitRuleRow = FromSchema<typeof unitRuleRowSchema>;
export type AssistantRule = FromSchema<typeof assistantRuleSchema>;

/** Who pays, on a day of service; null where it is not known. */
export interface UnitRuleQuestion {
  readonly payer: string | null;
  readonly lineOfBusiness: LineOfBusiness | null;
  readonly on: string;
}

/**
 * The row by which a payer counts: its own before that of its line of business. null: nobody has written one down, and
 * nobody may guess.
 */
export function unitRuleOf(rows: readonly UnitRuleRow[], question: UnitRuleQuestion): UnitRuleRow | null {
  const { payer, lineOfBusiness, on } = question;
  const own = rows.filter(
    (row) =>
      row.payer !== null && row.payer === payer && (lineOfBusiness === null || row.lineOfBusiness === lineOfBusiness),
  );
  // A payer that counts differently in its lines of business is known only together with the line.
  if (own.length > 0 && new Set(own.map((row) => row.lineOfBusiness)).size === 1) {
    const row = newestInForce(own, on);
    if (row !== null) return row;
  }
  return newestInForce(
    rows.filter((row) => row.payer === null && row.lineOfBusiness === lineOfBusiness),
    on,
  );
}

/** The rule about an assistant's share on a day of service; null: there was none yet. */
export function assistantRuleOn(rows: readonly AssistantRule[], on: string): AssistantRule | null {
  return newestInForce(rows, on);
}
