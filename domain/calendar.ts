// Calendar dates as `YYYY-MM-DD` strings and as whole day numbers: arithmetic without a clock, a zone or a Date object.
import { GaitError } from './errors.ts';

/** A day as the number of days since 1970-01-01; day 0 was a Thursday. */
export type DayNumber = number;

const monthStarts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;
const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const daysTo1970 = 719_528;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * The day number of a calendar date, or null if the text is not one: a wrong shape, 30 February, month 13.
 * @param date `YYYY-MM-DD`
 */
export function dayNumberOrNull(date: string): DayNumber | null {
  if (date.length !== 10 || date.charCodeAt(4) !== 45 || date.charCodeAt(7) !== 45) return null;
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  if (year < 0 || month < 1 || month > 12 || day < 1) return null;
  const leap = isLeap(year);
  const start = monthStarts[month - 1] ?? 0;
  const length = (monthStarts[month] ?? 0) - start + (leap && month === 2 ? 1 : 0);
  if (day > length) return null;
  const before =
    year === 0 ? 0 : year * 365 + floorDiv(year - 1, 4) - floorDiv(year - 1, 100) + floorDiv(year - 1, 400) + 1;
  return before + start + (leap && month > 2 ? 1 : 0) + day - 1 - daysTo1970;
}

function floorDiv(a: number, b: number): number {
  return Math.floor(a / b);
}

/**
 * The day number of a calendar date.
 * @param date `YYYY-MM-DD`
 * @throws GaitError `input.invalid` if the text is not a calendar date
 */
export function dayNumber(date: string): DayNumber {
  const day = dayNumberOrNull(date);
  if (day === null)
    throw new GaitError('input.invalid', 'A date is not a calendar date', { fix: 'Write it as YYYY-MM-DD' });
  return day;
}

/** True if the text is a calendar date `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return dayNumberOrNull(text) !== null;
}

/** The calendar date `YYYY-MM-DD` of a day number between the years 0000 and 9999. */
export function dateOf(day: DayNumber): string {
  const { year, month, day: dayOfMonth } = civil(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** Days to civil date; source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days. */
function civil(day: DayNumber): { year: number; month: number; day: number } {
  const shifted = day + 719_468;
  const era = floorDiv(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = floorDiv(
    dayOfEra - floorDiv(dayOfEra, 1460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096),
    365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const monthFromMarch = floorDiv(5 * dayOfYear + 2, 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - floorDiv(153 * monthFromMarch + 2, 5) + 1,
  };
}

/** The date `days` later (earlier if negative). @throws GaitError `input.invalid` */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Whole days from `from` to `to`; negative if `to` is earlier. @throws GaitError `input.invalid` */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The date so many working days (Monday to Friday) before a date. @throws GaitError `input.invalid` */
export function workingDaysBefore(date: string, days: number): string {
  let day = dayNumber(date);
  for (let left = days; left > 0; ) {
    day -= 1;
    if (weekdayOf(day) < 5) left -= 1;
  }
  return dateOf(day);
}

/** The number of the week (Monday to Sunday) a day lies in; consecutive weeks have consecutive numbers. */
export function weekOf(day: DayNumber): number {
  return Math.floor((day + 3) / 7);
}

/** The Monday of the week a date lies in. @throws GaitError `input.invalid` */
export function weekStart(date: string): string {
  const day = dayNumber(date);
  return dateOf(day - weekdayOf(day));
}

/** "Tue 12 May"; with the year, "Tue 12 May 2026", if it is not the year of `today`. */
export function spokenDate(day: DayNumber, today: DayNumber): string {
  return `${weekdayNames[weekdayOf(day)] ?? ''} ${spokenShortDate(day, today)}`;
}

/** "12 May"; with the year if it is not the year of `today`. */
export function spokenShortDate(day: DayNumber, today: DayNumber): string {
  const date = civil(day);
  const words = `${date.day} ${monthNames[date.month - 1] ?? ''}`;
  return date.year === civil(today).year ? words : `${words} ${date.year}`;
}

/**
 * A reader of instants in one zone; it is made once and used often, because making it is the slow part.
 * @param zone IANA name, for example `America/Chicago`
 * @returns a function from an ISO 8601 instant (with an offset or Z) to the calendar date there; it throws GaitError
 *   `input.invalid` for a text that is no instant
 * @throws GaitError `input.invalid` if the zone is unknown
 */
export function zoneReader(zone: string): (instant: string) => string {
  const formatter = formatterFor(zone);
  return (instant) => {
    const milliseconds = Date.parse(instant);
    if (Number.isNaN(milliseconds)) throw new GaitError('input.invalid', 'An instant is not an ISO 8601 instant');
    const parts = formatter.formatToParts(milliseconds);
    const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
    return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  };
}

function formatterFor(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  } catch {
    throw new GaitError('input.invalid', 'A time zone is unknown', { fix: 'Use an IANA name such as America/Chicago' });
  }
}

/** The calendar date of one instant in a zone; see `zoneReader`. @throws GaitError `input.invalid` */
export function dateInZone(instant: string, zone: string): string {
  return zoneReader(zone)(instant);
}
