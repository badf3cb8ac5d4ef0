// The waiting patients in the order in which a freed slot is offered, each with the reason for the place or for none.
import { dateInZone, dayNumber, weekOf } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { zoneClock } from '../schedule/clock.ts';
import type { WaitlistRule } from './book-schema.ts';
import type { Candidate, FreedSlot } from './candidate.ts';
import { fitness, recentOffers } from './eligible.ts';
import type { Reason, SlotTime } from './eligible.ts';

/** Points for one thing, and why. */
export interface ScorePart {
  readonly part: 'priority' | 'waiting' | 'behindPlan' | 'wantedTherapist' | 'offersAlready';
  readonly points: number;
  readonly words: string;
}

/**
 * One line of the ledger: `yes` may be asked, `confirm` only after a person has found out what is unknown, `no` not.
 * `place` counts from 1 over both that may be asked; null for `no`.
 */
export interface Ranked {
  readonly entry: string;
  readonly patient: string;
  readonly eligible: 'yes' | 'confirm' | 'no';
  readonly place: number | null;
  readonly points: number;
  readonly parts: readonly ScorePart[];
  readonly against: readonly Reason[];
  readonly unknown: readonly Reason[];
  /** ISO 8601 instant; the longest wait comes first among equals. */
  readonly waitingSince: string;
}

export interface Ranking {
  readonly slot: string;
  /** The dated rule that was applied. */
  readonly rule: string;
  readonly at: string;
  /** Everybody: first who may be asked, in order, then the others by reference. */
  readonly lines: readonly Ranked[];
}

const order = { yes: 0, confirm: 1, no: 2 } as const;

/**
 * Ranks everybody who waits for a slot. Known comes before unknown, then points, then the longer wait, then the reference:
 * the same list gives the same order whatever order it came in.
 * @param now ISO 8601 instant
 * @throws GaitError `input.invalid` for a text that is no instant, an unknown zone, or an entry that is there twice
 */
export function rank(slot: FreedSlot, candidates: readonly Candidate[], rule: WaitlistRule, now: string): Ranking {
  const time = slotTime(slot, rule, now);
  if (new Set(candidates.map(({ entry }) => entry)).size < candidates.length)
    throw new GaitError('input.invalid', 'An entry of the waitlist is there twice');
  const lines = candidates.map((candidate) => lineOf(candidate, time)).sort(compare);
  lines.forEach((line, index) => {
    if (line.eligible !== 'no') line.place = index + 1;
  });
  return { slot: slot.ref, rule: rule.id, at: now, lines };
}

/** One candidate alone, as at acceptance: are there visits left still, is the day still free? */
export function standing(slot: FreedSlot, candidate: Candidate, rule: WaitlistRule, now: string): Ranked {
  const offers = candidate.offers.filter((offer) => offer.slot !== slot.ref);
  return lineOf({ ...candidate, offers, noticeMinutes: 0 }, slotTime(slot, rule, now));
}

function slotTime(slot: FreedSlot, rule: WaitlistRule, now: string): SlotTime {
  const wall = zoneClock(slot.zone).wall(slot.start, slot.minutes);
  return {
    slot,
    wall,
    week: weekOf(wall.day),
    now: Date.parse(now),
    start: Date.parse(slot.start),
    today: dayNumber(dateInZone(now, slot.zone)),
    rule,
  };
}

function lineOf(candidate: Candidate, time: SlotTime): Ranked & { place: number | null } {
  const { against, unknown } = fitness(candidate, time);
  const { entry, patient, waitingSince } = candidate;
  const eligible = against.length > 0 ? 'no' : unknown.length > 0 ? 'confirm' : 'yes';
  const parts = eligible === 'no' ? [] : scoreParts(candidate, time);
  const points = parts.reduce((sum, part) => sum + part.points, 0);
  return { entry, patient, eligible, place: null, points, parts, against, unknown, waitingSince };
}

function scoreParts(candidate: Candidate, time: SlotTime): ScorePart[] {
  const { points } = time.rule;
  const parts: ScorePart[] = [];
  const add = (part: ScorePart['part'], value: number, words: string): void => {
    if (value !== 0) parts.push({ part, points: value, words });
  };
  add('priority', points.priority[candidate.priority], `The therapist calls it ${candidate.priority}`);
  const days = Math.max(0, Math.floor((time.now - Date.parse(candidate.waitingSince)) / 86_400_000));
  add('waiting', Math.min(days * points.waitingPerDay, points.waitingMost), `Waits for ${days} days`);
  const missing = missingInWeek(candidate, time);
  add(
    'behindPlan',
    Math.min(missing * points.behindPlanPerVisit, points.behindPlanMost),
    `The plan asks for ${missing} more visits in that week`,
  );
  if (candidate.wantedTherapist === time.slot.therapist)
    add('wantedTherapist', points.wantedTherapist, 'The therapist who treats the patient');
  const recent = recentOffers(candidate, time);
  add('offersAlready', recent * points.offerAlready, `Was asked ${recent} times of late`);
  return parts;
}

/** Visits that the plan's week lacks, the slot itself included; a visit that is only moved within the week lacks nothing. */
function missingInWeek(candidate: Candidate, { week }: SlotTime): number {
  const { visitsPerWeek } = candidate.plan;
  if (visitsPerWeek === null) return 0;
  const inWeek = candidate.visitDays.filter((date) => weekOf(dayNumber(date)) === week).length;
  return Math.max(0, visitsPerWeek - inWeek);
}

function compare(one: Ranked, other: Ranked): number {
  if (one.eligible !== other.eligible) return order[one.eligible] - order[other.eligible];
  if (one.points !== other.points) return other.points - one.points;
  if (one.eligible !== 'no' && one.waitingSince !== other.waitingSince)
    return one.waitingSince < other.waitingSince ? -1 : 1;
  return one.entry < other.entry ? -1 : one.entry > other.entry ? 1 : 0;
}
