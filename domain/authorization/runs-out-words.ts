// The sentence that tells staff when an authorization runs out, why, and by when to send: dates and counts, no name.
import { spokenDate, spokenShortDate } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import type { CoverState, Limit, RunsOut, Tally, UnitTally } from './projection.ts';
import type { Authorization } from './schema.ts';
import { isApproved, isOfAnotherPayer } from './slots.ts';
import type { Slot } from './slots.ts';

/** What the sentence is made of; days are day numbers, null where there is none. */
export interface Facts {
  readonly state: CoverState;
  readonly limitedBy: Limit | null;
  readonly runsOutDay: DayNumber | null;
  readonly uncoveredDay: DayNumber | null;
  /** Which visit the first uncovered one is, of those over which the payer counts its `free` ones. */
  readonly nth: number | null;
  readonly free: number;
  readonly number: number | null;
  readonly of: number | null;
  readonly actDay: DayNumber | null;
  readonly turnaround: RunsOut['turnaround'];
  readonly today: DayNumber;
  readonly visits: Tally;
  readonly units: UnitTally;
  /** The periods in force today, or the nearest. */
  readonly slots: readonly Slot[];
  /** The periods whose dates hold the first uncovered visit. */
  readonly holding: readonly Slot[];
  readonly authorization: Authorization;
  readonly hold: string | null;
}

/** Says it in one sentence: "Runs out Tue 12 May (visit 13 of 12); payer takes 7 days; send by 4 May". */
export function inWords(facts: Facts): string {
  return [what(facts), ...unknowns(facts), ...when(facts)].join('; ');
}

function what(facts: Facts): string {
  switch (facts.state) {
    case 'notRequired':
      return 'This payer requires no authorization';
    case 'held':
      return `Held: ${facts.hold ?? 'no reason recorded'}${nextVisit(facts)}`;
    case 'noApproval':
      return `${noApproval(facts.authorization)}${facts.free > 0 ? needsOne(facts) : nextVisit(facts)}`;
    case 'ended':
      return `Ended ${long(facts, facts.runsOutDay ?? endOf(facts))}${nextVisit(facts)}`;
    case 'runsOut':
      return facts.uncoveredDay === null ? exhausted(facts) : uncovered(facts, facts.uncoveredDay);
    case 'covered':
      return covered(facts);
  }
}

function long(facts: Facts, day: DayNumber | null): string {
  return day === null ? 'on an unknown day' : spokenDate(day, facts.today);
}

function endOf(facts: Facts): DayNumber | null {
  const end = facts.slots.at(-1)?.to;
  return end === undefined || !Number.isFinite(end) ? null : end;
}

function nextVisit(facts: Facts): string {
  return facts.uncoveredDay === null
    ? '; no visit is booked'
    : `; next booked visit ${long(facts, facts.uncoveredDay)}`;
}

/** Where the payer leaves some visits free, the first that needs an approval is what counts. */
function needsOne(facts: Facts): string {
  const first = facts.free + 1;
  if (facts.uncoveredDay === null) return `; no visit is booked that needs one (from visit ${first} on)`;
  const day = long(facts, facts.uncoveredDay);
  return facts.nth === first
    ? `; visit ${first} is the first that needs one: ${day}`
    : `; needed since visit ${first}; next booked visit ${day}`;
}

function noApproval(authorization: Authorization): string {
  const approved = authorization.periods.filter(isApproved);
  const own = approved.filter((period) => !isOfAnotherPayer(period, authorization));
  if (own.length === 0 && approved.length > 0) return 'Approved by another payer than the present one: not counted';
  const unproved = own.findLast((period) => period.number !== 'present');
  if (unproved !== undefined) {
    return unproved.number === 'missing'
      ? 'Approved without an authorization number: not counted until the number is recorded'
      : 'The authorization number is a placeholder: the approval is not counted until the real number is recorded';
  }
  return authorization.requiredByPayer === null
    ? 'No approval; whether this payer requires one is unknown'
    : 'No approval';
}

function uncovered(facts: Facts, day: DayNumber): string {
  switch (facts.limitedBy) {
    case 'visits':
      return `Runs out ${long(facts, day)} (visit ${facts.number ?? '?'} of ${facts.of ?? '?'})`;
    case 'units': {
      const approved = facts.holding.reduce((total, slot) => total + slot.unitsApproved, 0);
      return `Runs out ${long(facts, day)} (more than the ${approved} units approved)`;
    }
    case 'gap': {
      const days = facts.holding.at(-1)?.gapDays;
      return `Runs out ${long(facts, day)} (more than ${days ?? '?'} days after the visit before it)`;
    }
    case 'weekLimit': {
      const perWeek = facts.holding.reduce((total, slot) => total + slot.perWeek, 0);
      return facts.holding.length > 0
        ? `Runs out ${long(facts, day)} (more than ${perWeek} visits in its week)`
        : `The approved weeks end ${long(facts, facts.runsOutDay)}; first visit after that ${long(facts, day)}`;
    }
    case 'endDate':
      return `Ends ${long(facts, facts.runsOutDay)}; first visit after that ${long(facts, day)}`;
    case null:
      return `The approval is not yet in force on ${long(facts, day)}, a booked visit`;
  }
}

function exhausted(facts: Facts): string {
  const counts =
    facts.limitedBy === 'units'
      ? `All ${facts.units.approved ?? '?'} units are used or booked`
      : facts.limitedBy === 'gap'
        ? 'Lapsed by its gap limit'
        : `All ${facts.visits.approved ?? '?'} visits are used or booked`;
  const end = facts.runsOutDay === null ? '' : `; ends ${long(facts, facts.runsOutDay)}`;
  return `${counts}; no visit is booked beyond them${end}`;
}

function covered(facts: Facts): string {
  const counts =
    facts.visits.left === null || facts.visits.approved === null
      ? null
      : `${facts.visits.left} of ${facts.visits.approved} visits left, ${facts.visits.booked} booked`;
  // With an unknown count nobody may say "covered": the known limits are not reached, that is all.
  const verb = facts.slots.some(hasUnknownCount) ? 'In force' : 'Covered';
  const until =
    facts.runsOutDay === null
      ? 'No known limit is reached'
      : facts.limitedBy === 'gap'
        ? `${verb}; lapses after ${long(facts, facts.runsOutDay)} without another visit`
        : `${verb} until ${long(facts, facts.runsOutDay)}`;
  return counts === null ? until : `${until}; ${counts}`;
}

function hasUnknownCount(slot: Slot): boolean {
  return slot.period.approved.visits === null && slot.period.approved.units === null;
}

/** What is not known and therefore limits nothing: said, never taken for none. */
function unknowns(facts: Facts): string[] {
  if (facts.state !== 'covered' && facts.state !== 'runsOut') return [];
  const said: string[] = [];
  const slots = facts.slots;
  if (slots.some((slot) => slot.period.to === null && slot.endedBy === 'endDate')) said.push('end date unknown');
  if (slots.some(hasUnknownCount)) said.push('approved visits unknown');
  if (slots.some((slot) => slot.period.approved.units !== null && slot.unitsUnknown)) {
    said.push('units of some visits unknown');
  }
  return said;
}

function when(facts: Facts): string[] {
  if (facts.actDay === null || facts.state === 'held') return [];
  const { days, basis } = facts.turnaround;
  const plural = days === 1 ? 'day' : 'days';
  const takes =
    basis === 'clinicHorizon'
      ? `payer's turnaround unknown, clinic's horizon ${days} ${plural}`
      : `payer takes ${days} ${plural}`;
  const overdue = facts.actDay < facts.today ? ' (overdue)' : '';
  return [takes, `send by ${spokenShortDate(facts.actDay, facts.today)}${overdue}`];
}
