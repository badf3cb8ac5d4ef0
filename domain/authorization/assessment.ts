// What an authorization needs today: nothing, a first request, a renewal, its number, or a person to lift a hold.
import { dateOf, dayNumber, workingDaysBefore } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import type { Appointment } from '../appointment/schema.ts';
import type { PayerPolicy, Route } from '../payer/schema.ts';
import type { Role } from '../work-item/kinds.ts';
import type { RunsOut, Today } from './projection.ts';
import { runsOut } from './runs-out.ts';
import type { Authorization, Period, Quantity } from './schema.ts';
import { isApproved, isOfAnotherPayer } from './slots.ts';

export type Need = 'none' | 'initial' | 'renewal' | 'held' | 'number';

/** Structure only: it travels through workflows and flows. */
export interface Assessment {
  readonly authorization: string;
  readonly clinic: string;
  readonly payer: string;
  readonly route: Route;
  readonly need: Need;
  readonly projection: RunsOut;
  /** The projection's date, or, where no uncovered visit is booked yet, the one that leaves no gap after the last day. */
  readonly actBy: string | null;
  /** The day on which time alone changes this assessment; null if only new data can. */
  readonly nextLookOn: string | null;
  /** The period concerned: the one to ask for (`initial`, `renewal`), to correct (`number`), else the latest. */
  readonly period: number;
  /** A request that waits for the payer; `dueOn` null where the payer's turnaround or the day of sending is unknown. */
  readonly pending: {
    readonly period: number;
    readonly since: string | null;
    readonly dueOn: string | null;
    readonly overdue: boolean;
    readonly requested: Quantity;
  } | null;
  /** The latest request was denied and nobody asked again. */
  readonly denied: { readonly period: number; readonly decidedOn: string | null } | null;
  /** The first visit nothing covers, and the day from which a person must know, whatever else is under way. */
  readonly uncovered: { readonly appointment: string; readonly date: string; readonly warnOn: string } | null;
  readonly policy: {
    readonly turnaroundDays: number | null;
    readonly pollEveryMinutes: number;
    readonly reviewDueDays: number;
    readonly remindAfterHours: number;
    readonly escalateAfterHours: number;
    readonly escalateTo: Role;
  };
  readonly reason: string;
}

interface Verdict {
  readonly need: Need;
  readonly period: number;
  readonly nextLookOn: DayNumber | null;
  readonly reason: string;
}

/**
 * Assesses one authorization on one day. A need is raised as soon as the first uncovered visit lies within the horizon,
 * or earlier if the payer's turnaround and the clinic's own review would not fit any more; the end date raises one only
 * while the patient is still being treated.
 * @param appointments see `runsOut`
 * @param now today in the clinic's zone
 * @throws GaitError `input.invalid` as `runsOut`
 */
export function assess(
  authorization: Authorization,
  appointments: readonly Appointment[],
  policy: PayerPolicy,
  now: Today,
): Assessment {
  const today = dayNumber(now.date);
  const projection = runsOut(authorization, appointments, policy, now);
  const latest = latestPeriod(authorization);
  const pending = pendingOf(latest, policy, today);
  const denied = latest?.status === 'denied' ? { period: latest.sequence, decidedOn: latest.decidedOn } : null;
  const verdict = judge(authorization, appointments, policy, today, projection, pending, denied);
  return {
    authorization: authorization.ref,
    clinic: authorization.clinic,
    payer: authorization.payer,
    route: policy.route,
    need: verdict.need,
    projection,
    actBy: verdict.need === 'none' ? projection.actBy : actByFor(projection),
    nextLookOn: verdict.nextLookOn === null ? null : dateOf(verdict.nextLookOn),
    period: verdict.period,
    pending,
    denied,
    uncovered: uncoveredOf(projection, policy),
    policy: {
      turnaroundDays: policy.turnaround.standardDays,
      pollEveryMinutes: policy.pollEveryMinutes,
      reviewDueDays: policy.reviewDueDays,
      remindAfterHours: policy.remindAfterHours,
      escalateAfterHours: policy.escalateAfterHours,
      escalateTo: policy.escalateTo,
    },
    reason: verdict.reason,
  };
}

function uncoveredOf({ firstUncoveredVisit }: RunsOut, policy: PayerPolicy): Assessment['uncovered'] {
  if (firstUncoveredVisit === null) return null;
  const { appointment, date } = firstUncoveredVisit;
  return { appointment, date, warnOn: workingDaysBefore(date, policy.uncoveredWarningDays) };
}

function latestPeriod(authorization: Authorization): Period | null {
  let latest: Period | null = null;
  for (const period of authorization.periods) {
    if (period.status === 'cancelled' || period.status === 'superseded' || isOfAnotherPayer(period, authorization))
      continue;
    if (latest === null || period.sequence > latest.sequence) latest = period;
  }
  return latest;
}

function pendingOf(latest: Period | null, policy: PayerPolicy, today: DayNumber): Assessment['pending'] {
  if (latest === null) return null;
  const appealed = latest.appeal?.status === 'requested' || latest.appeal?.status === 'pended';
  if (!appealed && latest.status !== 'requested' && latest.status !== 'pended') return null;
  const since = appealed ? (latest.appeal?.submittedOn ?? null) : latest.submittedOn;
  // A pended answer does not stop the clock (CMS-0057-F; reference: 89 FR 8758), so it runs from the day of sending.
  const days = policy.turnaround.standardDays;
  const due = since === null || days === null ? null : dayNumber(since) + days;
  return {
    period: latest.sequence,
    since,
    dueOn: due === null ? null : dateOf(due),
    overdue: due !== null && today > due,
    requested: latest.requested,
  };
}

function judge(
  authorization: Authorization,
  appointments: readonly Appointment[],
  policy: PayerPolicy,
  today: DayNumber,
  projection: RunsOut,
  pending: Assessment['pending'],
  denied: Assessment['denied'],
): Verdict {
  const highest = authorization.periods.reduce((most, period) => Math.max(most, period.sequence), 0);
  const current = Math.max(1, highest);
  const none = (reason: string, nextLookOn: DayNumber | null = null): Verdict => ({
    need: 'none',
    period: current,
    nextLookOn,
    reason,
  });

  if (projection.state === 'notRequired') return none(projection.reason);
  if (projection.state === 'held')
    return { need: 'held', period: current, nextLookOn: null, reason: projection.reason };

  const unproved = unprovedPeriod(authorization, today);
  const treated = isTreated(authorization, appointments, policy, today);
  const flag = flagDay(projection, policy, today, treated);
  // The visits already made are billed under that number, so it is wanted even while another approval still covers.
  if (unproved !== null && (treated || (flag !== null && flag <= today))) {
    return { need: 'number', period: unproved.sequence, nextLookOn: null, reason: projection.reason };
  }
  if (pending !== null) {
    const since = pending.since === null ? '' : ` since ${pending.since}`;
    const look = pending.dueOn === null || pending.overdue ? null : dayNumber(pending.dueOn) + 1;
    return none(
      `The request waits for the payer${since}${pending.overdue ? ', longer than expected' : ''}; ${projection.reason}`,
      look,
    );
  }
  if (denied !== null) return none(`The latest request was denied; ${projection.reason}`);
  if (flag === null) return none(projection.reason);
  if (flag > today) return none(projection.reason, flag);
  const renews = authorization.periods.some((period) => isApproved(period) && !isOfAnotherPayer(period, authorization));
  const need = renews ? 'renewal' : 'initial';
  return { need, period: highest + 1, nextLookOn: null, reason: projection.reason };
}

/** The latest approved period that still matters and has no real number. */
function unprovedPeriod(authorization: Authorization, today: DayNumber): Period | null {
  return (
    authorization.periods.findLast(
      (period) =>
        isApproved(period) &&
        period.number !== 'present' &&
        !isOfAnotherPayer(period, authorization) &&
        (period.to === null || dayNumber(period.to) >= today),
    ) ?? null
  );
}

/** Treatment goes on: a visit is booked from today on, or one took place within the horizon. */
function isTreated(
  authorization: Authorization,
  appointments: readonly Appointment[],
  policy: PayerPolicy,
  today: DayNumber,
): boolean {
  return appointments.some((appointment) => {
    if (appointment.patient !== authorization.patient) return false;
    const day = dayNumber(appointment.date);
    if (appointment.status === 'booked') return day >= today;
    return appointment.status === 'arrived' && day >= today - policy.horizonDays;
  });
}

/** The day from which the need is raised, or null if nothing known raises one. */
function flagDay(projection: RunsOut, policy: PayerPolicy, today: DayNumber, treated: boolean): DayNumber | null {
  const days: DayNumber[] = [];
  if (projection.firstUncoveredVisit !== null && projection.actBy !== null) {
    days.push(dayNumber(projection.firstUncoveredVisit.date) - policy.horizonDays);
    days.push(dayNumber(projection.actBy) - policy.reviewDueDays);
  }
  if (treated && projection.runsOutOn !== null) days.push(dayNumber(projection.runsOutOn) - policy.horizonDays);
  if (treated && isNearlyUsed(projection, policy)) days.push(today);
  return days.length === 0 ? null : Math.min(...days);
}

/** Few visits are left, also in the approval that follows: the schedule may just not be written yet. */
function isNearlyUsed(projection: RunsOut, policy: PayerPolicy): boolean {
  return (
    projection.state !== 'noApproval' &&
    projection.visitsLeftAhead !== null &&
    projection.visitsLeftAhead <= policy.visitsLeftWarning
  );
}

/** Sends early enough that the answer is there on the day after the last covered one. */
function actByFor(projection: RunsOut): string | null {
  if (projection.actBy !== null || projection.runsOutOn === null) return projection.actBy;
  return dateOf(dayNumber(projection.runsOutOn) - projection.turnaround.days);
}
