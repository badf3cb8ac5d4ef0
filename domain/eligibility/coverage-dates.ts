// From when to when a coverage holds, out of the dates a payer gives (DTP01), which say it in several ways.
import type { AnswerDate } from './answer.ts';

/** Date qualifiers by what they tell, the most exact first: eligibility, plan, benefit, policy, COBRA (005010X279A1, DTP01 in 2100C and 2110C). */
const begins = ['356', '346', '348', '539', '340'];
const ends = ['357', '347', '349', '540', '341'];
const spans = ['307', '291', '292'];

export interface DatedPart {
  readonly date: string;
  readonly source: string;
  /** The payer gave one day for what may be a period: some give the first day, some the day they were asked about. */
  readonly isSingleDay: boolean;
}

export interface CoverageSpan {
  readonly from: DatedPart | null;
  readonly to: DatedPart | null;
}

/** @param ignore days that tell nothing: the one asked about and the one of the answer, which payers echo */
export function spanOf(dates: readonly AnswerDate[], ignore: readonly (string | null)[], day: string): CoverageSpan {
  const whole = dates.filter(({ from, to, qualifier }) => from !== null && to !== null && isOfCoverage(qualifier));
  // Of several periods (last year's, this year's) the one of the day.
  const current = whole.find(({ from, to }) => (from ?? '') <= day && day <= (to ?? '')) ?? null;
  const usable = current === null ? dates : dates.filter((date) => date === current || !whole.includes(date));
  return {
    from:
      first(usable, begins, ({ from }) => from, false) ??
      first(usable, spans, ({ from, to }) => (to === null ? null : from), false) ??
      first(usable, spans, ({ from }) => (ignore.includes(from) ? null : from), true),
    to:
      first(usable, ends, ({ from, to }) => to ?? from, false) ??
      first(usable, [...begins, ...spans], ({ to }) => to, false),
  };
}

/** These dates say that the coverage does not hold on that day. */
export function excludes(dates: readonly AnswerDate[], day: string): boolean {
  const { from, to } = spanOf(dates, [], day);
  return (to !== null && to.date < day) || (from !== null && !from.isSingleDay && from.date > day);
}

function isOfCoverage(qualifier: string): boolean {
  return [...begins, ...ends, ...spans].includes(qualifier);
}

function first(
  dates: readonly AnswerDate[],
  qualifiers: readonly string[],
  read: (date: AnswerDate) => string | null,
  isSingleDay: boolean,
): DatedPart | null {
  for (const qualifier of qualifiers)
    for (const date of dates) {
      const found = date.qualifier === qualifier ? read(date) : null;
      if (found !== null) return { date: found, source: date.source, isSingleDay };
    }
  return null;
}
