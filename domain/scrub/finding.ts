// What checking a claim yields: findings, and the rules that could not be checked with the reason why.
import type { FromSchema } from 'json-schema-to-ts';
import { roles } from '../work-item/kinds.ts';
import { ruleSeverities } from './rule-schema.ts';

const text = { type: 'string' } as const;
const line = { type: ['integer', 'null'], minimum: 0 } as const;

const factSchema = {
  anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, { type: 'array', items: { type: 'string' } }],
} as const;

/** One statement that a claim does not meet. */
export const scrubFindingSchema = {
  type: 'object',
  required: ['rule', 'severity', 'line', 'message', 'facts', 'fix', 'role', 'citation'],
  properties: {
    rule: text,
    /** Which of the rule's statements, where it has several. */
    variant: text,
    severity: { enum: ruleSeverities },
    /** The service line, counted from 0; null: the claim as a whole. */
    line,
    message: text,
    /** What was looked at, as the claim, the chart and the tables have it; null: not known. */
    facts: { type: 'object', additionalProperties: factSchema },
    fix: text,
    role: { enum: roles },
    citation: {
      type: 'object',
      required: ['source'],
      properties: { source: text, section: text, url: text, version: text, effective: text },
    },
    /** There when the rule or the table behind it was to be looked up again before now, with the day until which it was good. */
    stale: { const: true },
    staleSince: { type: 'string', format: 'date' },
    /** There when the clinic gave the rule a lower severity than its own: the rule's, and who decided it when. */
    lowered: {
      type: 'object',
      required: ['from', 'by', 'on'],
      properties: { from: { enum: ruleSeverities }, by: text, on: { type: 'string', format: 'date' } },
    },
  },
} as const;

/** A rule that could not be checked: `needs` names the missing part or fact. */
export const notCheckedSchema = {
  type: 'object',
  required: ['rule', 'needs', 'line', 'why'],
  properties: { rule: text, variant: text, needs: text, line, why: text },
} as const;

export type ScrubFinding = FromSchema<typeof scrubFindingSchema>;
export type NotChecked = FromSchema<typeof notCheckedSchema>;
