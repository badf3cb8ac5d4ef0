// What counts when a series of visits is proposed, as dated data: rules/scheduling/series.json.
import type { FromSchema } from 'json-schema-to-ts';
import { count, datedFile, effectiveDays, source } from '../dated-rows.ts';
import { priorities } from '../waitlist/book-schema.ts';

const gain = { type: 'integer', minimum: 0 } as const;
const loss = { type: 'integer', maximum: 0 } as const;

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
    'assumedMinutes',
    'assumedSource',
    'proposeWeeks',
    'proposeWeeksSource',
    'lookAheadDays',
    'lookAheadSource',
  ],
  properties: {
    id: { type: 'string', pattern: '^series/' },
    ...effectiveDays,
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
    assumedMinutes: count,
    assumedSource: source,
    proposeWeeks: count,
    proposeWeeksSource: source,
    lookAheadDays: count,
    lookAheadSource: source,
  },
} as const;

export const seriesFileSchema = datedFile('How series of visits are proposed', seriesRuleSchema);

export type SeriesRule = FromSchema<typeof seriesRuleSchema>;
