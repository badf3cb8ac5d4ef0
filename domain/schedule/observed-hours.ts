// When a therapist works where nobody has said it: from the first to the last visit of each weekday that the schedule shows.
import { clockOf } from './clock.ts';
import type { WallTime, WeeklyWindow } from './clock.ts';

/** One window for each weekday with a visit; no visit, no window. A visit past midnight counts to the end of its day. */
export function observedHours(visits: readonly Pick<WallTime, 'weekday' | 'from' | 'to'>[]): WeeklyWindow[] {
  const spans = new Map<number, { from: number; to: number }>();
  for (const { weekday, from, to } of visits) {
    const span = spans.get(weekday);
    spans.set(weekday, { from: Math.min(from, span?.from ?? from), to: Math.min(1440, Math.max(to, span?.to ?? to)) });
  }
  return [...spans]
    .sort(([one], [other]) => one - other)
    .map(([weekday, { from, to }]) => ({ weekday, from: clockOf(from), to: clockOf(to) }));
}

/** The middle of what is known; null where nothing is. */
export function usualMinutes(known: readonly number[]): number | null {
  const sorted = [...known].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
