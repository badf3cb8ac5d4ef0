// What `gait eligibility` prints.
import { benefitSummarySchema } from '../../domain/eligibility/summary-schema.ts';
import type { Output } from './output.ts';
import { documents, fields, listOf, nullableText, text } from './output.ts';
import { x12Findings } from './x12-findings.ts';

const file = {
  file: text,
  summaries: listOf(benefitSummarySchema),
  rejects: listOf(
    fields({
      at: { enum: ['source', 'receiver'] },
      code: text,
      followUp: nullableText,
      source: text,
      actionClass: nullableText,
      meaning: nullableText,
      fix: nullableText,
    }),
  ),
  findings: x12Findings,
} as const;

export const eligibilityOutputs: readonly Output[] = [
  {
    name: 'eligibility.read',
    example: './gait eligibility read docs/examples/eligibility-response.271 --json',
    schema: documents('Benefit summaries out of eligibility responses (271), a file each', file),
  },
];
