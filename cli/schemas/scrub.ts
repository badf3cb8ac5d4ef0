// What `gait scrub` prints.
import { notCheckedSchema, scrubFindingSchema } from '../../domain/scrub/finding.ts';
import { suggestionSchema } from '../../domain/scrub/suggestions.ts';
import type { Output } from './output.ts';
import { count, documents, fields, listOf, text } from './output.ts';
import { x12Findings } from './x12-findings.ts';

export const scrubOutputs: readonly Output[] = [
  {
    name: 'scrub',
    example:
      './gait scrub docs/examples/claim.837 --chart docs/examples/chart.json --payer docs/examples/payer-profile.json --as-of 2024-09-05 --json',
    schema: documents('Claims checked against billing rules, a file each; lines count from 0', {
      file: text,
      claims: listOf(
        fields({
          id: text,
          source: text,
          findings: listOf(scrubFindingSchema),
          notChecked: listOf(notCheckedSchema),
          unread: listOf(text),
          suggestions: listOf(suggestionSchema),
        }),
      ),
      findings: x12Findings,
      summary: fields({ claims: count, blocks: count, warns: count, asks: count }),
    }),
  },
];
