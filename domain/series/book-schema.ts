// What counts when a series of visits is proposed, as dated data: rules/scheduling/series.json.
import type { FromSchema } from 'json-schema-to-ts';
import { priorities } from '../waitlist/book-schema.ts';

const source = { type: 'string', minLength: 1 } as const;
const gain = { type: 'integer', minimum: 0 } as const;
const loss = { type: 'integer', maximum: 0 } as const;
const count = { type: 'integer', minimum: 1 } as const;

const seriesRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'effectiveFrom',
    'effectiveTo',
    'grainMinutes',
    'points',
    'search',
    'lookAheadDays',
    'lookAheadSource',
  ],
  properties: {
    id: { type: 'string', pattern: '^series/' },
    effectiveFrom: { type: 'string', format: 'date' },
    effectiveTo: { type: ['string', 'null'], format: 'date' },
    /** Visits begin on whole multiples of it after midnight and fill whole ones. */
    grainMinutes: { enum: [5, 10, 15, 20, 30] },
    points: {
      type: 'object',
      additionalProperties: false,
      required: [
        'visit',
        'priority',
        'otherTherapist',
        'hourFromUsual',
        'hoursFromUsualMost',
        'needlessEquipment',
        'source',
      ],
      properties: {
        visit: count,
        priority: {
          type: 'object',
          additionalProperties: false,
          required: priorities,
          properties: { urgent: gain, soon: gain, routine: gain },
        },
        otherTherapist: loss,
        hourFromUsual: loss,
        hoursFromUsualMost: loss,
        needlessEquipment: loss,
        source,
      },
    },
    search: {
      type: 'object',
      additionalProperties: false,
      required: ['rounds', 'gap', 'seconds', 'plansAtOnce', 'secondsAtOnce', 'source'],
      properties: {
        rounds: count,
        /** The search ends when the bound is at most this share above what was found. */
        gap: { type: 'number', minimum: 0, maximum: 1 },
        seconds: count,
        plansAtOnce: count,
        secondsAtOnce: count,
        source,
      },
    },
    lookAheadDays: count,
    lookAheadSource: source,
  },
} as const;

export const seriesFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'How series of visits are proposed',
  type: 'object',
  additionalProperties: false,
  required: ['retrieved', 'source', 'rows'],
  properties: {
    retrieved: { type: 'string', format: 'date' },
    source,
    rows: { type: 'array', minItems: 1, items: seriesRuleSchema },
  },
} as const;

export type SeriesRule = FromSchema<typeof seriesRuleSchema>;
