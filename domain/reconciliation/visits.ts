// Whether schedule, notes, charges and authorization tell of the same visits; what no system tells is unknown, not none.
import type { AppointmentStatus } from '../appointment/schema.ts';
import type { Period } from '../authorization/schema.ts';
import { addDays } from '../calendar.ts';
import type { ReconciliationRules } from './book-schema.ts';

/** What a source tells: from its first day until the day it was last heard of; null: nobody tells of it. */
export interface Span {
  readonly since: string;
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly asOf: string;
}

export interface VisitSources {
  readonly schedule: Span | null;
  readonly notes: Span | null;
  readonly charges: Span | null;
}

/** What the systems tell of one patient; days `YYYY-MM-DD`. */
export interface VisitBooks {
  readonly visits: readonly { readonly date: string; readonly status: AppointmentStatus }[];
  readonly notes: readonly { readonly date: string; readonly signedOn: string | null }[];
  /** Days with a charge or a line of a claim. */
  readonly chargedOn: readonly string[];
  readonly periods: readonly Pick<Period, 'sequence' | 'from' | 'to' | 'status' | 'reportedUsed'>[];
}

export const disagreementCodes = [
  'visitWithoutNote',
  'noteUnsigned',
  'noteWithoutVisit',
  'visitWithoutCharge',
  'chargeWithoutVisit',
  'chargeWithoutNote',
  'authorizationMiscounts',
] as const;
export type DisagreementCode = (typeof disagreementCodes)[number];

/** `date` null: about a period, not a day. `counted` and `told`: visits of the schedule and of the authorization. */
export interface Disagreement {
  readonly code: DisagreementCode;
  readonly date: string | null;
  readonly period: number | null;
  readonly counted: number | null;
  readonly told: number | null;
}

/** Counts of one patient; null where nobody tells. */
export interface VisitCounts {
  readonly visits: number | null;
  readonly noteDays: number | null;
  readonly chargedDays: number | null;
  /** Of the newest period that tells: what it counts, and what the schedule does. */
  readonly authorization: { readonly told: number; readonly counted: number; readonly asOf: string } | null;
}

export interface Reconciled {
  readonly counts: VisitCounts;
  readonly disagreements: readonly Disagreement[];
}

/** Compares the books of one patient. A day counts only where the source would have told of it by now. */
export function reconcileVisits(books: VisitBooks, sources: VisitSources, rules: ReconciliationRules): Reconciled {
  const { schedule, notes, charges } = sources;
  const latest = [schedule, notes, charges].flatMap((span) => (span === null ? [] : [span.asOf])).sort();
  const from = addDays(latest.at(-1) ?? '1970-01-01', -rules.lookBackDays);
  const came = daysOf(books.visits.filter(({ status }) => status === 'arrived').map(({ date }) => date));
  const noted = daysOf(books.notes.map(({ date }) => date));
  const charged = daysOf(books.chargedOn);
  /** Days of which the source would tell: within its span, and as many days old as it may take. */
  const toldOf =
    (span: Span | null, days: number) =>
    (date: string): boolean =>
      span !== null && date >= span.since && date >= from && addDays(date, days) <= span.asOf;
  const disagreement = (code: DisagreementCode, days: readonly string[]): Disagreement[] =>
    days.map((date) => ({ code, date, period: null, counted: null, told: null }));
  const noteDue = toldOf(notes, rules.noteDays);
  const chargeDue = toldOf(charges, rules.chargeDays);
  const onSchedule = toldOf(schedule, 0);
  const unsigned = daysOf(books.notes.filter(({ signedOn }) => signedOn === null).map(({ date }) => date));
  const miscounts = countPeriods(books, schedule);
  return {
    counts: {
      visits: schedule === null ? null : books.visits.filter(({ status }) => status === 'arrived').length,
      noteDays: notes === null ? null : noted.length,
      chargedDays: charges === null ? null : charged.length,
      authorization: miscounts.at(-1)?.counts ?? null,
    },
    disagreements: [
      ...disagreement('visitWithoutNote', came.filter(noteDue).filter(notIn(noted))),
      ...disagreement('noteUnsigned', unsigned.filter(toldOf(notes, rules.signDays))),
      ...disagreement('noteWithoutVisit', noted.filter(onSchedule).filter(notIn(came))),
      ...disagreement('visitWithoutCharge', came.filter(chargeDue).filter(notIn(charged))),
      ...disagreement('chargeWithoutVisit', charged.filter(onSchedule).filter(notIn(came))),
      ...disagreement('chargeWithoutNote', charged.filter(noteDue).filter(notIn(noted))),
      ...miscounts.flatMap(({ disagreement: one }) => (one === null ? [] : [one])),
    ],
  };
}

function daysOf(dates: readonly string[]): string[] {
  return [...new Set(dates)].sort();
}

function notIn(days: readonly string[]): (date: string) => boolean {
  const known = new Set(days);
  return (date) => !known.has(date);
}

const inForce = new Set(['approved', 'partlyApproved']);

/** What each authorization period counts as used beside what the schedule shows, where the schedule reaches back far enough. */
function countPeriods({ visits, periods }: VisitBooks, schedule: Span | null) {
  return [...periods]
    .sort((a, b) => a.sequence - b.sequence)
    .flatMap(({ sequence, from, to, status, reportedUsed }) => {
      if (reportedUsed === undefined || schedule === null || from === null || !inForce.has(status)) return [];
      if (from < schedule.since || reportedUsed.asOf > schedule.asOf) return [];
      const until = (day: string): number =>
        visits.filter(
          ({ date, status: came }) => came === 'arrived' && date >= from && date <= day && (to === null || date <= to),
        ).length;
      const counted = until(reportedUsed.asOf);
      const told = reportedUsed.visits;
      // The visits of the day itself may or may not be among them.
      const agrees = told <= counted && told >= until(addDays(reportedUsed.asOf, -1));
      const disagreement: Disagreement | null = agrees
        ? null
        : { code: 'authorizationMiscounts', date: null, period: sequence, counted, told };
      return [{ counts: { told, counted, asOf: reportedUsed.asOf }, disagreement }];
    });
}

const words: Readonly<Record<DisagreementCode, readonly [one: string, many: string]>> = {
  visitWithoutNote: ['visit without a note', 'visits without a note'],
  noteUnsigned: ['note not signed', 'notes not signed'],
  noteWithoutVisit: ['note without a visit', 'notes without a visit'],
  visitWithoutCharge: ['visit not charged', 'visits not charged'],
  chargeWithoutVisit: ['charge without a visit', 'charges without a visit'],
  chargeWithoutNote: ['charge without a note', 'charges without a note'],
  authorizationMiscounts: [
    'authorization that counts other visits than the schedule',
    'authorization periods that count other visits than the schedule',
  ],
};

/** One sentence of counts: "2 visits without a note, 1 charge without a visit". */
export function disagreementsInWords(disagreements: readonly Disagreement[]): string {
  return disagreementCodes
    .flatMap((code) => {
      const count = disagreements.filter((one) => one.code === code).length;
      return count === 0 ? [] : [`${count} ${words[code][count === 1 ? 0 : 1]}`];
    })
    .join(', ');
}

/** One disagreement as a line of its own. */
export function disagreementInWords({ code, date, period, counted, told }: Disagreement): string {
  const [one] = words[code];
  if (code === 'authorizationMiscounts')
    return `Authorization period ${period ?? '?'} counts ${told ?? '?'} visits, the schedule ${counted ?? '?'}`;
  return `${date ?? ''}: ${one}`;
}

/** What tells two disagreements apart. */
export function disagreementKey({ code, date, period, counted, told }: Disagreement): string {
  return [code, date, period, counted, told].map((part) => part ?? '-').join('/');
}
