// Writes a message from its values: everything that could be taken for a delimiter is escaped, so that what is read is what was written.
import type { Charset } from './charset.ts';
import { encodingCharacters, escaped, usualDelimiters } from './delimiters.ts';
import type { Delimiters } from './delimiters.ts';

/** A component: its text, or its subcomponents. `null` and `undefined` are absent. */
export type ComponentValue = string | number | null | undefined | readonly (string | null)[];

/** A field: one text, the components of one value, or (`repeated`) several values. */
export type FieldValue =
  | string
  | number
  | null
  | undefined
  | readonly ComponentValue[]
  | { readonly repeated: readonly (readonly ComponentValue[])[] };

/** Field numbers to their values; those between them stay empty. MSH-1 and MSH-2 write themselves. */
export interface SegmentValue {
  readonly name: string;
  readonly fields: Readonly<Record<number, FieldValue>>;
}

function trimmedEnd(parts: readonly string[], separator: string): string {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1).join(separator);
}

function component(value: ComponentValue, delimiters: Delimiters): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value), delimiters);
  return trimmedEnd(
    value.map((part) => (part === null ? '' : escaped(part, delimiters))),
    delimiters.subcomponent,
  );
}

function isList(value: FieldValue): value is readonly ComponentValue[] {
  return Array.isArray(value);
}

function field(value: FieldValue, delimiters: Delimiters): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value), delimiters);
  const repetitions = isList(value) ? [value] : value.repeated;
  return trimmedEnd(
    repetitions.map((one) =>
      trimmedEnd(
        one.map((part) => component(part, delimiters)),
        delimiters.component,
      ),
    ),
    delimiters.repetition,
  );
}

function segment({ name, fields }: SegmentValue, delimiters: Delimiters): string {
  const highest = Math.max(0, ...Object.keys(fields).map(Number));
  const isHeader = name === 'MSH';
  const written = Array.from({ length: highest }, (_, index) =>
    isHeader && index < 2 ? '' : field(fields[index + 1], delimiters),
  );
  if (!isHeader) return trimmedEnd([name, ...written], delimiters.field);
  return trimmedEnd([name, encodingCharacters(delimiters), ...written.slice(2)], delimiters.field);
}

/** The text of a message: every segment ends with CR. */
export function buildMessage(segments: readonly SegmentValue[], delimiters: Delimiters = usualDelimiters): string {
  return segments.map((one) => `${segment(one, delimiters)}\r`).join('');
}

const sets: Readonly<Record<Charset, string>> = { 'utf-8': 'UNICODE UTF-8', 'windows-1252': '8859/1' };

/** What MSH-18 says of a message in this character set. */
export function declaredCharset(charset: Charset): string {
  return sets[charset];
}
