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
  return String(value).padStart(2, '0');
}

function dateOf(groups: Readonly<Record<string, string | undefined>>): string | null | undefined {
  if (groups['year'] === undefined) return undefined;
  const month = groups['monthName'] ? months.indexOf(groups['monthName'].toLowerCase()) + 1 : Number(groups['month']);
  const date = `${groups['year']}-${twoDigits(month)}-${twoDigits(Number(groups['day']))}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
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

/** Reads `text` by the first format that fits; `null` when none does or the day does not exist. */
export function readWallTime(text: string, formats: readonly string[]): WallTime | null {
  for (const format of formats) {
    const groups = pattern(format).exec(text.trim())?.groups;
    if (!groups) continue;
    const date = dateOf(groups);
    const time = timeOf(groups);
    if (date !== null && time !== null) return { date: date ?? null, time: time ?? null };
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

/** What clocks in `zone` show at an instant (ISO UTC): the date and the time (HH:MM). */
export function wallTimeIn(zone: string, instant: string): { readonly date: string; readonly time: string } {
  const at = Date.parse(instant);
  const wall = new Date(at + offsetMilliseconds(zone, Math.floor(at / 1000) * 1000)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/**
 * The instant (ISO UTC) at which clocks in `zone` show `date` and `time` (HH:MM). `null` for an hour that daylight saving
 * skips; of an hour that comes twice the first one.
 */
export function zonedInstant(date: string, time: string, zone: string): string | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const day = 86_400_000;
  for (const guess of [wall - offsetMilliseconds(zone, wall - day), wall - offsetMilliseconds(zone, wall + day)]) {
    if (guess + offsetMilliseconds(zone, guess) === wall) return new Date(guess).toISOString();
  }
  return null;
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
