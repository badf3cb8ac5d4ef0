// Which signed drafts a clinical specialist looks over: every so many of a clinic's first days, by their order and by no choice.
import type { FromSchema } from 'json-schema-to-ts';
import { count, datedFile, effectiveDays } from '../dated-rows.ts';

const auditRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'days', 'everyNth'],
  properties: {
    id: { type: 'string', pattern: '^note-audit/' },
    ...effectiveDays,
    /** Days from the first signed draft of the clinic. */
    days: count,
    /** 1: every one. */
    everyNth: count,
  },
} as const;

export const auditFileSchema = datedFile('Which drafts are looked over', auditRuleSchema);

export type AuditRule = FromSchema<typeof auditRuleSchema>;

/** What a clinic sets instead; `days` 0: none is looked over. */
export const auditSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    days: { type: 'integer', minimum: 0, maximum: 3660 },
    everyNth: { type: 'integer', minimum: 1, maximum: 1000 },
  },
} as const;

export type AuditSettings = FromSchema<typeof auditSettingsSchema>;

interface Signed {
  readonly note: string;
  /** ISO UTC. */
  readonly signedAt: string;
}

/** The first of them and every nth after it, as long as the first days last. */
export function sampled(
  signed: readonly Signed[],
  { days, everyNth }: Pick<AuditRule, 'days' | 'everyNth'>,
): readonly string[] {
  const inOrder = [...signed].sort(
    (one, other) => Date.parse(one.signedAt) - Date.parse(other.signedAt) || (one.note < other.note ? -1 : 1),
  );
  const [first] = inOrder;
  if (first === undefined) return [];
  const end = Date.parse(first.signedAt) + days * 86_400_000;
  return inOrder
    .filter(({ signedAt }, at) => at % everyNth === 0 && Date.parse(signedAt) < end)
    .map(({ note }) => note);
}
