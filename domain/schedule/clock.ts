// What the clock on a clinic's wall shows while a visit lasts; nights on which the clocks change included.
import { dateOf, weekdayOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import { GaitError } from '../errors.ts';

/** Hours of one weekday, by the clock on the wall; `to` is not included. */
export interface WeeklyWindow {
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number;
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM`; `24:00` for the end of the day. */
  readonly to: string;
}

/** A visit on the wall's clock: its day, and the minutes since that day's midnight; past 1440 it ends on the next day. */
export interface WallTime {
  readonly date: string;
  readonly day: DayNumber;
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** The clock of one zone; made once and used often, because making it is the slow part. */
export interface ZoneClock {
  /**
   * Where a span of so many minutes lies on the wall's clock.
   * @param start ISO 8601 instant
   * @throws GaitError `input.invalid` for a text that is no instant
   */
  wall(start: string, minutes: number): WallTime;
  /** The instant (ISO UTC) at which the wall shows a minute of a day, the first of two; null: the clock skips it. */
  instant(day: DayNumber, minute: number): string | null;
  /** True on a day on which the clocks change. */
  changesOn(day: DayNumber): boolean;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** @param zone IANA name @throws GaitError `input.invalid` if the zone is unknown */
export function zoneClock(zone: string): ZoneClock {
  const offset = offsetReader(zone);
  const offsets = new Map<DayNumber, number | null>();
  /** The one offset of a day, null where it changes within it or beside it. */
  const offsetOn = (day: DayNumber): number | null => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const [before, after] = [offset((day - 1) * dayMs), offset((day + 2) * dayMs)];
    const only = before === after ? before : null;
    offsets.set(day, only);
    return only;
  };
  const shown = (at: number): number => at + offset(at);
  return {
    wall(start, minutes) {
      const at = Date.parse(start);
      if (Number.isNaN(at)) throw new GaitError('input.invalid', 'A start is not an ISO 8601 instant');
      const begins = shown(at);
      const day = Math.floor(begins / dayMs);
      const from = Math.floor((begins - day * dayMs) / minuteMs);
      const to = Math.floor((shown(at + minutes * minuteMs) - day * dayMs) / minuteMs);
      return { date: dateOf(day), day, weekday: weekdayOf(day), from, to };
    },
    instant(day, minute) {
      const wanted = day * dayMs + minute * minuteMs;
      const only = offsetOn(day);
      if (only !== null) return new Date(wanted - only).toISOString();
      const guesses = [offset(wanted - dayMs), offset(wanted + dayMs)].map((one) => wanted - one).sort((a, b) => a - b);
      const at = guesses.find((guess) => shown(guess) === wanted);
      return at === undefined ? null : new Date(at).toISOString();
    },
    changesOn: (day) =>
      offsetOn(day) === null &&
      offset(day * dayMs - offset(day * dayMs)) !== offset((day + 1) * dayMs - offset((day + 1) * dayMs)),
  };
}

/** Milliseconds by which the wall's clock is ahead of UTC at an instant. */
function offsetReader(zone: string): (at: number) => number {
  const formatter = formatterFor(zone);
  return (at) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of formatter.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  const digits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      ...digits,
    });
  } catch {
    throw new GaitError('input.invalid', 'A time zone is unknown', { fix: 'Use an IANA name such as America/Chicago' });
  }
}

/** Minutes since midnight of `HH:MM`. @throws GaitError `input.invalid` */
export function minuteOf(clock: string): number {
  const [, hour, minute] = /^(\d{2}):([0-5]\d)$/.exec(clock) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number.isNaN(minutes) || minutes > 1440)
    throw new GaitError('input.invalid', 'A time of day is not one', { fix: 'Write it as HH:MM, up to 24:00' });
  return minutes;
}

/** `HH:MM` of minutes since midnight; past midnight as the next day's clock shows it. */
export function clockOf(minute: number): string {
  const shown = minute > 1440 ? minute % 1440 : minute;
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/** True if the whole visit lies within one of the windows; windows that touch count as one. */
export function liesWithin(windows: readonly WeeklyWindow[], { weekday, from, to }: WallTime): boolean {
  let reached = from;
  const ofDay = windows.filter((window) => window.weekday === weekday);
  for (const window of ofDay.length > 1 ? [...ofDay].sort((one, other) => (one.from < other.from ? -1 : 1)) : ofDay)
    if (minuteOf(window.from) <= reached) reached = Math.max(reached, minuteOf(window.to));
  return to <= reached;
}

/**
 * The first instant not before `at` at which the hours of the day are open.
 * @param hours by the wall's clock, the same every day
 */
export function nextOpen(at: string, hours: { readonly from: string; readonly to: string }, zone: string): string {
  const clock = zoneClock(zone);
  const { day, from } = clock.wall(at, 0);
  const opens = minuteOf(hours.from);
  if (from >= opens && from < minuteOf(hours.to)) return at;
  const on = from < opens ? day : day + 1;
  return clock.instant(on, opens) ?? clock.instant(on, opens + 60) ?? at;
}
