// What the codes of a remittance do to the books: data under rules/posting, handed in by who posts.
import type { FromSchema } from 'json-schema-to-ts';

/** What is not paid, as the books tell it apart. A group and reason without a row is an `adjustment`. */
export const adjustmentKinds = [
  'contractual',
  'adjustment',
  'priorPayer',
  'deductible',
  'coinsurance',
  'copay',
  'patientOther',
] as const;

/** Money outside the claims. A reason without a row is `other`. */
export const providerKinds = ['interest', 'recovery', 'forwarded', 'refund', 'other'] as const;

/** `informs` leaves the books as they are: another payer's claim, a predetermination. */
export const statusEffects = ['decides', 'reverses', 'informs'] as const;

const code = { type: 'string', pattern: '^[A-Z0-9]{1,5}$' } as const;

export const postingCodesSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What codes of a remittance do to the books',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'effective', 'statuses', 'adjustments', 'provider'],
  properties: {
    source: { type: 'string', minLength: 1 },
    retrieved: { type: 'string', format: 'date' },
    /** By the production date of the remittance. */
    effective: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: {
        from: { type: 'string', format: 'date' },
        to: { type: ['string', 'null'], format: 'date' },
      },
    },
    /** CLP02. `rank` 1 for the first payer; null where the status does not tell. `passedOn`: the next payer is told by this one. */
    statuses: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'effect', 'rank', 'passedOn'],
        properties: {
          code,
          effect: { enum: statusEffects },
          rank: { type: ['integer', 'null'], minimum: 1 },
          passedOn: { type: 'boolean' },
        },
      },
    },
    /** CAS01 and CAS02; `reason` null is every reason of the group that has no row of its own. */
    adjustments: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['group', 'reason', 'as'],
        properties: {
          group: code,
          reason: { type: ['string', 'null'], pattern: '^[A-Z0-9]{1,5}$' },
          as: { enum: adjustmentKinds },
        },
      },
    },
    /** PLB03-1. */
    provider: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'as'],
        properties: { reason: code, as: { enum: providerKinds } },
      },
    },
  },
} as const;

export type PostingCodes = FromSchema<typeof postingCodesSchema>;
export type AdjustmentKind = (typeof adjustmentKinds)[number];
export type ProviderKind = (typeof providerKinds)[number];
export type StatusRow = PostingCodes['statuses'][number];

/** The row of a claim's status (CLP02); null where nobody knows what it does. */
export function statusRow(codes: PostingCodes, status: string | null): StatusRow | null {
  return codes.statuses.find((row) => row.code === status) ?? null;
}

export function adjustmentKind(codes: PostingCodes, group: string, reason: string): AdjustmentKind {
  const rows = codes.adjustments.filter((row) => row.group === group);
  return (rows.find((row) => row.reason === reason) ?? rows.find((row) => row.reason === null))?.as ?? 'adjustment';
}

export function providerKind(codes: PostingCodes, reason: string | null): ProviderKind {
  return codes.provider.find((row) => row.reason === reason)?.as ?? 'other';
}
