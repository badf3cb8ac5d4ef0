// What a clinic sets for care between visits: how early a plan's end is told, its own form, its own room for video visits.
import type { FromSchema } from 'json-schema-to-ts';
import { questionnaireSchema } from './intake-schema.ts';

const days = { type: 'integer', minimum: 1, maximum: 60 } as const;

export const careSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    /** Days before the end of a plan of care, instead of the rules'. */
    discharge: {
      type: 'object',
      additionalProperties: false,
      properties: { therapistDays: days, patientDays: days },
    },
    /** Whether a patient hears of the plan's end although the therapist has not decided yet. */
    tellUndecided: { type: 'boolean' },
    /** The form for a first visit, instead of the shipped one. */
    intake: questionnaireSchema,
    /** Where video visits take place, if no link of their own was entered. */
    videoRoom: { type: 'string', pattern: '^https://', maxLength: 200 },
  },
} as const;

export type CareSettings = FromSchema<typeof careSettingsSchema>;
