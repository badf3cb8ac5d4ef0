// The answer to one item of a step, as it comes over HTTP.
import { errorTable, isErrorCode } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { StepAnswer } from '../../domain/step/call.ts';

const errorCodes = Object.keys(errorTable).filter(isErrorCode);

export const stepAnswerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['item'],
  properties: {
    item: { type: 'string', minLength: 1, maxLength: 100 },
    outcome: { type: 'string', pattern: '^[a-z][A-Za-z]{0,39}$' },
    structure: { type: 'object' },
    refs: { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 60 } },
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['code'],
      properties: { code: { enum: errorCodes } },
    },
  },
  oneOf: [{ required: ['outcome'] }, { required: ['error'] }],
} as const;

/** The answer that a body of this schema holds. */
export function answerOf(given: {
  readonly item: string;
  readonly outcome?: string;
  readonly structure?: object;
  readonly refs?: readonly string[];
  readonly error?: { readonly code: ErrorCode };
}): StepAnswer {
  if (given.error !== undefined) return { item: given.item, error: given.error };
  return {
    item: given.item,
    outcome: given.outcome ?? 'unknown',
    ...(given.structure === undefined ? {} : { structure: { ...given.structure } }),
    ...(given.refs === undefined ? {} : { refs: given.refs }),
  };
}
