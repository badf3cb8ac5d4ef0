// Hours of the week as people write them: "Mon-Fri 8:00-12:00, 13:00-17:00; Sat 9:00-12:00".
import { minuteOf } from '../domain/schedule/clock.ts';
import type { WeeklyWindow } from '../domain/schedule/clock.ts';

export const weekdayWords = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Null where the text cannot be read; an empty text is no hours at all. */
export function hoursIn(text: string): WeeklyWindow[] | null {
  const windows: WeeklyWindow[] = [];
  for (const part of text.split(';').map((one) => one.trim())) {
    if (part === '') continue;
    const [, days = '', times = ''] = /^([A-Za-z ,–-]+?)\s+(\d.*)$/.exec(part) ?? [];
    const weekdays = weekdaysIn(days);
    const spans = times.split(',').map(spanIn);
    if (weekdays === null || weekdays.length === 0) return null;
    for (const span of spans) {
      if (span === null) return null;
      windows.push(...weekdays.map((weekday) => ({ weekday, ...span })));
    }
  }
  return windows.sort((one, other) => one.weekday - other.weekday || (one.from < other.from ? -1 : 1));
}

function weekdaysIn(text: string): number[] | null {
  const found: number[] = [];
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.split(/[-–]/).map((one) => weekdayOf(one.trim()));
    if (from === undefined || to === undefined || from < 0 || to < from || more.length > 0) return null;
    for (let day = from; day <= to; day += 1) found.push(day);
  }
  return found;
}

const weekdayOf = (word: string): number =>
  word.length < 3 ? -1 : weekdayWords.findIndex((one) => word.toLowerCase().startsWith(one.toLowerCase()));

function spanIn(text: string): { from: string; to: string } | null {
  const [, from = '', to = ''] = /^\s*(\d{1,2}:[0-5]\d)\s*[-–]\s*(\d{1,2}:[0-5]\d)\s*$/.exec(text) ?? [];
  const span = { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
  if (from === '' || span.to > '24:00' || minuteOf(span.from) >= minuteOf(span.to)) return null;
  return span;
}

/** The same as text; days with the same hours stand together. */
export function hoursInWords(windows: readonly WeeklyWindow[]): string {
  const byDay = weekdayWords.map((_, day) =>
    windows
      .filter(({ weekday }) => weekday === day)
      .map(({ from, to }) => `${from}-${to}`)
      .join(', '),
  );
  const parts: string[] = [];
  for (let day = 0; day < 7; day += 1) {
    const hours = byDay[day] ?? '';
    if (hours === '') continue;
    let last = day;
    while (byDay[last + 1] === hours) last += 1;
    const days = last === day ? weekdayWords[day] : `${weekdayWords[day] ?? ''}-${weekdayWords[last] ?? ''}`;
    parts.push(`${days ?? ''} ${hours}`);
    day = last;
  }
  return parts.join('; ');
}
