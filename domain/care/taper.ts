// The visits of the last weeks of a plan of care: as the plan has them, and fewer of them as a suggestion to the therapist, who decides.
import { addDays, weekStart } from '../calendar.ts';
import type { CareRule } from './book-schema.ts';

export interface Weeks {
  /** Monday of the first week. */
  readonly from: string;
  readonly visitsPerWeek: readonly number[];
}

/** The weeks from that of `today` to that of the plan's end, at the plan's own pace. */
export function weeksLeft(perWeek: number, today: string, ends: string): Weeks {
  const from = weekStart(today);
  const visitsPerWeek: number[] = [];
  for (let monday = from; monday <= ends; monday = addDays(monday, 7)) visitsPerWeek.push(perWeek);
  return { from, visitsPerWeek };
}

/** Fewer visits in the last weeks, never none. Null where there is nothing to take away, or no week before them. */
export function suggestedTaper({ from, visitsPerWeek }: Weeks, { taper }: CareRule): Weeks | null {
  const first = visitsPerWeek.length - taper.weeks;
  const fewer = visitsPerWeek.map((visits, week) =>
    week < first ? visits : Math.max(1, Math.ceil(visits * taper.share)),
  );
  const isLess = fewer.some((visits, week) => visits < (visitsPerWeek[week] ?? visits));
  return first < 1 || !isLess ? null : { from, visitsPerWeek: fewer };
}

/** The Monday of the first week that has fewer visits than the one before; null: none has. */
export function fewerFrom({ from, visitsPerWeek }: Weeks): string | null {
  const week = visitsPerWeek.findIndex((visits, place) => place > 0 && visits < (visitsPerWeek[place - 1] ?? visits));
  return week === -1 ? null : addDays(from, week * 7);
}
