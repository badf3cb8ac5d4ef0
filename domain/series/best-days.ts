// The best days for the visits of one plan when each day's best place is known: exact, by going through the days from the last.
import type { PlanOptions } from './options.ts';

/** What a plan may take of the days from `firstDay` on. */
export interface DayRules {
  readonly firstDay: number;
  /** Days from one visit to the next at least. */
  readonly apart: number;
  /** For each day: which week it lies in, and how many visits that week may still have. */
  readonly week: Int32Array;
  readonly quota: Int32Array;
  /** Visits in all; Infinity where nothing limits them. */
  readonly limit: number;
  /** Room to work in: one number for each day, count in its week and visits left. */
  readonly sums: Float64Array;
}

/** The rules of a plan between the first and the last day on which anything is free. */
export function dayRulesOf({ plan, weeks, limit }: PlanOptions, firstDay: number, lastDay: number): DayRules {
  const days = Math.max(0, lastDay - firstDay + 1);
  const week = new Int32Array(days);
  const quota = new Int32Array(days);
  const monday = weeks[0]?.monday ?? 0;
  let wanted = 0;
  for (const one of weeks) wanted += Math.max(0, one.wanted - one.booked);
  for (let day = 0; day < days; day += 1) {
    const index = Math.floor((firstDay + day - monday) / 7);
    const its = weeks[index];
    week[day] = index;
    quota[day] = its === undefined ? 0 : Math.max(0, its.wanted - its.booked);
  }
  const counts = quota.reduce((most, one) => Math.max(most, one), 0) + 1;
  const lefts = limit >= wanted ? 1 : limit + 1;
  return {
    firstDay,
    apart: Math.max(1, plan.daysApart),
    week,
    quota,
    limit: limit >= wanted ? Infinity : limit,
    sums: new Float64Array((days + 1) * counts * lefts),
  };
}

/**
 * Chooses days so that the sum is greatest: as many a week as its quota, as far apart as the plan asks, no more than the limit.
 * @param worth for each day from `firstDay` on what its best place is worth; zero or less: none
 * @param chosen is filled with the chosen days, counted from `firstDay`
 * @returns the sum
 */
export function bestDays(rules: DayRules, worth: Float64Array, chosen: number[]): number {
  const { week, quota, apart } = rules;
  const days = worth.length;
  const limited = Number.isFinite(rules.limit);
  const lefts = limited ? rules.limit + 1 : 1;
  const best = rules.sums;
  const size = best.length / (days + 1);
  const counts = size / lefts;
  /** Where the sum from `day` on stands, with `count` visits in the week of the day before. */
  const at = (day: number, from: number, count: number, left: number): number => {
    const to = Math.min(day, days);
    return to * size + (to < days && week[to] === week[from] ? count : 0) * lefts + left;
  };
  for (let day = days - 1; day >= 0; day -= 1) {
    const gain = worth[day] ?? 0;
    for (let count = 0; count < counts; count += 1)
      for (let left = 0; left < lefts; left += 1) {
        let value = best[at(day + 1, day, count, left)] ?? 0;
        if (gain > 0 && count < (quota[day] ?? 0) && (!limited || left > 0)) {
          const taken = gain + (best[at(day + apart, day, count + 1, limited ? left - 1 : 0)] ?? 0);
          if (taken > value) value = taken;
        }
        best[day * size + count * lefts + left] = value;
      }
  }
  chosen.length = 0;
  let count = 0;
  let left = limited ? rules.limit : 0;
  for (let day = 0; day < days; ) {
    const here = best[day * size + count * lefts + left] ?? 0;
    const takes = here > (best[at(day + 1, day, count, left)] ?? 0);
    if (takes) chosen.push(day);
    const next = Math.min(takes ? day + apart : day + 1, days);
    const sameWeek = next < days && week[next] === week[day];
    if (takes && limited) left -= 1;
    count = sameWeek ? count + (takes ? 1 : 0) : 0;
    day = next;
  }
  return best[limited ? rules.limit : 0] ?? 0;
}
