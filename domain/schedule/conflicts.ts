// What in a booked schedule cannot stand as it is, days ahead, each with a change that would mend it. Nothing is changed here.
import { dateOf, dayNumber, spokenDate, weekOf } from '../calendar.ts';
import type { SeriesRule } from '../series/book-schema.ts';
import type { Clinic, Plan } from '../series/plan.ts';
import { clockOf, liesWithin, zoneClock } from './clock.ts';
import { compareText as compare } from './order.ts';
import { suggest } from './suggestions.ts';
import type { Look, Mend, Seen, Suggestion } from './suggestions.ts';

export const conflictRules = [
  'conflict.therapist-twice',
  'conflict.room-twice',
  'conflict.patient-twice',
  'conflict.therapist-away',
  'conflict.patient-times',
  'conflict.days-apart',
  'conflict.plan-dates',
  'conflict.authorization-dates',
  'conflict.authorization-visits',
  'conflict.benefit-visits',
  'conflict.too-many-in-week',
  'conflict.too-few-in-week',
] as const;
export type ConflictRule = (typeof conflictRules)[number];

export interface Conflict {
  readonly rule: ConflictRule;
  /** The day of the visit, or the Monday of the week. */
  readonly date: string;
  readonly appointments: readonly string[];
  readonly plan: string | null;
  readonly words: string;
  readonly suggestion: Suggestion;
}

/**
 * Looks through the schedule from today to as many days ahead as the rule says.
 * @param plans the plans that the bookings name; of a plan the visits free may be below zero: so many booked ones are not covered
 * @param today `YYYY-MM-DD` in the clinic's zone
 * @throws GaitError `input.invalid` for a date or instant that is none, or an unknown zone
 */
export function conflictsOf(clinic: Clinic, plans: readonly Plan[], rule: SeriesRule, today: string): Conflict[] {
  const look = lookAt(clinic, plans, rule, today);
  const found: Found[] = [
    ...doubles(look, 'conflict.therapist-twice', 'therapist', 'The therapist'),
    ...doubles(look, 'conflict.room-twice', 'room', 'The room'),
    ...doubles(look, 'conflict.patient-twice', 'patient', 'The patient'),
    ...look.ahead.flatMap((one) => aloneIn(look, one)),
    ...[...look.plans.values()].flatMap((plan) => ofPlan(look, plan)),
  ];
  found.sort(
    (one, other) => compare(one.date, other.date) || compare(one.rule, other.rule) || compare(one.first, other.first),
  );
  // One after another: two suggestions never take the same free place.
  let bookings = clinic.bookings;
  return found.map(({ mend, first: _, ...conflict }) => {
    const { suggestion, bookings: after } = suggest({ ...look, clinic: { ...clinic, bookings } }, mend, conflict.words);
    bookings = after;
    return { ...conflict, suggestion };
  });
}

type Found = Omit<Conflict, 'suggestion'> & { readonly mend: Mend; readonly first: string };

function lookAt(clinic: Clinic, plans: readonly Plan[], rule: SeriesRule, today: string): Look {
  const clock = zoneClock(clinic.zone);
  const first = dayNumber(today);
  const last = first + rule.lookAheadDays;
  const seen = clinic.bookings
    .map((booking) => {
      const start = Date.parse(booking.start);
      return {
        booking,
        wall: clock.wall(booking.start, booking.minutes),
        start,
        end: start + booking.minutes * 60_000,
      };
    })
    .filter(({ wall }) => wall.day >= first)
    .sort((one, other) => one.start - other.start || compare(one.booking.ref, other.booking.ref));
  const ahead = seen.filter(({ wall }) => wall.day <= last);
  return { clinic, plans: new Map(plans.map((plan) => [plan.ref, plan])), rule, today: first, last, ahead, seen };
}

function doubles(look: Look, rule: ConflictRule, of: 'therapist' | 'room' | 'patient', who: string): Found[] {
  const found: Found[] = [];
  for (const its of Map.groupBy(look.ahead, ({ booking }) => booking[of]).values()) {
    if (its[0]?.booking[of] === null) continue;
    let before = its[0];
    for (const one of its.slice(1)) {
      if (before !== undefined && one.start < before.end) {
        const words = `${who} is booked twice on ${spokenDate(one.wall.day, look.today)} at ${clockOf(one.wall.from)}`;
        const appointments = [before.booking.ref, one.booking.ref];
        found.push(
          conflict(rule, one.wall.date, appointments, null, words, { type: 'move', seen: movable(look, before, one) }),
        );
      }
      if (before === undefined || one.end > before.end) before = one;
    }
  }
  return found;
}

/** The less urgent of two visits moves, or the one made for a therapist who is not the wanted one; else the later. */
function movable({ plans }: Look, one: Seen, other: Seen): Seen {
  const rank = ({ booking }: Seen): number => {
    const plan = plans.get(booking.plan ?? '');
    if (plan === undefined) return booking.patient === null ? 9 : 2;
    return (
      ['routine', 'soon', 'urgent'].indexOf(plan.priority) * 2 + (plan.wantedTherapist === booking.therapist ? 1 : 0)
    );
  };
  return rank(one) < rank(other) ? one : other;
}

function conflict(
  rule: ConflictRule,
  date: string,
  appointments: readonly string[],
  plan: string | null,
  words: string,
  mend: Mend,
): Found {
  return { rule, date, appointments, plan, words, mend, first: appointments.join(' ') };
}

function aloneIn(look: Look, seen: Seen): Found[] {
  const { booking, wall } = seen;
  const found: Found[] = [];
  const on = `on ${spokenDate(wall.day, look.today)} at ${clockOf(wall.from)}`;
  const say = (rule: ConflictRule, words: string, mend: Mend = { type: 'move', seen }): number =>
    found.push(conflict(rule, wall.date, [booking.ref], booking.plan, words, mend));
  const therapist = look.clinic.therapists.find(({ ref }) => ref === booking.therapist);
  const patient = booking.patient !== null;
  if (patient && therapist?.daysOff.includes(wall.date)) say('conflict.therapist-away', `The therapist is away ${on}`);
  else if (patient && therapist !== undefined && !liesWithin(therapist.hours, wall))
    say('conflict.therapist-away', `The therapist does not work ${on}`);
  const plan = look.plans.get(booking.plan ?? '');
  if (plan === undefined) return found;
  if (plan.times !== null && !liesWithin(plan.times, wall))
    say('conflict.patient-times', `The patient cannot come ${on}`);
  if (plan.to !== null && wall.date > plan.to)
    say('conflict.plan-dates', `The plan of care ends before the visit ${on}`, {
      type: 'act',
      words: 'Have the plan of care certified anew, or cancel the visit',
    });
  const { required, from, to } = plan.authorization;
  if (required !== false && ((from !== null && wall.date < from) || (to !== null && wall.date > to)))
    say('conflict.authorization-dates', `The authorization does not cover the visit ${on}`, {
      type: 'act',
      words: 'Ask for a renewal in time, or move the visit into the approved dates',
    });
  return found;
}

function ofPlan(look: Look, plan: Plan): Found[] {
  const its = look.seen.filter(({ booking }) => booking.plan === plan.ref);
  return [
    ...beyond(look, plan, its, 'conflict.authorization-visits', 'authorization', plan.authorizationVisitsFree),
    ...beyond(look, plan, its, 'conflict.benefit-visits', 'benefit year', plan.benefitVisitsFree),
    ...tooNear(look, plan, its),
    ...weeks(look, plan, its),
  ];
}

/** Of the visits booked the last ones are not covered. */
function beyond(
  look: Look,
  plan: Plan,
  its: readonly Seen[],
  rule: ConflictRule,
  what: string,
  free: Plan['benefitVisitsFree'],
): Found[] {
  if (typeof free !== 'number' || free >= 0) return [];
  if (rule === 'conflict.authorization-visits' && plan.authorization.required === false) return [];
  const uncovered = its.slice(free).filter(({ wall }) => wall.day <= look.last);
  return uncovered.map(({ booking, wall }) =>
    conflict(
      rule,
      wall.date,
      [booking.ref],
      plan.ref,
      `The ${what} has no visit left for ${spokenDate(wall.day, look.today)}: ${-free} more are booked than it has`,
      {
        type: 'act',
        words:
          rule === 'conflict.authorization-visits'
            ? 'Ask for a renewal before that day, or cancel the visit'
            : 'Tell the patient what the visit would cost, or cancel it',
      },
    ),
  );
}

function tooNear(look: Look, plan: Plan, its: readonly Seen[]): Found[] {
  return its.flatMap((seen, index) => {
    const before = its[index - 1];
    if (seen.wall.day > look.last) return [];
    const apart = before === undefined ? Infinity : seen.wall.day - before.wall.day;
    if (before === undefined || apart >= plan.daysApart) return [];
    const words = `Two visits lie ${apart} days apart around ${spokenDate(seen.wall.day, look.today)}, the plan asks for ${plan.daysApart}`;
    const appointments = [before.booking.ref, seen.booking.ref];
    return [conflict('conflict.days-apart', seen.wall.date, appointments, plan.ref, words, { type: 'move', seen })];
  });
}

/** One more visit, but never one that nothing covers. */
function lacking(plan: Plan, monday: number): Mend {
  const { authorization, authorizationVisitsFree, benefitVisitsFree } = plan;
  const spent = (free: Plan['benefitVisitsFree']): boolean => typeof free === 'number' && free < 1;
  if (authorization.required !== false && spent(authorizationVisitsFree))
    return { type: 'act', words: 'No authorized visit is free: ask for a renewal before one more is booked' };
  if (spent(benefitVisitsFree))
    return { type: 'act', words: 'The benefit year has no visit free: ask the patient before one more is booked' };
  return { type: 'add', plan, monday };
}

/** Weeks that lie wholly ahead: one that has begun may have had its visits before today. */
function weeks(look: Look, plan: Plan, its: readonly Seen[]): Found[] {
  const first = weekOf(dayNumber(plan.from));
  const found: Found[] = [];
  plan.visitsPerWeek.forEach((wanted, index) => {
    const monday = (first + index) * 7 - 3;
    if (monday < look.today || monday + 6 > look.last) return;
    const here = its.filter(({ wall }) => weekOf(wall.day) === first + index);
    const words = `In the week of ${spokenDate(monday, look.today)} ${here.length} of ${wanted} visits of the plan are booked`;
    const refs = here.map(({ booking }) => booking.ref);
    if (here.length < wanted)
      found.push(conflict('conflict.too-few-in-week', dateOf(monday), refs, plan.ref, words, lacking(plan, monday)));
    const last = here.at(-1);
    if (here.length > wanted && last !== undefined)
      found.push(
        conflict('conflict.too-many-in-week', dateOf(monday), refs, plan.ref, words, {
          type: 'act',
          words: `Cancel the visit on ${spokenDate(last.wall.day, look.today)}, or have the plan of care changed`,
        }),
      );
  });
  return found;
}
