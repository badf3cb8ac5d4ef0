// Approved periods as something visits can be laid into, one visit at a time in the order of their dates.
import { dayNumber, weekOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import type { Limit } from './projection.ts';
import type { Authorization, Period } from './schema.ts';

/** The payer of a patient whose payer the PT system names in words nobody has mapped. */
export const unknownPayer = 'unknown';

/** One approved period while visits are laid into it. Infinity stands for "not limited by it or unknown". */
export interface Slot {
  readonly period: Period;
  readonly from: number;
  readonly to: number;
  /** What ends it: its own end date, or its weeks if they are over before that date. */
  readonly endedBy: 'endDate' | 'weekLimit';
  readonly visitsApproved: number;
  readonly unitsApproved: number;
  readonly perWeek: number;
  readonly gapDays: number;
  visitsLeft: number;
  unitsLeft: number;
  used: number;
  booked: number;
  usedUnits: number;
  bookedUnits: number;
  unitsUnknown: boolean;
  /** Visits inside its dates that it could not cover any more. */
  usedBeyond: number;
  bookedBeyond: number;
  lastVisit: number;
  week: number;
  inWeek: number;
  lapsed: boolean;
  reported: number;
  reportedAsOf: number;
}

/**
 * True if this period proves an approval: decided so by the payer that pays now, and its number is neither missing nor
 * made up.
 */
export function countsAsApproved(period: Period, authorization: Pick<Authorization, 'payer'>): boolean {
  return isApproved(period) && period.number === 'present' && !isOfAnotherPayer(period, authorization);
}

/** True if the period was asked of a payer that is known not to be the one that pays now, and that one does not honor it. */
export function isOfAnotherPayer(period: Period, { payer }: Pick<Authorization, 'payer'>): boolean {
  return period.payer !== undefined && payer !== unknownPayer && period.payer !== payer && period.honoredBy !== payer;
}

/** True if the payer approved this period, wholly or partly, whatever its number looks like. */
export function isApproved(period: Period): boolean {
  return period.status === 'approved' || period.status === 'partlyApproved';
}

/**
 * The slots of an authorization, the one that ends first first: laying each visit into the first slot with room
 * covers as many visits, in date order, as any other way would.
 * @param gapRuleDays the payer's own gap rule, used where a period names none
 * @throws GaitError `input.invalid` naming the period whose last day lies before its first
 */
export function slotsOf(authorization: Authorization, gapRuleDays: number | null): Slot[] {
  const slots: Slot[] = [];
  for (const [index, period] of authorization.periods.entries()) {
    if (countsAsApproved(period, authorization)) slots.push(slotOf(period, `periods[${index}]`, gapRuleDays));
  }
  if (slots.length > 1) {
    slots.sort((a, b) => compare(a.to, b.to) || compare(a.from, b.from) || a.period.sequence - b.period.sequence);
  }
  return slots;
}

/** Infinity less Infinity is no order, so the ends are compared. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function slotOf(period: Period, where: string, gapRuleDays: number | null): Slot {
  const from = period.from === null ? -Infinity : dayNumber(period.from);
  const endDate = period.to === null ? Infinity : dayNumber(period.to);
  if (endDate < from) {
    throw new GaitError('input.invalid', 'An authorization period ends before it begins', {
      where,
      fix: 'Correct its first or last day in the PT system',
    });
  }
  // Without a first day nobody can tell when the weeks are over: then only the visits in a week are limited.
  const weeksEnd = period.weekLimit === null || period.from === null ? Infinity : from + period.weekLimit.weeks * 7 - 1;
  const visitsApproved = period.approved.visits ?? Infinity;
  const unitsApproved = period.approved.units ?? Infinity;
  return {
    period,
    from,
    to: Math.min(endDate, weeksEnd),
    endedBy: weeksEnd < endDate ? 'weekLimit' : 'endDate',
    visitsApproved,
    unitsApproved,
    perWeek: period.weekLimit === null ? Infinity : period.weekLimit.visits,
    gapDays: period.maxGapDays ?? gapRuleDays ?? Infinity,
    visitsLeft: visitsApproved,
    unitsLeft: unitsApproved,
    used: 0,
    booked: 0,
    usedUnits: 0,
    bookedUnits: 0,
    unitsUnknown: false,
    usedBeyond: 0,
    bookedBeyond: 0,
    lastVisit: -Infinity,
    week: -1,
    inWeek: 0,
    lapsed: false,
    reported: period.reportedUsed?.visits ?? 0,
    reportedAsOf: period.reportedUsed === undefined ? Infinity : dayNumber(period.reportedUsed.asOf),
  };
}

/** True if a day lies within the dates of a slot. */
export function within(slot: Slot, day: DayNumber): boolean {
  return day >= slot.from && day <= slot.to;
}

/** Takes over the PT system's own count once the schedule has passed the day it was made. */
export function settleReported(slot: Slot, day: number): void {
  if (day <= slot.reportedAsOf) return;
  const missing = slot.reported - slot.used - slot.booked;
  if (missing > 0) {
    slot.used += missing;
    slot.visitsLeft = Math.max(0, slot.visitsLeft - missing);
  }
  slot.reported = 0;
}

/**
 * Lays a visit into a slot that holds its date.
 * @param units null if the schedule does not tell them: they are then counted as unknown, not as none
 * @returns null if the slot covers it, else the limit that is in the way
 */
export function take(
  slot: Slot,
  day: DayNumber,
  units: number | null,
  arrived: boolean,
): Exclude<Limit, 'endDate'> | null {
  settleReported(slot, day);
  // Before the first visit there is no gap yet.
  if (slot.lapsed || (slot.lastVisit !== -Infinity && day - slot.lastVisit > slot.gapDays)) {
    slot.lapsed = true;
    return 'gap';
  }
  if (slot.visitsLeft <= 0) return 'visits';
  if (slot.unitsLeft <= 0) return 'units';
  if (units !== null && units > slot.unitsLeft) {
    // The rest is too small for a visit; leaving it would let a later, shorter visit jump the queue.
    slot.unitsLeft = 0;
    return 'units';
  }
  if (slot.perWeek !== Infinity) {
    const week = weekOf(day);
    if (week !== slot.week) {
      slot.week = week;
      slot.inWeek = 0;
    }
    if (slot.inWeek >= slot.perWeek) return 'weekLimit';
    slot.inWeek++;
  }
  use(slot, day, units, arrived);
  return null;
}

/**
 * Counts a visit in a slot without asking for room. A visit that took place although its week was full is one: it was
 * made under this approval, so nobody may plan with it again.
 */
export function use(slot: Slot, day: DayNumber, units: number | null, arrived: boolean): void {
  slot.visitsLeft--;
  slot.lastVisit = day;
  if (units === null) slot.unitsUnknown = true;
  else slot.unitsLeft -= units;
  if (arrived) {
    slot.used++;
    slot.usedUnits += units ?? 0;
  } else {
    slot.booked++;
    slot.bookedUnits += units ?? 0;
  }
}
