// What the clock on a clinic's wall shows while a visit lasts; nights on which the clocks change included.
import { addDays, dayNumber, weekdayOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { instantOf, localTime } from '../zoned-time.ts';

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

/**
 * Where a span of so many minutes lies on the wall's clock.
 * @param start ISO 8601 instant
 * @throws GaitError `input.invalid` for a text that is no instant or an unknown zone
 */
export function wallTime(start: string, minutes: number, zone: string): WallTime {
  const at = Date.parse(start);
  if (Number.isNaN(at)) throw new GaitError('input.invalid', 'A start is not an ISO 8601 instant');
  const begins = localTime(new Date(at), zone);
  const ends = localTime(new Date(at + minutes * 60_000), zone);
  const date = begins.slice(0, 10);
  const day = dayNumber(date);
  const nights = dayNumber(ends.slice(0, 10)) - day;
  const from = minuteOf(begins.slice(11));
  return { date, day, weekday: weekdayOf(day), from, to: minuteOf(ends.slice(11)) + nights * 1440 };
}

/** Minutes since midnight of `HH:MM`. @throws GaitError `input.invalid` */
export function minuteOf(clock: string): number {
  const [, hour, minute] = /^(\d{2}):([0-5]\d)$/.exec(clock) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number.isNaN(minutes) || minutes > 1440)
    throw new GaitError('input.invalid', 'A time of day is not one', { fix: 'Write it as HH:MM, up to 24:00' });
  return minutes;
}

/** `HH:MM` of minutes since midnight. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
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
  const { date, from } = wallTime(at, 0, zone);
  if (from >= minuteOf(hours.from) && from < minuteOf(hours.to)) return at;
  const opens = from < minuteOf(hours.from) ? date : addDays(date, 1);
  return instantAt(`${opens}T${hours.from}`, zone);
}

/** The instant at which the wall's clock shows `YYYY-MM-DDTHH:MM`. @throws GaitError `input.invalid` */
export function instantAt(local: string, zone: string): string {
  const instant = instantOf(local, zone);
  if (instant === null) throw new GaitError('input.invalid', 'A local time is not one');
  return instant;
}
