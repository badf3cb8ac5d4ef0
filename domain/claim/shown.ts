// What a list shows of a claim: told whenever it changes, so that no list says another thing than the workflow.

import type { FromSchema } from 'json-schema-to-ts';
import { canonicalJson } from '../canonical-json.ts';
import { statusOf } from './machine-state.ts';
import type { ClaimStanding, ClaimState } from './machine-state.ts';
import { frequencies } from './event-schema.ts';

const standings = [
  'new',
  'toFix',
  'inReview',
  'submitting',
  'sendingByStaff',
  'uncertain',
  'sent',
  'pending',
  'overdue',
  'awaitingRemittance',
  'partlyPaid',
  'reversed',
  'denied',
  'appealInReview',
  'appealSending',
  'appealPending',
  'patientBalance',
  'paymentPlan',
  'closed',
  'held',
] as const satisfies readonly ClaimStanding[];

const text = { type: ['string', 'null'], maxLength: 100 } as const;

/** Body part `shown` of `POST /v1/worker/claims/show`: codes, days and cents. */
export const claimShownSchema = {
  title: 'ClaimShown',
  type: 'object',
  additionalProperties: false,
  required: ['status', 'frequency', 'attempt', 'dueBy', 'denial', 'hold'],
  properties: {
    status: { enum: standings },
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

/** What is shown of a claim in this state. */
export function shownOf(state: ClaimState): ClaimShown {
  const { submission, denial, dueBy, held } = state;
  return {
    status: statusOf(state),
    frequency: submission?.frequency ?? null,
    attempt: submission?.attempt ?? null,
    dueBy,
    denial:
      denial === null
        ? null
        : {
            class: denial.class,
            whatToDo: denial.whatToDo,
            group: denial.group,
            reason: denial.reason,
            remarks: [...denial.remarks],
            cents: denial.cents,
            decideBy: denial.decideBy,
            posting: denial.posting,
          },
    hold: held?.why ?? null,
  };
}

/** Whether a list that shows the one would have to show the other. */
export function isShownAlike(one: ClaimShown, other: ClaimShown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
