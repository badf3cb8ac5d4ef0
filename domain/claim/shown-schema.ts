// What a list shows of a claim: codes, days and cents.

import type { FromSchema } from 'json-schema-to-ts';
import { frequencies } from './event-schema.ts';
import { phases } from './phases.ts';

const text = { type: ['string', 'null'], maxLength: 100 } as const;

/** Body part `shown` of `POST /v1/worker/claims/show`: codes, days and cents. */
export const claimShownSchema = {
  title: 'ClaimShown',
  type: 'object',
  additionalProperties: false,
  required: ['status', 'frequency', 'attempt', 'dueBy', 'denial', 'hold'],
  properties: {
    status: { enum: [...phases, 'held'] },
    /** The submission in hand; null before the first. */
    frequency: { enum: [...frequencies, null] },
    attempt: { type: ['integer', 'null'] },
    /** When the present wait is over. */
    dueBy: { type: ['string', 'null'], format: 'date-time' },
    /** The denial nobody has answered yet, or the one that an appeal or a correction answers. */
    denial: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['class', 'whatToDo', 'group', 'reason', 'remarks', 'cents', 'decideBy', 'posting'],
      properties: {
        class: { type: 'string', maxLength: 40 },
        whatToDo: { type: 'string', maxLength: 40 },
        group: { type: 'string', maxLength: 80 },
        reason: { type: 'string', maxLength: 80 },
        remarks: { type: 'array', items: { type: 'string', maxLength: 80 } },
        cents: { type: 'integer' },
        decideBy: text,
        posting: { type: 'string', maxLength: 100 },
      },
    },
    /** Why the claim is held, as a code. */
    hold: text,
  },
} as const;

export type ClaimShown = FromSchema<typeof claimShownSchema>;
