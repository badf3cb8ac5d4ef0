// The draft of a plan as a person edits it: what of it is theirs to change, and the whole as it is sealed.
import type { JSONSchema } from 'json-schema-to-ts';
import { frequencyWithin } from './frequency.ts';
import type { PlanLimits } from './frequency.ts';
import type { PlanDraft } from './draft.ts';
import { interventionSchema } from './protocol-schema.ts';

const text = { type: 'string', minLength: 1, maxLength: 2000 } as const;
const day = { type: 'string', format: 'date' } as const;
const number = { type: ['number', 'null'] } as const;

const goalSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'term', 'words', 'of', 'baseline', 'target', 'unit', 'due', 'remark'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 80 },
    term: { enum: ['short', 'long'] },
    words: text,
    of: {
      anyOf: [
        { type: 'object', additionalProperties: false, required: ['motion'], properties: { motion: text } },
        { type: 'object', additionalProperties: false, required: ['measure'], properties: { measure: text } },
      ],
    },
    baseline: number,
    target: number,
    unit: text,
    due: day,
    remark: { type: ['string', 'null'], maxLength: 2000 },
  },
} as const;

/** What an edit may change; everything else of a draft is as it was drafted, whatever is sent. */
export const editedPlanSchema = {
  type: 'object',
  required: ['interventions', 'measures', 'goals', 'frequency', 'precautions'],
  properties: {
    interventions: { type: 'array', maxItems: 60, items: interventionSchema },
    measures: {
      type: 'array',
      maxItems: 12,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['measure', 'onTreatmentDays'],
        properties: { measure: text, onTreatmentDays: { type: 'array', items: { type: 'integer', minimum: 1 } } },
      },
    },
    goals: { type: 'array', maxItems: 30, items: goalSchema },
    frequency: {
      type: 'object',
      required: ['visitsPerWeek', 'from'],
      properties: {
        visitsPerWeek: {
          type: 'array',
          minItems: 1,
          maxItems: 53,
          items: { type: 'integer', minimum: 0, maximum: 7 },
        },
        from: day,
      },
    },
    precautions: { type: 'array', maxItems: 30, items: text },
  },
} as const satisfies JSONSchema;

export type EditedPlan = Pick<PlanDraft, 'interventions' | 'measures' | 'goals' | 'precautions'> & {
  readonly frequency: Pick<PlanDraft['frequency'], 'visitsPerWeek' | 'from'>;
};

/** The draft with what a person changed; the weeks are laid within what is allowed again, and the bounds say what was cut. */
export function editedDraft(draft: PlanDraft, edit: EditedPlan, limits: PlanLimits): PlanDraft {
  const { visitsPerWeek, from } = edit.frequency;
  const wanted = visitsPerWeek.map((visits) => ({ weeks: 1, visitsPerWeek: visits }));
  return {
    ...draft,
    interventions: edit.interventions,
    measures: edit.measures,
    goals: edit.goals,
    precautions: edit.precautions,
    frequency: frequencyWithin(wanted, from, limits),
  };
}
