// Segments as a PT system writes them: values with the delimiters in them escaped, times on its own clock.
import { instantOf } from '../../domain/zoned-time.ts';
import type { Hl7Dialect } from './dialects.ts';

const escapes: Readonly<Record<string, string>> = { '\\': 'E', '|': 'F', '^': 'S', '&': 'T', '~': 'R' };

/** A value as it may stand in a message; `null` is nothing. */
export function value(text: string | null): string {
  return (text ?? '').replace(/[\\|^&~]/g, (one) => `\\${escapes[one] ?? ''}\\`);
}

/** Components of a field. */
export function components(...texts: readonly (string | null)[]): string {
  return texts.map(value).join('^').replace(/\^+$/, '');
}

/** A segment from its fields by number; they are written as they are given. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const highest = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: highest }, (_, index) => fields[index + 1] ?? '')].join('|');
}

const digits = (text: string): string => text.replace(/\D/g, '');

/** `date` (YYYY-MM-DD) as the dialect writes a day. */
export function day(date: string | null, dialect: Hl7Dialect): string {
  if (date === null) return '';
  return `${digits(date)}${dialect.datesWithTime ? '000000' : ''}`;
}

/** By zone and day: a clinic sees nobody in the hour in which the clocks change. */
const offsets = new Map<string, number>();

/** Minutes that the clocks of `zone` are ahead of UTC. */
function offsetMinutes(date: string, time: string, zone: string): number {
  const key = `${zone} ${date}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const instant = instantOf(`${date}T${time}`, zone);
  if (instant === null) throw new Error('The clinic has a visit at no time.');
  const minutes = (Date.parse(`${date}T${time}:00Z`) - Date.parse(instant)) / 60_000;
  offsets.set(key, minutes);
  return minutes;
}

/** A wall time of the clinic as the dialect writes a moment. */
export function moment(date: string, time: string, dialect: Hl7Dialect, zone: string): string {
  const wall = `${digits(date)}${digits(time)}`;
  if (dialect.clock === 'local') return `${wall}00`;
  const minutes = offsetMinutes(date, time, zone);
  if (dialect.clock === 'utc') {
    const instant = new Date(Date.parse(`${date}T${time}:00Z`) - minutes * 60_000).toISOString();
    return `${digits(instant.slice(0, 19))}+0000`;
  }
  const size = Math.abs(minutes);
  const offset = `${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`;
  return `${wall}${minutes < 0 ? '-' : '+'}${offset}`;
}
