// What `gait claims statistics` prints.
import { denialClasses } from '../../domain/claim/denial-schema.ts';
import type { Output } from './output.ts';
import { count, document, fields, listOf, nullableText, text } from './output.ts';

const date = { type: 'string', format: 'date' } as const;
const nullableDate = { type: ['string', 'null'], format: 'date' } as const;
const nullableCount = { type: ['integer', 'null'], minimum: 0 } as const;
const nullableNumber = { type: ['number', 'null'] } as const;
const cents = { type: 'integer' } as const;
const nullableCents = { type: ['integer', 'null'] } as const;
const centSum = fields({ known: nullableCents, unknownFor: count });
const daysSpent = fields({ count, medianDays: nullableNumber, days90thPercentile: nullableNumber, unknownFor: count });

const figures = fields({
  claims: count,
  checked: count,
  withFindings: nullableCount,
  stopped: nullableCount,
  stoppedAndSettled: nullableCount,
  overridden: nullableCount,
  sent: count,
  accepted: nullableCount,
  sentBack: nullableCount,
  notAnswered: count,
  acceptanceShare: nullableNumber,
  decided: count,
  paidInFull: nullableCount,
  paidPartly: nullableCount,
  denied: nullableCount,
  denialShare: nullableNumber,
  denials: listOf(fields({ class: { enum: denialClasses }, group: text, reason: text, claims: count, cents })),
  corrected: nullableCount,
  appealed: nullableCount,
  wonByCorrection: nullableCount,
  wonByAppeal: nullableCount,
  deniedNotFollowed: count,
  recoveredCents: centSum,
  noteToTakenIn: daysSpent,
  takenInToSent: daysSpent,
  sentToAcknowledged: daysSpent,
  sentToDecided: daysSpent,
  decidedToClosed: daysSpent,
});

const receivables = fields({
  open: centSum,
  byAge: listOf(fields({ fromDays: nullableCount, toDays: nullableCount, open: centSum })),
  patients: centSum,
  underPlan: centSum,
  writtenOff: centSum,
  averageDailyChargeCents: nullableCents,
  daysInReceivables: nullableNumber,
});

const ofPayer = fields({ payer: nullableText, figures, receivables });

export const claimFigureOutputs: readonly Output[] = [
  {
    name: 'claims.statistics',
    example: './gait claims statistics --clinic riverside --from 2026-01-01 --to 2026-12-31 --json',
    schema: document("How a clinic's claims went, by payer, and what is owed as of a day; null is unknown", {
      from: nullableDate,
      to: nullableDate,
      asOf: date,
      total: ofPayer,
      payers: listOf(ofPayer),
      therapists: listOf(
        fields({
          therapist: nullableText,
          name: nullableText,
          lines: count,
          visits: nullableCount,
          billed: centSum,
          allowed: centSum,
          paid: centSum,
          paidPerVisitCents: nullableCents,
        }),
      ),
      unusualPayments: listOf(
        fields({
          claim: text,
          line: count,
          payer: text,
          code: text,
          modifiers: listOf(text),
          units: { type: 'number' },
          allowedCents: cents,
          on: date,
          usualCents: cents,
          differenceCents: cents,
          earlierPayments: count,
        }),
      ),
    }),
  },
];
