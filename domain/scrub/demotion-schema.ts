// When a rule counts as noisy (rules/scrub/tables/demotion.json): dated thresholds, by which a lower severity is proposed.
import type { FromSchema } from 'json-schema-to-ts';

const date = { type: 'string', format: 'date' } as const;

const demotionRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to', 'windowDays', 'minimumJudged', 'precisionBelowPercent'],
  properties: {
    from: date,
    to: { type: ['string', 'null'], format: 'date' },
    /** Only findings of so many days back count. */
    windowDays: { type: 'integer', minimum: 1 },
    /** Of fewer findings that came to something nobody can tell. */
    minimumJudged: { type: 'integer', minimum: 1 },
    precisionBelowPercent: { type: 'integer', minimum: 1, maximum: 100 },
  },
} as const;

export const demotionFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'When a rule is proposed to be demoted',
  type: 'object',
  additionalProperties: false,
  required: ['source', 'retrieved', 'rows'],
  properties: {
    source: { type: 'string', minLength: 1 },
    retrieved: date,
    rows: { type: 'array', minItems: 1, items: demotionRowSchema },
  },
} as const;

export type DemotionRow = FromSchema<typeof demotionRowSchema>;
