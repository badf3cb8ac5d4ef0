// How often and how long a plan treats, within what the authorization, the benefit and the certification allow; what is not known limits nothing and is said.
import { addDays, daysBetween } from '../calendar.ts';

/** What bounds a plan. null: not known. `unlimited`: known to have no bound. */
export interface PlanLimits {
  readonly authorization: {
    readonly visitsLeft: number | 'unlimited' | null;
    readonly visitsPerWeek: number | 'unlimited' | null;
    /** The last day it covers; `unlimited`: it is known to have none. */
    readonly to: string | null;
  };
  readonly benefit: { readonly visitsLeft: number | 'unlimited' | null; readonly yearEnds: string | null };
  /** Longest days from the initial treatment that one certification holds. */
  readonly certificationDays: number | null;
}

export interface Bound {
  readonly of: 'authorizationVisits' | 'authorizationWeek' | 'authorizationEnd' | 'benefitVisits' | 'certification';
  readonly state: 'fits' | 'cuts' | 'unlimited' | 'unknown';
  readonly words: string;
}

export interface Frequency {
  /** Week by week from the first. */
  readonly visitsPerWeek: readonly number[];
  readonly visits: number;
  /** Visits wanted before anything was cut. */
  readonly wanted: number;
  readonly from: string;
  readonly to: string;
  readonly bounds: readonly Bound[];
}

/**
 * Lays the wanted weeks from a day on and cuts what a known limit does not allow: whole weeks first, then visits from the end.
 * @param wanted weeks one after another, as a protocol has them
 * @param from `YYYY-MM-DD`, the first day of the plan
 */
export function frequencyWithin(
  wanted: readonly { readonly weeks: number; readonly visitsPerWeek: number }[],
  from: string,
  limits: PlanLimits,
): Frequency {
  const all = wanted.flatMap(({ weeks, visitsPerWeek }) => Array.from({ length: weeks }, () => visitsPerWeek));
  const bounds: Bound[] = [];
  const certified = cutWeeks(all, from, certifiedTo(from, limits), bounds, 'certification', 'the certification');
  const covered = cutWeeks(certified, from, limits.authorization.to, bounds, 'authorizationEnd', 'the authorization');
  const weekly = cutWeekly(covered, limits.authorization.visitsPerWeek, bounds);
  const { authorization, benefit } = limits;
  const authorized = cutVisits(weekly, authorization.visitsLeft, bounds, 'authorizationVisits', 'the authorization');
  const year = withinYear(authorized, from, benefit, bounds);
  const weeks = [...year];
  while (weeks.length > 0 && weeks.at(-1) === 0) weeks.pop();
  const end = addDays(from, Math.max(0, weeks.length * 7 - 1));
  const last = earliest([end, certifiedTo(from, limits), authorization.to]);
  return { visitsPerWeek: weeks, visits: sum(weeks), wanted: sum(all), from, to: last, bounds };
}

function certifiedTo(from: string, { certificationDays }: PlanLimits): string | null {
  return certificationDays === null ? null : addDays(from, certificationDays);
}

function earliest([end, ...others]: readonly [string, ...(string | null)[]]): string {
  return others.reduce<string>((first, day) => (day !== null && day !== 'unlimited' && day < first ? day : first), end);
}

function sum(weeks: readonly number[]): number {
  return weeks.reduce((total, visits) => total + visits, 0);
}

/** Weeks that begin after the last day fall away; the visits of the week it lies in stay where its days suffice. */
function cutWeeks(
  weeks: readonly number[],
  from: string,
  to: string | null,
  bounds: Bound[],
  of: Bound['of'],
  what: string,
): readonly number[] {
  if (to === null || to === 'unlimited') {
    bounds.push(open(of, to, `Until when ${what} holds`, `${what} names no last day`));
    return weeks;
  }
  const days = daysBetween(from, to) + 1;
  const cut = weeks.map((visits, at) => Math.min(visits, Math.max(0, Math.min(7, days - at * 7))));
  const lost = sum(weeks) - sum(cut);
  bounds.push({
    of,
    state: lost > 0 ? 'cuts' : 'fits',
    words:
      lost > 0
        ? `${lost} visits lie after ${to}, when ${what} ends`
        : `All visits lie on or before ${to}, when ${what} ends`,
  });
  return cut;
}

function cutWeekly(weeks: readonly number[], limit: number | 'unlimited' | null, bounds: Bound[]): readonly number[] {
  const of = 'authorizationWeek';
  if (limit === null || limit === 'unlimited') {
    bounds.push(open(of, limit, 'How many visits a week are authorized', 'The authorization has no limit by week'));
    return weeks;
  }
  const cut = weeks.map((visits) => Math.min(visits, limit));
  const over = sum(weeks) > sum(cut);
  bounds.push({ of, state: over ? 'cuts' : 'fits', words: `The authorization allows ${limit} visits a week` });
  return cut;
}

function cutVisits(
  weeks: readonly number[],
  limit: number | 'unlimited' | null,
  bounds: Bound[],
  of: Bound['of'],
  what: string,
): readonly number[] {
  if (limit === null || limit === 'unlimited') {
    bounds.push(open(of, limit, `How many visits ${what} leaves`, `${what} limits no visits`));
    return weeks;
  }
  const wanted = sum(weeks);
  bounds.push({
    of,
    state: wanted > limit ? 'cuts' : 'fits',
    words: `${wanted} visits wanted, ${limit} left in ${what}`,
  });
  return keepFirst(weeks, limit);
}

/** The benefit's limit counts the visits of its year only; those after it are of the next, of which nothing is known. */
function withinYear(
  weeks: readonly number[],
  from: string,
  { visitsLeft, yearEnds }: PlanLimits['benefit'],
  bounds: Bound[],
): readonly number[] {
  const what = 'the benefit';
  if (visitsLeft === null || visitsLeft === 'unlimited' || yearEnds === null)
    return cutVisits(weeks, visitsLeft, bounds, 'benefitVisits', what);
  const within = Math.max(0, Math.floor((daysBetween(from, yearEnds) + 1) / 7));
  const inYear = cutVisits(weeks.slice(0, within), visitsLeft, bounds, 'benefitVisits', what);
  const later = weeks.slice(within);
  if (sum(later) > 0)
    bounds.push({
      of: 'benefitVisits',
      state: 'unknown',
      words: `${sum(later)} visits lie in the benefit year after ${yearEnds}; what it allows is not known`,
    });
  return [...inYear, ...later];
}

function keepFirst(weeks: readonly number[], limit: number): readonly number[] {
  let left = limit;
  return weeks.map((visits) => {
    const kept = Math.min(visits, left);
    left -= kept;
    return kept;
  });
}

function open(of: Bound['of'], limit: 'unlimited' | null, unknown: string, unlimited: string): Bound {
  if (limit === null) return { of, state: 'unknown', words: `${unknown} is not known` };
  return { of, state: 'unlimited', words: unlimited.charAt(0).toUpperCase() + unlimited.slice(1) };
}
