// What `gait audit-data` and `gait reconcile` print: references, codes and counts.
import { auditFields, severities } from '../../domain/data-audit/book-schema.ts';
import { findingCodes } from '../../domain/data-audit/findings.ts';
import { disagreementCodes } from '../../domain/reconciliation/visits.ts';
import type { Output } from './output.ts';
import { count, document, fields, listOf, nullableInstant, nullableText, text } from './output.ts';

const codes = Object.keys(findingCodes);
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;
const share = { type: ['number', 'null'], minimum: 0, maximum: 1 } as const;
const field = { enum: auditFields } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const date = { type: 'string', format: 'date' } as const;

export const dataAuditOutputs: readonly Output[] = [
  {
    name: 'audit-data',
    example: './gait audit-data --clinic riverside --json',
    schema: document("What is double, missing, malformed or contradictory in a clinic's records; null is unknown", {
      clinic: text,
      audit: text,
      records: count,
      patients: count,
      unreadable: count,
      compared: count,
      keysLeftOut: count,
      bySeverity: fields({ error: count, warning: count, note: count }),
      byCode: listOf(fields({ code: { enum: codes }, count })),
      since: { anyOf: [{ type: 'null' }, fields({ new: count, gone: count, unchanged: count })] },
      systems: listOf(
        fields({ system: text, name: text, records: count, fields: listOf(fields({ field, known: count, share })) }),
      ),
      groups: listOf(
        fields({
          code: { enum: codes },
          severity: { enum: severities },
          system: text,
          systemName: text,
          field: { enum: [...auditFields, null] },
          count,
        }),
      ),
    }),
  },
  {
    name: 'reconcile',
    example: './gait reconcile --clinic riverside --json',
    schema: document('Whether schedule, notes, charges and authorizations tell of the same visits; null is unknown', {
      clinic: text,
      asOf: fields({
        schedule: nullableInstant,
        notes: nullableInstant,
        charges: nullableInstant,
        authorizations: nullableInstant,
      }),
      patients: count,
      agree: count,
      claimsUnmatched: count,
      byCode: listOf(fields({ code: { enum: disagreementCodes }, count })),
      items: fields({ opened: count, changed: count, closed: count, same: count, accepted: count }),
      disagreeing: listOf(
        fields({
          patient: text,
          workItem: nullableText,
          counts: fields({
            visits: nullableCount,
            noteDays: nullableCount,
            chargedDays: nullableCount,
            authorization: { anyOf: [{ type: 'null' }, fields({ told: count, counted: count, asOf: date })] },
          }),
          disagreements: listOf(
            fields({
              code: { enum: disagreementCodes },
              date: nullableDate,
              period: nullableCount,
              counted: nullableCount,
              told: nullableCount,
            }),
          ),
        }),
      ),
    }),
  },
];
