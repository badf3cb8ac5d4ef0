// Dates and times in words, always in the clinic's zone: what a front desk reads, never an ISO string.

const DAY_MS = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`; NaN when it is no date. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** The calendar date `YYYY-MM-DD` of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The calendar date that an instant has in a time zone. */
export function dateInZone(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** "Tue 12 May", with the year when it is not the year of `today`. */
export function dayInWords(date: string | null | undefined, today: string): string {
  if (!date) return 'unknown';
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const words = `${weekdays[at.getUTCDay()] ?? ''} ${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''}`;
  return date.slice(0, 4) === today.slice(0, 4) ? words : `${words} ${date.slice(0, 4)}`;
}

/** A text in which every `YYYY-MM-DD` is said in words. */
export function datesInWords(text: string, today: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b(?!T)/g, (date) => dayInWords(date, today));
}

/** A text of a record as a person reads it: instants in words, other days as 05/12/2026. */
export function recordInWords(text: string, now: Date, zone: string): string {
  return text
    .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (instant) => instantInWords(instant, now, zone))
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b(?!T)/g, '$2/$3/$1');
}

/** "10:14 AM" in the zone, on one line wherever it stands. */
export function clockInWords(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
    .format(instant)
    .replace(/\s/, '\u00a0');
}

/** "today 10:14 AM", "yesterday 4:00 PM", "Tue 12 May 10:14 AM". */
export function instantInWords(iso: string | null | undefined, now: Date, zone: string): string {
  if (!iso) return 'unknown';
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  const today = dateInZone(now, zone);
  const date = dateInZone(at, zone);
  const apart = dayNumber(date) - dayNumber(today);
  const near = apart === 0 ? 'today' : apart === 1 ? 'tomorrow' : apart === -1 ? 'yesterday' : null;
  return `${near ?? dayInWords(date, today)} ${clockInWords(at, zone)}`;
}

/** Where a due time stands: `overdue` once it is past, `today` while it is due on the clinic's present date. */
export interface Due {
  readonly state: 'overdue' | 'today' | 'later' | 'none';
  readonly words: string;
}

/** A due time in words: "overdue since yesterday 4:00 PM", "due today 4:00 PM", "due tomorrow 9:00 AM". */
export function dueInWords(dueAt: string | null, now: Date, zone: string): Due {
  if (dueAt === null || Number.isNaN(Date.parse(dueAt))) return { state: 'none', words: 'no due time' };
  const words = instantInWords(dueAt, now, zone);
  if (Date.parse(dueAt) < now.getTime()) return { state: 'overdue', words: `overdue since ${words}` };
  const today = dateInZone(new Date(dueAt), zone) === dateInZone(now, zone);
  return { state: today ? 'today' : 'later', words: `due ${words}` };
}

/** How far a calendar date is from today: "today", "in 4 days", "3 days ago". */
export function distanceInWords(date: string, today: string): string {
  const days = dayNumber(date) - dayNumber(today);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
