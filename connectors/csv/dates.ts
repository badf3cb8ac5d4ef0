// Dates and times as a clinic's export writes them, to calendar dates and instants.

export interface WallTime {
  readonly date: string | null;
  readonly time: string | null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const tokens: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MMM: '(?<monthName>[A-Za-z]{3})[A-Za-z]*',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  hh: '(?<halfHour>\\d{1,2})',
  mm: '(?<minute>\\d{2})(?::\\d{2})?',
  A: '(?<half>[AaPp])\\.?[Mm]?\\.?',
};

/** The regular expression of a format made of YYYY MMM MM DD HH hh mm A and literal characters. */
function pattern(format: string): RegExp {
  const parts = format.split(/(YYYY|MMM|MM|DD|HH|hh|mm|A)/);
  const source = parts.map(
    (part) => tokens[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s*'),
  );
  return new RegExp(`^${source.join('')}$`);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const longMonths: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

function daysIn(year: number, month: number): number {
  if (month !== 2) return longMonths.has(month) ? 31 : 30;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function dateOf(groups: Readonly<Record<string, string | undefined>>): string | null | undefined {
  if (groups['year'] === undefined) return undefined;
  const year = Number(groups['year']);
  const month = groups['monthName'] ? months.indexOf(groups['monthName'].toLowerCase()) + 1 : Number(groups['month']);
  const day = Number(groups['day']);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `${groups['year']}-${twoDigits(month)}-${twoDigits(day)}`;
}

function timeOf(groups: Readonly<Record<string, string | undefined>>): string | null | undefined {
  if (groups['minute'] === undefined) return undefined;
  const minute = Number(groups['minute']);
  const half = Number(groups['halfHour']);
  if (groups['halfHour'] !== undefined && (half < 1 || half > 12)) return null;
  const afternoon = groups['half']?.toLowerCase() === 'p';
  const hour = groups['halfHour'] === undefined ? Number(groups['hour']) : (half % 12) + (afternoon ? 12 : 0);
  return hour < 24 && minute < 60 ? `${twoDigits(hour)}:${twoDigits(minute)}` : null;
}

/** A format for the bare number that a spreadsheet counts a day by; only days of 1920 to 2099 are taken for one. */
export const serialDay = 'serial';

function serialDate(text: string): WallTime | null {
  if (!/^\d{4,5}$/.test(text)) return null;
  const days = Number(text);
  if (days < 7306 || days > 73_050) return null;
  return { date: new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10), time: null };
}

/** The formats of a profile, made once for its list: every cell asks for them. */
const patterns = new WeakMap<readonly string[], readonly (RegExp | typeof serialDay)[]>();

function patternsOf(formats: readonly string[]): readonly (RegExp | typeof serialDay)[] {
  const known = patterns.get(formats) ?? formats.map((format) => (format === serialDay ? serialDay : pattern(format)));
  patterns.set(formats, known);
  return known;
}

function readBy(text: string, format: RegExp | typeof serialDay): WallTime | null {
  if (format === serialDay) return serialDate(text);
  const groups = format.exec(text)?.groups;
  if (!groups) return null;
  const date = dateOf(groups);
  const time = timeOf(groups);
  return date === null || time === null ? null : { date: date ?? null, time: time ?? null };
}

/** Reads `text` by the first format that fits; `null` when none does or the day does not exist. */
export function readWallTime(text: string, formats: readonly string[]): WallTime | null {
  const trimmed = text.trim();
  for (const format of patternsOf(formats)) {
    const found = readBy(trimmed, format);
    if (found !== null) return found;
  }
  return null;
}

/** Making one takes longer than using it a hundred times: an export has thousands of rows in one zone. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  clocks.set(zone, known);
  return known;
}

function offsetMilliseconds(zone: string, instant: number): number {
  const parts = clockOf(zone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - instant;
}

const dayMilliseconds = 86_400_000;
const mostRemembered = 20_000;

/** By zone and day, counted in UTC: a schedule asks for the same days again and again. */
const offsets = new Map<string, Map<number, number>>();

function offsetAtStartOf(day: number, zone: string): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const offset = known.get(day) ?? offsetMilliseconds(zone, day * dayMilliseconds);
  if (known.size >= mostRemembered) known.clear();
  known.set(day, offset);
  return offset;
}

/**
 * The instant (ISO UTC) at which clocks in `zone` show `date` and `time` (HH:MM). `null` for an hour that daylight saving
 * skips; of an hour that comes twice the first one.
 */
export function zonedInstant(date: string, time: string, zone: string): string | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const today = Math.floor(wall / dayMilliseconds);
  const [before, after] = [offsetAtStartOf(today - 1, zone), offsetAtStartOf(today + 2, zone)];
  // No clock is moved in between.
  if (before === after) return new Date(wall - before).toISOString();
  for (const guess of [wall - before, wall - after]) {
    if (guess + offsetMilliseconds(zone, guess) === wall) return new Date(guess).toISOString();
  }
  return null;
}

/** What clocks in `zone` show at an instant (ISO UTC). */
export function wallTimeIn(instant: string, zone: string): { readonly date: string; readonly time: string } {
  const at = Date.parse(instant);
  const wall = new Date(at + offsetMilliseconds(zone, at)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** A calendar date as a format of YYYY, MMM, MM and DD writes it. */
export function written(date: string | null, format: string | undefined): string | null {
  if (date === null || format === undefined) return date;
  const [year, month, day] = date.split('-');
  const monthName = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
  const parts: Readonly<Record<string, string | undefined>> = { YYYY: year, MMM: monthName, MM: month, DD: day };
  return format.replace(/YYYY|MMM|MM|DD/g, (token) => parts[token] ?? token);
}

/** A time of day (HH:MM) as a format of HH, hh, mm and A writes it. */
export function writtenTime(time: string | null, format: string | undefined): string | null {
  if (time === null || format === undefined) return time;
  const [hour = '00', minute = '00'] = time.split(':');
  const half = Number(hour) % 12;
  const parts: Readonly<Record<string, string>> = {
    HH: hour,
    hh: twoDigits(half === 0 ? 12 : half),
    mm: minute,
    A: Number(hour) < 12 ? 'AM' : 'PM',
  };
  return format.replace(/HH|hh|mm|A/g, (token) => parts[token] ?? token);
}
