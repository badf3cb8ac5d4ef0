// What care between visits is measured by: when answers about a home program call for a person, what is encouraged, how a plan tapers: rules/care.
import type { FromSchema } from 'json-schema-to-ts';
import { count, datedFile, effectiveDays, source } from '../dated-rows.ts';
import { questionnaireSchema } from './intake-schema.ts';

const milestoneSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'kind', 'count'],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    /** `total`: so many days done in all; `inARow`: so many agreed days one after the other; `firstDays`: every agreed day of the first so many. */
    kind: { enum: ['total', 'inARow', 'firstDays'] },
    count,
  },
} as const;

const careRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'exercise', 'milestones', 'taper', 'intake'],
  properties: {
    id: { type: 'string', pattern: '^care/' },
    ...effectiveDays,
    exercise: {
      type: 'object',
      additionalProperties: false,
      required: ['feltHigh', 'notCount', 'notDays', 'silentDays', 'adherenceDays', 'source'],
      properties: {
        /** From this mark on, of 0 to 10, the therapist hears of it at once. */
        feltHigh: { type: 'integer', minimum: 1, maximum: 10 },
        /** So many days "not done" within so many days are told. */
        notCount: count,
        notDays: count,
        /** No answer for so many agreed days in a row is told. */
        silentDays: count,
        /** Over how many days adherence is shown. */
        adherenceDays: count,
        source,
      },
    },
    milestones: {
      type: 'object',
      additionalProperties: false,
      required: ['rows', 'source'],
      properties: { rows: { type: 'array', items: milestoneSchema }, source },
    },
    /** What is suggested for the last weeks of a plan: so many weeks at such a share of its visits. */
    taper: {
      type: 'object',
      additionalProperties: false,
      required: ['weeks', 'share', 'source'],
      properties: { weeks: count, share: { type: 'number', exclusiveMinimum: 0, maximum: 1 }, source },
    },
    /** Forms are asked for a second time so many hours before the visit; a link holds so many days. */
    intake: {
      type: 'object',
      additionalProperties: false,
      required: ['remindHours', 'linkDays', 'source'],
      properties: { remindHours: count, linkDays: count, source },
    },
  },
} as const;

const intakeRowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'source', 'form'],
  properties: {
    id: { type: 'string', pattern: '^intake/' },
    ...effectiveDays,
    source,
    form: questionnaireSchema,
  },
} as const;

export const careFileSchema = datedFile('Care', careRuleSchema);
export const intakeFileSchema = datedFile('IntakeForms', intakeRowSchema);

export type CareRule = FromSchema<typeof careRuleSchema>;
export type MilestoneRow = FromSchema<typeof milestoneSchema>;
export type IntakeFormRow = FromSchema<typeof intakeRowSchema>;
