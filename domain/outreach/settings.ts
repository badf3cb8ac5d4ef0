// What a clinic sets for its messages: how it is called and reached, which channels it uses, limits of its own, its own words.
import type { FromSchema } from 'json-schema-to-ts';
import { textRowSchema } from './texts.ts';
import { channels } from './words.ts';

const clock = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' } as const;

export const outreachSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** How the clinic calls itself in a message: short, a text holds 160 characters. */
    name: { type: 'string', minLength: 1, maxLength: 40 },
    /** The number a patient may call. */
    phone: { type: 'string', minLength: 7, maxLength: 20 },
    /** The channels for which there is a vendor; all where nothing is said. */
    channels: { type: 'array', uniqueItems: true, items: { enum: channels } },
    /** Stricter than the rules; what is laxer changes nothing. */
    quiet: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: clock, to: clock },
    },
    perDay: { type: 'integer', minimum: 1 },
    perWeek: { type: 'integer', minimum: 1 },
    /** How many hours before a visit its reminder goes, as soon as the rules allow; later only for a visit booked later. */
    reminderHours: { type: 'number', minimum: 3, maximum: 168 },
    /** After how many minutes what a vendor refused for now is tried again. */
    againMinutes: { type: 'number', minimum: 0.05, maximum: 120 },
    /** Words instead of the shipped ones, by purpose and language. */
    texts: { type: 'array', maxItems: 100, items: textRowSchema },
  },
} as const;

export type OutreachSettings = FromSchema<typeof outreachSettingsSchema>;

/** Hours before a visit from which its reminder goes; by then 24 are left in any night (checklist: 24 to 48 hours before). */
export const usualReminderHours = 48;

/** Minutes after which what may pass is tried again. */
export const usualAgainMinutes = 15;
