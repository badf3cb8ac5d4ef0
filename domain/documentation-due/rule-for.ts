// Which row speaks for an episode's payer on a day: the payer's own before that of its line of business; none is unknown, not "nothing due".
import type { DueFacts } from './item.ts';
import type { PayerDue } from './schema.ts';

export interface ProgressRule {
  readonly everyTreatmentDays: number | null;
  readonly everyCalendarDays: number | null;
  /** Calendar days after a period that ran full within which its report still serves. */
  readonly delayedCalendarDays: number;
  readonly rule: string;
  readonly source: string;
}

/** How often the payer wants a progress report; null: unknown. */
export function progressRule(facts: DueFacts, on: string): ProgressRule | null {
  const own = rowFor(facts, on, ({ progressReport }) => progressReport !== null);
  if (own !== null && own.progressReport !== null) {
    const { id, source } = own;
    return { ...own.progressReport, delayedCalendarDays: 0, rule: id, source };
  }
  const line = facts.chart.payer?.lineOfBusiness ?? null;
  const row = facts.rules.progressReports.find(
    ({ linesOfBusiness, effective }) =>
      linesOfBusiness.some((one) => one === line) && holds(effective.from, effective.to, on),
  );
  if (row === undefined) return null;
  const { everyTreatmentDays, delayedCalendarDays, source } = row;
  const rule = `progress-report.every-${everyTreatmentDays}-days`;
  return { everyTreatmentDays, everyCalendarDays: null, delayedCalendarDays, rule, source };
}

/** How a plan of care is certified; null: unknown. */
export function certificationRule(facts: Pick<DueFacts, 'chart' | 'rules'>, on: string): PayerDue | null {
  return rowFor(facts, on, ({ certification }) => certification !== null);
}

function rowFor(
  facts: Pick<DueFacts, 'chart' | 'rules'>,
  on: string,
  says: (row: PayerDue) => boolean,
): PayerDue | null {
  const payer = facts.chart.payer ?? null;
  const line = payer?.lineOfBusiness ?? null;
  const rows = facts.rules.payers.filter((row) => says(row) && holds(row.effectiveFrom, row.effectiveTo, on));
  const own = rows.find((row) => row.payer !== null && row.payer === payer?.id);
  const ofLine = rows.find((row) => row.payer === null && row.linesOfBusiness?.some((one) => one === line));
  return own ?? ofLine ?? null;
}

function holds(from: string | null, to: string | null, on: string): boolean {
  return (from === null || from <= on) && (to === null || on <= to);
}
