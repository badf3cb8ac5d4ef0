// What `gait authorizations stats`, `gait audit verify`, `gait templates` and `npm run demo` print.
import { manifestSchema } from '../../domain/template/manifest.ts';
import type { Output } from './output.ts';
import { count, document, fields, instant, listOf, nullableText, text } from './output.ts';

const { $schema: _dialect, ...manifest } = manifestSchema;
const named = fields({ id: text, name: text });

const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;
const nullableDays = { type: ['number', 'null'] } as const;
const daysSpent = fields({ count, medianDays: nullableDays, days90thPercentile: nullableDays });
const visitSum = fields({ known: nullableCount, unknownFor: count });

export const stackOutputs: readonly Output[] = [
  {
    name: 'authorizations.stats',
    example: './gait authorizations stats --clinic riverside --from 2026-01-01 --to 2026-12-31 --json',
    schema: document("How a clinic's requests went, by payer; null is unknown", {
      from: nullableDate,
      to: nullableDate,
      payers: listOf(
        fields({
          payer: text,
          sent: count,
          openedToSent: daysSpent,
          sentToAnswered: daysSpent,
          approved: count,
          partlyApproved: count,
          denied: count,
          cancelled: count,
          notAnswered: count,
          visitsAsked: visitSum,
          visitsApproved: visitSum,
          visitsTreatedUncovered: nullableCount,
        }),
      ),
    }),
  },
  {
    name: 'audit.verify',
    example: './gait audit verify --clinic riverside --json',
    schema: document('Whether the audit chains hold', {
      ok: { type: 'boolean' },
      chains: listOf(
        fields({
          clinic: text,
          name: text,
          entries: count,
          head: { anyOf: [{ type: 'null' }, fields({ clinic: text, seq: count, hash: text })] },
          broken: { anyOf: [{ type: 'null' }, fields({ seq: { type: 'integer' }, breach: text, message: text })] },
        }),
      ),
    }),
  },
  {
    name: 'templates.list',
    example: './gait templates list --json',
    schema: document('The templates with their manifests', { templates: listOf(manifest) }),
  },
  {
    name: 'templates.install',
    example: './gait templates install prior-authorization --clinic demo --set webpt=WebPT --replace --json',
    schema: document("A clinic's copy of a template, live", {
      template: text,
      version: text,
      clinic: text,
      flow: fields({ id: text, name: text, url: text }),
      credential: fields({ id: text, name: text, created: { type: 'boolean' } }),
      steps: listOf(text),
      parameters: { type: 'object', additionalProperties: { type: ['string', 'integer'] } },
      replaced: listOf(named),
    }),
  },
  {
    name: 'demo',
    example: 'npm run --silent demo -- --json',
    schema: document('One authorization from the export file to the recorded approval', {
      ok: { type: 'boolean' },
      authorization: nullableText,
      links: listOf(fields({ name: text, at: instant, evidence: { type: 'object' } })),
      payerJournal: listOf({ type: 'object' }),
      seconds: { type: 'number' },
    }),
  },
];
