// The rule file of Medicare's KX thresholds (rules/billing-tables/kx-thresholds.json).
import type { FromSchema } from 'json-schema-to-ts';

export const thresholdSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['year', 'physicalAndSpeechCents', 'medicalReviewCents', 'source', 'retrieved', 'reviewBy'],
  properties: {
    /** The calendar year of the day of service. */
    year: { type: 'integer' },
    /** PT and SLP together, what Medicare allowed after its multiple-procedure reduction. */
    physicalAndSpeechCents: { type: 'integer', minimum: 0 },
    /** The amount past which Medicare may pick claims for medical review. */
    medicalReviewCents: { type: 'integer', minimum: 0 },
    source: { type: 'string' },
    retrieved: { type: 'string', format: 'date' },
    reviewBy: { type: 'string', format: 'date' },
  },
} as const;

export const thresholdsFileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rows'],
  properties: { rows: { type: 'array', items: thresholdSchema } },
} as const;

export type Threshold = FromSchema<typeof thresholdSchema>;

/** The threshold of the day's calendar year; null where none is on file: another year's is never taken for it. */
export function thresholdOn(rows: readonly Threshold[], on: string): Threshold | null {
  return rows.find(({ year }) => String(year) === on.slice(0, 4)) ?? null;
}
