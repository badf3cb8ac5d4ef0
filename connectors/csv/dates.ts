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
