// What a payer decided about one claim, as its posted lines tell it.
import { deniedAmounts, isDenied } from '../../../domain/claim/denial.ts';
import type { DecidedClaim, DeniedAmount } from '../../../domain/claim/denial.ts';
import type { DenialRow } from '../../../domain/claim/denial-schema.ts';
import type { DecisionFacts } from '../../../domain/claim-figures/facts.ts';
import type { LedgerRow } from '../../posting/ledger.ts';
import type { DecisionRow } from './rows.ts';

/** What payers' reasons mean. */
export interface FigureRules {
  readonly denials: readonly DenialRow[];
}

export function decisionFacts(rules: FigureRules, row: DecisionRow): DecisionFacts {
  return {
    receivedAt: row.received_at.toISOString(),
    postedAt: (row.posted_at ?? row.received_at).toISOString(),
    paidCents: row.paid_cents,
    isDenied: isDenied(decidedIn(row, row.lines), { rows: rules.denials, on: dayOf(row) }),
    denials: deniedIn(rules, row),
  };
}

/** What a posted claim of a remittance denies. */
export function deniedIn(
  rules: FigureRules,
  row: DecisionRow,
  lines: readonly LedgerRow[] = row.lines,
): DeniedAmount[] {
  return deniedAmounts(decidedIn(row, lines), { rows: rules.denials, on: dayOf(row) });
}

function decidedIn({ status, remarks }: DecisionRow, lines: readonly LedgerRow[]): DecidedClaim {
  const adjustments = lines.flatMap(({ group_code: group, reason, cents }) =>
    group === null || reason === null ? [] : [{ group, reason, amountCents: cents }],
  );
  return { status, adjustments, remarks, lines: [] };
}

/** The day the payer decided, else the day its word came. */
export function dayOf({ produced_on: produced, paid_on: paid, received_at: received }: DecisionRow): string {
  return produced ?? paid ?? received.toISOString().slice(0, 10);
}
