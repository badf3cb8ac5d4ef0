// A form for patients as data: its questions, who reads the answers, and which answer a clinician must hear of at once.
import type { FromSchema } from 'json-schema-to-ts';

export const questionKinds = ['text', 'longText', 'yesNo', 'choice', 'date'] as const;

const words = { type: 'string', minLength: 1, maxLength: 300 } as const;

const questionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'text', 'kind', 'required', 'readBy'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' },
    text: words,
    kind: { enum: questionKinds },
    choices: { type: 'array', minItems: 2, maxItems: 12, items: { type: 'string', minLength: 1, maxLength: 80 } },
    required: { type: 'boolean' },
    /** What the front desk needs stays apart from what only a clinician reads. */
    readBy: { enum: ['frontDesk', 'therapist'] },
    /** Answers that a clinician hears of at once; `yes` of a yes-or-no question. */
    redFlag: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1, maxLength: 80 } },
    /** Why such an answer is a red flag, with its source; the patient never reads it. */
    redFlagSource: words,
  },
} as const;

export const questionnaireSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'questions'],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    title: { type: 'string', minLength: 1, maxLength: 80 },
    /** How to prepare for the visit; shown above the form and again when it is sent. */
    preparation: { type: 'string', minLength: 1, maxLength: 600 },
    questions: { type: 'array', minItems: 1, maxItems: 60, items: questionSchema },
  },
} as const;

export type Question = FromSchema<typeof questionSchema>;
export type Questionnaire = FromSchema<typeof questionnaireSchema>;
