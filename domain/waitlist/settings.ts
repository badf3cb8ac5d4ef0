// What a clinic sets for its waitlist instead of the dated rules, and what a freed visit is where its schedule does not say.
import type { FromSchema } from 'json-schema-to-ts';
import type { WaitlistRule } from './book-schema.ts';

const clock = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' } as const;
const name = { type: 'string', minLength: 1, maxLength: 60 } as const;

export const waitlistSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** So many are asked at the same time. */
    fanOut: { type: 'integer', minimum: 1, maximum: 5 },
    /** So long an offer stands. */
    answerMinutes: { type: 'integer', minimum: 5, maximum: 1440 },
    /** An offer ends so long before the visit begins. */
    leastNoticeMinutes: { type: 'integer', minimum: 0, maximum: 10_080 },
    /** Within these hours of the clinic's clock offers begin; the patient's night is kept by the rules of messages in any case. */
    hours: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: clock, to: clock },
    },
    /** What a freed visit is where the schedule does not tell: the clinic's own word, never a guess. */
    usual: {
      type: 'object',
      additionalProperties: false,
      properties: {
        minutes: { type: 'integer', minimum: 5, maximum: 480 },
        discipline: { type: 'string', minLength: 1, maxLength: 20 },
        location: name,
        equipment: { type: 'array', maxItems: 20, uniqueItems: true, items: name },
      },
    },
  },
} as const;

export type WaitlistSettings = FromSchema<typeof waitlistSettingsSchema>;

/** How a slot is offered: the dated rule, with what the clinic has set in its place. */
export function offersFor({ offers }: Pick<WaitlistRule, 'offers'>, own: WaitlistSettings): WaitlistRule['offers'] {
  const answerMinutes = own.answerMinutes ?? offers.answerMinutes;
  return {
    ...offers,
    fanOut: own.fanOut ?? offers.fanOut,
    answerMinutes,
    // Who gives less time than the rule's least wants nobody to be left out for it.
    leastAnswerMinutes: Math.min(offers.leastAnswerMinutes, answerMinutes),
    leastNoticeMinutes: own.leastNoticeMinutes ?? offers.leastNoticeMinutes,
    hours: own.hours ?? offers.hours,
  };
}
