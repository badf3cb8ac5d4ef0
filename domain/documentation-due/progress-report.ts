// When the next progress report is due: by the tenth treatment day since the last report or the evaluation, days and not visits, or by the payer's own count.
import { addDays, daysBetween } from '../calendar.ts';
import { reportingPeriod } from '../scrub/chart/progress.ts';
import type { ReportingPeriod } from '../scrub/chart/progress.ts';
import type { DueFacts, DueItem } from './item.ts';
import { progressRule } from './rule-for.ts';
import type { ProgressRule } from './rule-for.ts';
import { stateBy } from './state.ts';

/** @returns null where nobody was treated yet */
export function progressReportDue(facts: DueFacts): DueItem | null {
  const last = facts.days.at(-1);
  if (last === undefined) return null;
  const rule = progressRule(facts, last.day);
  if (rule === null)
    return unknown('How often this payer wants a progress report is not known: ask the payer and record its rule');
  const period = reportingPeriod(facts.days, last.day, {
    everyDays: rule.everyTreatmentDays ?? Infinity,
    delayedDays: rule.delayedCalendarDays,
    planStart: facts.chart.planOfCare?.start ?? null,
  });
  if (period === null) return null;
  return earlier(byTreatmentDays(facts, rule, period), byCalendar(facts, rule, period));
}

function byTreatmentDays(facts: DueFacts, rule: ProgressRule, period: ReportingPeriod): DueItem | null {
  const dueBy = rule.everyTreatmentDays;
  if (dueBy === null) return null;
  const soFar = period.reported ? 0 : period.days;
  const left = dueBy - soFar;
  const base = { kind: 'progressReport', about: period.begins, rule: rule.rule, source: rule.source } as const;
  if (!period.whole && !period.reported && left > 0)
    return {
      ...base,
      due: null,
      treatmentDays: null,
      state: 'unknown',
      words: `At least ${soFar} treatment days without a progress report; the chart does not show the period from its first day`,
    };
  const treatmentDays = { soFar, dueBy };
  if (left <= 0) {
    const due = facts.days.filter(({ day }) => day >= period.begins)[dueBy - 1]?.day ?? period.begins;
    const words = fullWords(facts, rule, treatmentDays, due);
    const written = period.note;
    // A report whose author the chart does not tell may serve: that is unknown, and not overdue.
    if (written !== null && written.author === null)
      return {
        ...base,
        due,
        treatmentDays,
        state: 'unknown',
        words: `${words}; there is a report of ${written.day}, and the chart does not tell whether a clinician wrote it`,
      };
    return { ...base, due, treatmentDays, state: facts.today > due ? 'overdue' : 'soon', words };
  }
  const due = facts.ahead?.[left - 1] ?? null;
  const soon = left <= facts.clinic.soonTreatmentDays;
  const byDate = stateBy(facts, due);
  const state = byDate === 'unknown' ? (soon ? 'soon' : 'later') : soon ? 'soon' : byDate;
  const when =
    due === null
      ? `the day is not known: ${facts.ahead === null ? 'bookings are not known' : `only ${facts.ahead.length} further treatment days are booked`}`
      : `booked for ${due}`;
  const words = `${soFar} of ${dueBy} treatment days; the report is due on or before treatment day ${dueBy} (${when})`;
  return { ...base, due, treatmentDays, state, words };
}

function fullWords(
  { today }: DueFacts,
  { delayedCalendarDays }: ProgressRule,
  { soFar, dueBy }: NonNullable<DueItem['treatmentDays']>,
  due: string,
): string {
  const words = `Treatment day ${soFar} without a clinician's progress report; it was due by treatment day ${dueBy}, ${due}`;
  const until = addDays(due, delayedCalendarDays);
  return delayedCalendarDays > 0 && soFar === dueBy && today <= until
    ? `${words}; written by ${until} it still serves`
    : words;
}

function byCalendar(facts: DueFacts, rule: ProgressRule, period: ReportingPeriod): DueItem | null {
  const { everyCalendarDays } = rule;
  if (everyCalendarDays === null) return null;
  const base = { kind: 'progressReport', rule: rule.rule, source: rule.source, treatmentDays: null } as const;
  const since = lastReport(facts, period);
  if (since === null)
    return { ...base, about: null, due: null, state: 'unknown', words: 'The day of the last report is not known' };
  const due = addDays(since, everyCalendarDays);
  const words = `${daysBetween(since, facts.today)} days since ${since}; a report is due every ${everyCalendarDays} days, by ${due}`;
  return { ...base, about: since, due, state: stateBy(facts, due), words };
}

/** The day of the last clinician's report or the evaluation. */
function lastReport({ days, chart }: DueFacts, period: ReportingPeriod): string | null {
  const reports = days.filter(({ day }) => {
    const one = reportingPeriod(days, day, { everyDays: Infinity, delayedDays: 0, planStart: null });
    return one?.reported === true;
  });
  const last = reports.at(-1)?.day;
  if (last !== undefined && last >= period.begins) return last;
  if (last !== undefined || period.whole) return last ?? period.begins;
  return chart.planOfCare?.start ?? null;
}

function earlier(one: DueItem | null, other: DueItem | null): DueItem | null {
  if (one === null || other === null) return one ?? other;
  if (one.due === null || other.due === null) return one.due === null ? other : one;
  return other.due < one.due ? other : one;
}

function unknown(words: string): DueItem {
  return {
    kind: 'progressReport',
    about: null,
    due: null,
    treatmentDays: null,
    state: 'unknown',
    words,
    rule: null,
    source: null,
  };
}
