// How freed slots are offered and what counts for whom, as dated data: rules/scheduling/waitlist.json.
import type { FromSchema } from 'json-schema-to-ts';
import { count, datedFile, effectiveDays, source } from '../dated-rows.ts';

const points = { type: 'integer', minimum: 0 } as const;
const clock = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' } as const;

export const priorities = ['urgent', 'soon', 'routine'] as const;
/** How urgent the therapist calls the next visit. */
export type Priority = (typeof priorities)[number];

export const waitlistRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'offers', 'cap', 'points', 'equity'],
  properties: {
    id: { type: 'string', pattern: '^waitlist/' },
    ...effectiveDays,
    offers: {
      type: 'object',
      additionalProperties: false,
      required: ['fanOut', 'answerMinutes', 'leastAnswerMinutes', 'leastNoticeMinutes', 'hours', 'source'],
      properties: {
        /** So many are asked at the same time; one is the fair number. */
        fanOut: { type: 'integer', minimum: 1, maximum: 5 },
        answerMinutes: count,
        /** With less time to answer than this nobody is asked. */
        leastAnswerMinutes: count,
        /** An offer ends so long before the visit begins. */
        leastNoticeMinutes: count,
        /** Within these hours of the clinic's clock offers begin. */
        hours: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'to'],
          properties: { from: clock, to: clock },
        },
        source,
      },
    },
    /** So many offers within so many days, of any slot; then none. */
    cap: {
      type: 'object',
      additionalProperties: false,
      required: ['offers', 'days', 'source'],
      properties: { offers: count, days: count, source },
    },
    points: {
      type: 'object',
      additionalProperties: false,
      required: [
        'priority',
        'waitingPerDay',
        'waitingMost',
        'behindPlanPerVisit',
        'behindPlanMost',
        'wantedTherapist',
        'offerAlready',
        'source',
      ],
      properties: {
        priority: {
          type: 'object',
          additionalProperties: false,
          required: priorities,
          properties: { urgent: points, soon: points, routine: points },
        },
        waitingPerDay: points,
        waitingMost: points,
        behindPlanPerVisit: points,
        behindPlanMost: points,
        wantedTherapist: points,
        /** For every offer within the days of the cap. */
        offerAlready: { type: 'integer', maximum: 0 },
        source,
      },
    },
    equity: {
      type: 'object',
      additionalProperties: false,
      required: ['smallCell', 'source'],
      properties: {
        /** Fewer people than this are not shown. */
        smallCell: { type: 'integer', minimum: 2 },
        source,
      },
    },
  },
} as const;

export const waitlistFileSchema = datedFile('How freed slots are offered', waitlistRuleSchema);

export type WaitlistRule = FromSchema<typeof waitlistRuleSchema>;
