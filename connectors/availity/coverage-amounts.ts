// How much a statement of Availity's says: amounts, totals, what is left and quantities, all texts, as statements with one period each.
import type { Benefit } from '../../domain/eligibility/answer.ts';
import { centsOf } from '../../domain/x12/money.ts';
import { textAt } from '../json.ts';

/** The measure of one statement, and what could not be read of it, in the payer's own characters. */
export interface Measure extends Pick<Benefit, 'period' | 'amountCents' | 'percent' | 'quantityKind' | 'quantity'> {
  readonly field: string | null;
  readonly unread: readonly string[];
}

type Value = Omit<Measure, 'field' | 'period'>;

const nothing: Value = { amountCents: null, percent: null, quantityKind: null, quantity: null, unread: [] };
/** EB06: what is left of a limit or of a deductible. */
const remainingPeriod = '29';
/** EB09 where Availity gives only the word. */
const quantityWords: Readonly<Record<string, string>> = {
  visit: 'VS',
  visits: 'VS',
  day: 'DY',
  days: 'DY',
  hours: 'HS',
};

/** What the amounts of a statement are: `units` says so; without it the document calls them dollars, and coinsurance is then unknown. */
function unitOf(entry: unknown, code: string): 'money' | 'percent' | 'quantity' | 'unknown' {
  const units = textAt(entry, 'units')?.toLowerCase() ?? null;
  if (units === null) {
    if (quantityKindOf(entry) !== null) return 'quantity';
    return code === 'A' ? 'unknown' : 'money';
  }
  if (/^(usd|\$|dollars?)$/.test(units)) return 'money';
  return /^(percent(age)?|%)$/.test(units) ? 'percent' : 'quantity';
}

function quantityKindOf(entry: unknown): string | null {
  const named = textAt(entry, 'quantityQualifierCode');
  if (named !== null) return named;
  const words = [textAt(entry, 'quantityQualifier'), textAt(entry, 'units')];
  return words.flatMap((word) => quantityWords[word?.toLowerCase() ?? ''] ?? []).at(0) ?? null;
}

function money(text: string): Value | null {
  const amountCents = centsOf(text.replace(/^\$/, '').replaceAll(/,(?=\d{3}\b)/g, ''));
  return amountCents === null ? null : { ...nothing, amountCents };
}

/**
 * "20" and "20%" are 0.2, and so is "0.2": no plan has a coinsurance below one percent. "1" may be either end of that, so it is unknown.
 */
function percentage(text: string): Value | null {
  const digits = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text)?.[1];
  const value = Number(digits ?? 'none');
  if (!Number.isFinite(value) || value > 100 || (value === 1 && !text.includes('%'))) return null;
  return { ...nothing, percent: value < 1 && !text.includes('%') ? value : Math.round(value * 1e4) / 1e6 };
}

function quantity(text: string, kind: string | null): Value | null {
  return /^\d{1,9}(\.\d{1,4})?$/.test(text) ? { ...nothing, quantityKind: kind, quantity: Number(text) } : null;
}

function valueOf(entry: unknown, field: string, text: string, code: string): Value {
  const unit = field === 'quantity' ? 'quantity' : unitOf(entry, code);
  const kind = quantityKindOf(entry);
  const unread = { ...nothing, unread: [`${field}: ${[text, textAt(entry, 'units')].filter(Boolean).join(' ')}`] };
  if (unit === 'unknown' || (unit === 'quantity' && kind === null)) return unread;
  if (unit === 'quantity') return quantity(text, kind) ?? unread;
  return (unit === 'money' ? money(text) : percentage(text)) ?? unread;
}

/** The period code; a period that has only words is shown among what could not be read. */
function periodOf(entry: unknown, field: 'amount' | 'total'): { period: string | null; unread: readonly string[] } {
  const period = textAt(entry, `${field}TimePeriodCode`);
  const words = textAt(entry, `${field}TimePeriod`);
  return { period, unread: period === null && words !== null ? [`${field}TimePeriod: ${words}`] : [] };
}

const same = (one: Measure, other: Measure): boolean =>
  one.period === other.period &&
  one.amountCents === other.amountCents &&
  one.percent === other.percent &&
  one.quantity === other.quantity &&
  one.quantityKind === other.quantityKind;

/**
 * The measures of one statement (`NetworkBenefit`): its amount and quantity, its total and what remains, each once. None of them gives one
 * empty measure: the statement stands for itself. @param code EB01 of the statement
 */
export function measuresOf(entry: unknown, code: string): Measure[] {
  const measures: Measure[] = [];
  const add = (measure: Measure): void => {
    if (!measures.some((other) => same(measure, other))) measures.push(measure);
  };
  const base = periodOf(entry, 'amount');
  for (const field of ['amount', 'quantity'] as const) {
    const text = textAt(entry, field);
    if (text !== null) {
      const value = valueOf(entry, field, text, code);
      add({ ...value, field, period: base.period, unread: [...base.unread, ...value.unread] });
    }
  }
  const total = textAt(entry, 'total');
  if (total !== null) {
    const own = periodOf(entry, 'total');
    const value = valueOf(entry, 'total', total, code);
    // Where only the amount has a period, the total is of that period unless it is what remains.
    const borrowed = base.period === remainingPeriod ? null : base.period;
    add({ ...value, field: 'total', period: own.period ?? borrowed, unread: [...own.unread, ...value.unread] });
  }
  const remaining = textAt(entry, 'remaining');
  if (remaining !== null)
    add({ ...valueOf(entry, 'remaining', remaining, code), field: 'remaining', period: remainingPeriod });
  return measures.length > 0 ? measures : [{ ...nothing, field: null, period: base.period, unread: base.unread }];
}
