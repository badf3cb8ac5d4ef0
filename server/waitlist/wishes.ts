// What a waiting patient needs and when they can come, as the front desk writes it down.
import type { FromSchema } from 'json-schema-to-ts';

const names = { type: 'array', maxItems: 20, items: { type: 'string', minLength: 1, maxLength: 60 } } as const;
const clock = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' } as const;

/** Hours of the week by the clinic's clock. */
export const windowsSchema = {
  type: 'array',
  maxItems: 50,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['weekday', 'from', 'to'],
    properties: { weekday: { type: 'integer', minimum: 0, maximum: 6 }, from: clock, to: clock },
  },
} as const;

export const wishesSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'discipline',
    'minutes',
    'therapists',
    'wantedTherapist',
    'locations',
    'equipment',
    'times',
    'noticeMinutes',
    'visitsPerWeek',
    'daysApart',
    'planFrom',
    'planTo',
  ],
  properties: {
    discipline: { type: 'string', minLength: 1, maxLength: 20 },
    minutes: { type: 'integer', minimum: 5, maximum: 480 },
    /** null: any. */
    therapists: { anyOf: [names, { type: 'null' }] },
    wantedTherapist: { type: ['string', 'null'], maxLength: 60 },
    locations: { anyOf: [names, { type: 'null' }] },
    equipment: names,
    /** null: nobody asked. */
    times: {
      anyOf: [{ type: 'null' }, windowsSchema],
    },
    noticeMinutes: { type: 'integer', minimum: 0, maximum: 10_080 },
    visitsPerWeek: { type: ['integer', 'null'], minimum: 0, maximum: 7 },
    daysApart: { type: 'integer', minimum: 1, maximum: 30 },
    planFrom: { type: ['string', 'null'], format: 'date' },
    planTo: { type: ['string', 'null'], format: 'date' },
  },
} as const;

export type Wishes = FromSchema<typeof wishesSchema>;
