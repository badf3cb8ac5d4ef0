// When an authorization runs out, why, and by when somebody must act: the earliest of all its limits.
import { dateOf, dayNumber } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import type { Appointment } from '../appointment/schema.ts';
import type { PayerPolicy } from '../payer/schema.ts';
import { coverageChanged } from './projection.ts';
import type { CoverState, Limit, RunsOut, Tally, Today, UncoveredVisit, UnitTally } from './projection.ts';
import { inWords } from './runs-out-words.ts';
import type { Authorization } from './schema.ts';
import { settleReported, slotsOf, take, use, within } from './slots.ts';
import type { Slot } from './slots.ts';

/** A booked visit that nothing covers, with the limit in its way; null: no period held its date at all. */
interface Uncovered extends Visit {
  readonly limit: Exclude<Limit, 'endDate'> | null;
}

/**
 * Projects when an authorization runs out: the earliest of its end date, its approved visits and units at the booked
 * schedule, its week limits and its gap limit.
 *
 * Arrived visits consume, booked ones project (also those of the past that nobody has marked yet), cancelled and missed
 * ones do not count. Only approved periods with a real number cover; each visit goes into the period that ends first.
 * A changed coverage or payer holds everything. Unknown counts and dates limit nothing and are said to be unknown.
 *
 * @param appointments of any patient and discipline; those of this authorization's patient and discipline count
 * @param policy the payer's policy on that day; an unknown turnaround is replaced by the clinic's horizon, labelled so
 * @param now today in the clinic's zone
 * @throws GaitError `input.invalid` for a text that is no date and for a period that ends before it begins
 */
export function runsOut(
  authorization: Authorization,
  appointments: readonly Appointment[],
  policy: PayerPolicy,
  now: Today,
): RunsOut {
  const today = dayNumber(now.date);
  const slots = slotsOf(authorization, policy.gapRuleDays);
  const visits = countedVisits(authorization, appointments, policy.freeVisitsPer);
  const free = policy.authorizationRequired === 'afterVisits' ? (policy.freeVisits ?? 0) : 0;
  const pass = layVisits(slots, visits, free, today);
  const hold = holdOf(authorization);
  const turnaround = turnaroundOf(policy);
  const current = currentSlots(slots, today);
  const visitTally = slots.length === 0 ? tallyWithoutApproval(visits, today) : tallyVisits(current);
  const unitTally = tallyUnits(current);

  let state: CoverState;
  let limitedBy: Limit | null = null;
  let runsOutDay = Infinity;
  let firstUncovered: Visit | null = null;
  let number: number | null = null;
  let of: number | null = null;

  if (authorization.requiredByPayer === false) {
    state = 'notRequired';
  } else if (hold !== null) {
    state = 'held';
    const since = authorization.coverageChangedOn === null ? today : dayNumber(authorization.coverageChangedOn);
    firstUncovered = firstBooked(visits, free, Math.max(today, since));
  } else if (slots.length === 0) {
    state = 'noApproval';
    firstUncovered = firstBooked(visits, free, today);
  } else {
    const uncovered = pass.uncovered;
    const last = lastEnd(slots, uncovered === null);
    state = last.day < today ? 'ended' : uncovered !== null || isExhausted(slots, today) ? 'runsOut' : 'covered';
    firstUncovered = uncovered;
    if (uncovered === null) {
      limitedBy = state === 'runsOut' ? exhaustedBy(slots, today) : last.limit;
      runsOutDay = last.day;
    } else if (uncovered.limit !== null) {
      limitedBy = uncovered.limit;
      runsOutDay = uncovered.day;
      if (limitedBy === 'visits') {
        ({ number, of } = visitNumber(pass.holding));
      }
    } else {
      const before = lastEndedBefore(slots, uncovered.day);
      limitedBy = before?.endedBy ?? null;
      runsOutDay = before?.to ?? uncovered.day;
    }
  }

  const firstUncoveredVisit: UncoveredVisit | null =
    firstUncovered === null
      ? null
      : { date: firstUncovered.appointment.date, appointment: firstUncovered.appointment.ref, number, of };
  const actDay = firstUncovered === null ? null : firstUncovered.day - 1 - turnaround.days;
  return {
    state,
    limitedBy,
    runsOutOn: Number.isFinite(runsOutDay) ? dateOf(runsOutDay) : null,
    firstUncoveredVisit,
    actBy: actDay === null ? null : dateOf(actDay),
    turnaround,
    visits: visitTally,
    units: unitTally,
    visitsLeftAhead: slots.length === 0 ? null : leftAhead(slots, today),
    reason: inWords({
      state,
      limitedBy,
      runsOutDay: Number.isFinite(runsOutDay) ? runsOutDay : null,
      uncoveredDay: firstUncovered?.day ?? null,
      nth: firstUncovered?.nth ?? null,
      free,
      number,
      of,
      actDay,
      turnaround,
      today,
      visits: visitTally,
      units: unitTally,
      slots: current,
      holding: pass.holding,
      authorization,
      hold,
    }),
  };
}

/** Why an authorization is held, in Gait's own words, or null. */
function holdOf(authorization: Authorization): string | null {
  if (authorization.held !== null) return authorization.held.reason;
  return authorization.coverageChangedOn === null ? null : coverageChanged;
}

function turnaroundOf(policy: PayerPolicy): RunsOut['turnaround'] {
  const { standardDays, basis, citation } = policy.turnaround;
  if (standardDays === null || basis === 'unknown')
    return { days: policy.horizonDays, basis: 'clinicHorizon', citation: null };
  return { days: standardDays, basis, citation };
}

/** `nth` visit of those over which the payer counts its free ones. */
interface Visit {
  readonly appointment: Appointment;
  readonly day: DayNumber;
  nth: number;
}

/** The visits that count, by date, then arrived before booked, then by hour. */
function countedVisits(
  authorization: Authorization,
  appointments: readonly Appointment[],
  per: PayerPolicy['freeVisitsPer'],
): Visit[] {
  const visits: Visit[] = [];
  let ordered = true;
  let previous: Visit | null = null;
  for (const appointment of appointments) {
    if (appointment.status !== 'arrived' && appointment.status !== 'booked') continue;
    if (appointment.patient !== authorization.patient || appointment.discipline !== authorization.discipline) continue;
    const visit: Visit = { appointment, day: dayNumber(appointment.date), nth: 0 };
    if (previous !== null && ordered && compareVisits(previous, visit) > 0) ordered = false;
    visits.push(visit);
    previous = visit;
  }
  if (!ordered) visits.sort(compareVisits);
  let nth = 0;
  let year = '';
  for (const visit of visits) {
    if (per === 'calendarYear' && !visit.appointment.date.startsWith(year || '-')) {
      year = visit.appointment.date.slice(0, 4);
      nth = 0;
    }
    visit.nth = ++nth;
  }
  return visits;
}

function compareVisits(a: Visit, b: Visit): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.appointment.status !== b.appointment.status) return a.appointment.status === 'arrived' ? -1 : 1;
  const startA = a.appointment.startsAt ?? '~';
  const startB = b.appointment.startsAt ?? '~';
  if (startA !== startB) return startA < startB ? -1 : 1;
  return a.appointment.ref < b.appointment.ref ? -1 : 1;
}

/**
 * Lays every counted visit into the slots; what did not fit in the past is counted, the first in the future is kept. A free
 * visit takes its place in a period that holds its date, because the payer counts it there, but it needs none.
 */
function layVisits(
  slots: readonly Slot[],
  visits: readonly Visit[],
  free: number,
  today: DayNumber,
): { uncovered: Uncovered | null; holding: readonly Slot[] } {
  let uncovered: Uncovered | null = null;
  let holding: readonly Slot[] = [];
  for (const visit of visits) {
    const { appointment, day } = visit;
    const arrived = appointment.status === 'arrived';
    let limit: Exclude<Limit, 'endDate'> | null = null;
    let covered = false;
    let last: Slot | null = null;
    for (const slot of slots) {
      if (!within(slot, day)) continue;
      last = slot;
      limit = take(slot, day, appointment.units, arrived);
      covered = limit === null;
      if (covered) break;
    }
    if (covered) continue;
    if (uncovered === null && !arrived && day >= today && visit.nth > free) {
      uncovered = { ...visit, limit };
      // A snapshot of the counts at this visit: later visits must not change what number it has.
      holding = slots.filter((slot) => within(slot, day)).map((slot) => ({ ...slot }));
    }
    if (last === null) continue;
    if (limit === 'weekLimit' && (arrived || day < today)) use(last, day, appointment.units, arrived);
    else if (arrived) last.usedBeyond++;
    else last.bookedBeyond++;
  }
  for (const slot of slots) settleReported(slot, today);
  return { uncovered, holding };
}

function firstBooked(visits: readonly Visit[], free: number, from: DayNumber): Visit | null {
  return visits.find((visit) => visit.day >= from && visit.nth > free && visit.appointment.status === 'booked') ?? null;
}

/** The slots in force today; if there are none the next to begin; if there are none the last that ended. */
function currentSlots(slots: readonly Slot[], today: DayNumber): readonly Slot[] {
  const inForce = slots.filter((slot) => within(slot, today));
  if (inForce.length > 0) return inForce;
  const future = slots.filter((slot) => slot.from > today);
  const next = Math.min(...future.map((slot) => slot.from));
  return future.length > 0 ? future.filter((slot) => slot.from === next) : slots.slice(-1);
}

function sum(slots: readonly Slot[], of: (slot: Slot) => number): number {
  let total = 0;
  for (const slot of slots) total += of(slot);
  return total;
}

function tallyVisits(slots: readonly Slot[]): Tally {
  const approved = sum(slots, (slot) => slot.visitsApproved);
  const used = sum(slots, (slot) => slot.used + slot.usedBeyond);
  return {
    approved: Number.isFinite(approved) ? approved : null,
    used,
    booked: sum(slots, (slot) => slot.booked + slot.bookedBeyond),
    left: Number.isFinite(approved) ? Math.max(0, approved - used) : null,
  };
}

/** The visits left over the periods that follow each other without a day between; null if one of them knows no limit. */
function leftAhead(slots: readonly Slot[], today: DayNumber): number | null {
  const open = slots
    .filter((slot) => slot.to >= today)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  let end = open[0]?.to ?? today;
  const chained = open.filter((slot) => {
    if (slot.from > Math.max(end, today) + 1) return false;
    end = Math.max(end, slot.to);
    return true;
  });
  return tallyVisits(chained.length > 0 ? chained : open.slice(0, 1)).left;
}

function tallyWithoutApproval(visits: readonly Visit[], today: DayNumber): Tally {
  const booked = visits.filter((visit) => visit.appointment.status === 'booked' && visit.day >= today).length;
  return { approved: null, used: 0, booked, left: null };
}

function tallyUnits(slots: readonly Slot[]): UnitTally {
  const approved = sum(slots, (slot) => slot.unitsApproved);
  const known = slots.length > 0 && slots.every((slot) => !slot.unitsUnknown);
  const used = known ? sum(slots, (slot) => slot.usedUnits) : null;
  const limited = slots.length > 0 && Number.isFinite(approved);
  return {
    approved: limited ? approved : null,
    used,
    booked: known ? sum(slots, (slot) => slot.bookedUnits) : null,
    left: limited && used !== null ? Math.max(0, approved - used) : null,
  };
}

/** True if no slot from today on has room for one more visit. */
function isExhausted(slots: readonly Slot[], today: DayNumber): boolean {
  return slots.every((slot) => slot.to < today || slot.visitsLeft <= 0 || slot.unitsLeft <= 0 || slot.lapsed);
}

/**
 * The last day any slot covers and what ends it; Infinity and null if no end is known.
 * @param withGap also end a slot its gap limit after its last visit, as no later visit is there to be lost
 */
function lastEnd(slots: readonly Slot[], withGap: boolean): { day: number; limit: Limit | null } {
  let day = -Infinity;
  let limit: Limit | null = null;
  for (const slot of slots) {
    // A slot that no visit used yet has no gap: its last visit is -Infinity, and so must not end it.
    const lapse = withGap && slot.lastVisit !== -Infinity ? slot.lastVisit + slot.gapDays : Infinity;
    const end = Math.min(slot.to, lapse);
    if (end < day) continue;
    day = end;
    limit = end === Infinity ? null : lapse < slot.to ? 'gap' : slot.endedBy;
  }
  return { day, limit };
}

function exhaustedBy(slots: readonly Slot[], today: DayNumber): Limit {
  const open = slots.filter((slot) => slot.to >= today);
  if (open.some((slot) => slot.visitsLeft <= 0)) return 'visits';
  return open.some((slot) => slot.unitsLeft <= 0) ? 'units' : 'gap';
}

/** Which visit of how many this would have been; null where one of the periods does not say how many it approves. */
function visitNumber(holding: readonly Slot[]): { number: number | null; of: number | null } {
  const of = sum(holding, (slot) => slot.visitsApproved);
  if (!Number.isFinite(of)) return { number: null, of: null };
  const taken = sum(holding, (slot) =>
    Math.max(slot.used + slot.usedBeyond + slot.booked + slot.bookedBeyond, slot.visitsApproved),
  );
  return { number: taken + 1, of };
}

/** The slot that was the last to end before a day. */
function lastEndedBefore(slots: readonly Slot[], day: DayNumber): Slot | null {
  let latest: Slot | null = null;
  for (const slot of slots) if (slot.to < day && (latest === null || slot.to >= latest.to)) latest = slot;
  return latest;
}
