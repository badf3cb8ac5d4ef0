// Dates and times as messages write them: as precise as they are, with the sender's offset where it tells one.
import type { ZoneClock } from '../zone-clock.ts';

export const precisions = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** `date` and `time` (HH:MM) are the sender's clock; `offsetMinutes` is east of UTC, null where it tells none. */
export interface Timestamp {
  readonly precision: (typeof precisions)[number];
  /** Null for a year or a month alone. */
  readonly date: string | null;
  readonly time: string | null;
  readonly second: number;
  readonly offsetMinutes: number | null;
}

const form = /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.\d{1,4})?([+-]\d{4})?$/;

function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ]`; null for anything else, and for a day or a time that does not exist. */
export function readTimestamp(text: string): Timestamp | null {
  const found = form.exec(text.trim());
  if (!found) return null;
  const [, year = '', ...rest] = found;
  const parts = rest.slice(0, 5);
  const given = parts.filter((part) => part !== undefined && part !== '').length;
  const precision = precisions[given] ?? 'second';
  const [month = '01', day = '01', hour = '00', minute = '00', second = '00'] = parts;
  if (!isDay(`${year}-${month}-${day}`)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = rest[5];
  const minutes = offset === undefined ? null : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  if (minutes !== null && (minutes > 14 * 60 || Number(offset?.slice(3)) > 59)) return null;
  return {
    precision,
    date: given >= 2 ? `${year}-${month}-${day}` : null,
    time: given >= 4 ? `${hour}:${minute}` : null,
    second: Number(second),
    offsetMinutes: minutes === null ? null : offset?.startsWith('-') === true ? -minutes : minutes,
  };
}

/** The instant (ISO UTC) of a timestamp told to the minute: by its own offset, else on the clocks of the sender. */
export function instantOfTimestamp(stamp: Timestamp, clock: ZoneClock | undefined): string | null {
  const { date, time, offsetMinutes, second } = stamp;
  if (date === null || time === null) return null;
  if (offsetMinutes === null) return clock?.instantAt(date, time) ?? null;
  const wall = Date.parse(`${date}T${time}:${String(second).padStart(2, '0')}Z`);
  return new Date(wall - offsetMinutes * 60_000).toISOString();
}

const digits = (value: string): string => value.replaceAll(/\D/g, '');

/** A calendar date as `YYYYMMDD`. */
export function writtenDate(date: string | null): string | null {
  return date === null ? null : digits(date);
}

/** An instant (ISO UTC) to the second, in UTC and saying so. */
export function writtenInstant(instant: string): string {
  return `${digits(new Date(instant).toISOString().slice(0, 19))}+0000`;
}
