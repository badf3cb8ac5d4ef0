// Whether a waiting patient can really use a freed slot: every rule that speaks against it, and every fact nobody knows.
import { dayNumber, spokenShortDate, weekOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import { clockOf, liesWithin } from '../schedule/clock.ts';
import type { WallTime } from '../schedule/clock.ts';
import type { WaitlistRule } from './book-schema.ts';
import type { Candidate, FreedSlot, VisitsLeft } from './candidate.ts';

export const waitlistRules = [
  'waitlist.paused',
  'waitlist.own-cancellation',
  'waitlist.holds-slot',
  'waitlist.discipline',
  'waitlist.duration',
  'waitlist.therapist',
  'waitlist.location',
  'waitlist.equipment',
  'waitlist.times',
  'waitlist.notice',
  'waitlist.same-day',
  'waitlist.not-earlier',
  'waitlist.days-apart',
  'waitlist.plan-dates',
  'waitlist.plan-frequency',
  'waitlist.authorization-dates',
  'waitlist.authorization-visits',
  'waitlist.benefit-visits',
  'waitlist.offered-before',
  'waitlist.offer-cap',
] as const;
export type WaitlistRuleId = (typeof waitlistRules)[number];

/** One reason with the facts it used, in words that hold no name. */
export interface Reason {
  readonly rule: WaitlistRuleId;
  readonly words: string;
}

/** What speaks against a candidate, and what a person has to find out first. */
export interface Fitness {
  readonly against: readonly Reason[];
  readonly unknown: readonly Reason[];
}

/** The slot with its place on the wall's clock; made once for all candidates. */
export interface SlotTime {
  readonly slot: FreedSlot;
  readonly wall: WallTime;
  readonly week: number;
  /** Milliseconds since 1970 at which the offers begin, and the visit. */
  readonly now: number;
  readonly start: number;
  readonly today: DayNumber;
  readonly rule: WaitlistRule;
}

/** Every reason against, not the first alone: who mends one sees the next. */
export function fitness(candidate: Candidate, time: SlotTime): Fitness {
  const against: Reason[] = [];
  const unknown: Reason[] = [];
  const no = (rule: WaitlistRuleId, words: string): number => against.push({ rule, words });
  const ask = (rule: WaitlistRuleId, words: string): number => unknown.push({ rule, words });
  wishes(candidate, time, no, ask);
  plan(candidate, time, no);
  cover(candidate, time, no, ask);
  offersBefore(candidate, time, no);
  return { against, unknown };
}

type Say = (rule: WaitlistRuleId, words: string) => number;

function wishes(candidate: Candidate, { slot, wall, now, start }: SlotTime, no: Say, ask: Say): void {
  if (candidate.paused) no('waitlist.paused', 'The entry is paused');
  if (slot.givenUpBy === candidate.patient) no('waitlist.own-cancellation', 'Gave this visit up');
  if (candidate.holdsSlot !== null && candidate.holdsSlot !== slot.ref)
    no('waitlist.holds-slot', 'Has taken another freed slot, which is being booked');
  if (candidate.discipline !== slot.discipline)
    no('waitlist.discipline', `Needs ${candidate.discipline}, the slot is ${slot.discipline}`);
  if (candidate.minutes > slot.minutes)
    no('waitlist.duration', `Needs ${candidate.minutes} minutes, the slot has ${slot.minutes}`);
  if (candidate.therapists !== null && !candidate.therapists.includes(slot.therapist))
    no('waitlist.therapist', 'This therapist is not among those who may treat');
  place(candidate, slot, no, ask);
  const visit = candidate.minutes < slot.minutes ? { ...wall, to: wall.from + candidate.minutes } : wall;
  if (candidate.times === null) ask('waitlist.times', 'Nobody asked at what times the patient can come');
  else if (!liesWithin(candidate.times, visit))
    no('waitlist.times', `Cannot come at ${clockOf(visit.from)} to ${clockOf(visit.to)} on that weekday`);
  if (start - now < candidate.noticeMinutes * 60_000)
    no('waitlist.notice', `Wants to know ${candidate.noticeMinutes} minutes before`);
}

function place({ locations, equipment }: Candidate, slot: FreedSlot, no: Say, ask: Say): void {
  if (locations !== null && slot.location === null)
    ask('waitlist.location', 'Comes to certain locations only, and nobody has told where the slot is');
  else if (locations !== null && slot.location !== null && !locations.includes(slot.location))
    no('waitlist.location', 'Does not come to this location');
  if (slot.equipment === null) {
    if (equipment.length > 0)
      ask('waitlist.equipment', `Needs ${equipment.join(' and ')}, and nobody has told what the room has`);
    return;
  }
  const missing = equipment.filter((one) => !slot.equipment?.includes(one));
  if (missing.length > 0) no('waitlist.equipment', `Needs ${missing.join(' and ')}, which the room does not have`);
}

function plan(candidate: Candidate, { wall, week, today }: SlotTime, no: Say): void {
  const { plan, replaces } = candidate;
  const moved = replaces === null ? null : dayNumber(replaces.date);
  if (moved !== null && moved <= wall.day) no('waitlist.not-earlier', 'The booked visit is not later than the slot');
  if (plan.from !== null && wall.date < plan.from)
    no('waitlist.plan-dates', `The plan of care begins on ${spokenShortDate(dayNumber(plan.from), today)}`);
  if (plan.to !== null && wall.date > plan.to)
    no('waitlist.plan-dates', `The plan of care ended on ${spokenShortDate(dayNumber(plan.to), today)}`);
  let inWeek = 0;
  let nearest = Infinity;
  let skipped = false;
  for (const date of candidate.visitDays) {
    const day = dayNumber(date);
    if (day === moved && !skipped) {
      skipped = true;
      continue;
    }
    nearest = Math.min(nearest, Math.abs(day - wall.day));
    if (weekOf(day) === week) inWeek += 1;
  }
  if (nearest === 0) no('waitlist.same-day', 'Has a visit on that day');
  else if (nearest < plan.daysApart)
    no('waitlist.days-apart', `Has a visit ${nearest} days away, the plan asks for ${plan.daysApart}`);
  if (plan.visitsPerWeek !== null && inWeek >= plan.visitsPerWeek)
    no('waitlist.plan-frequency', `Has ${inWeek} of ${plan.visitsPerWeek} visits in that week`);
}

function cover(candidate: Candidate, { wall, today }: SlotTime, no: Say, ask: Say): void {
  const { authorization } = candidate;
  const free = (left: VisitsLeft): VisitsLeft =>
    typeof left === 'number' ? left - candidate.visitsBooked + (candidate.replaces === null ? 0 : 1) : left;
  const spent = (rule: WaitlistRuleId, what: string, left: VisitsLeft): void => {
    const rest = free(left);
    if (rest === null) ask(rule, `How many visits the ${what} has left is unknown`);
    else if (rest !== 'unlimited' && rest < 1)
      no(rule, `The ${what} has ${left} visits left and ${candidate.visitsBooked} are booked`);
  };
  if (authorization.required === null)
    ask('waitlist.authorization-visits', 'Whether the payer asks for an authorization is unknown');
  if (authorization.required === true) {
    const { from, to } = authorization;
    if ((from !== null && wall.date < from) || (to !== null && wall.date > to))
      no('waitlist.authorization-dates', `The authorization covers ${span(from, to, today)}`);
    else if (from === null && to === null)
      ask('waitlist.authorization-dates', 'From when to when the authorization covers is unknown');
    spent('waitlist.authorization-visits', 'authorization', authorization.visitsLeft);
  }
  spent('waitlist.benefit-visits', 'benefit year', candidate.benefitVisitsLeft);
}

function span(from: string | null, to: string | null, today: DayNumber): string {
  const words = (date: string): string => spokenShortDate(dayNumber(date), today);
  if (from === null) return `until ${to === null ? '?' : words(to)}`;
  return to === null ? `from ${words(from)}` : `${words(from)} to ${words(to)}`;
}

/** How many of the earlier offers lie within the days of the cap. */
export function recentOffers(candidate: Candidate, { now, rule }: Pick<SlotTime, 'now' | 'rule'>): number {
  const since = now - rule.cap.days * 86_400_000;
  let recent = 0;
  for (const { at } of candidate.offers) if (Date.parse(at) > since) recent += 1;
  return recent;
}

function offersBefore(candidate: Candidate, time: SlotTime, no: Say): void {
  if (candidate.offers.length === 0) return;
  if (candidate.offers.some(({ slot }) => slot === time.slot.ref))
    no('waitlist.offered-before', 'Was offered this slot already');
  const recent = recentOffers(candidate, time);
  const { offers, days } = time.rule.cap;
  if (recent >= offers) no('waitlist.offer-cap', `Was asked ${recent} times within ${days} days`);
}
