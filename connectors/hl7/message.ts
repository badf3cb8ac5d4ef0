// A message as segments, fields and parts of fields: cut by its own delimiters, part by part as it is asked for; wrong input is told, never thrown.
import type { Problem } from '../csv/problems.ts';
import { decodedMessage } from './charset.ts';
import type { Charset } from './charset.ts';
import { delimitersOf, unescaped } from './delimiters.ts';
import type { Delimiters } from './delimiters.ts';

/** One line of a message. `line` counts from 1 within the message; `fields[n]` is field n as it stands, still escaped. */
export interface Segment {
  readonly name: string;
  readonly line: number;
  readonly fields: readonly string[];
}

export interface Message {
  readonly delimiters: Delimiters;
  /** The header first. */
  readonly segments: readonly Segment[];
  readonly decode: (bytes: Uint8Array) => string;
}

/** `message` is null where the bytes are none; `problems` name segment and field. */
export interface Parsed {
  readonly message: Message | null;
  readonly problems: readonly Problem[];
}

const endOfSegment = /\r\n|\r|\n/;
/** No visit and no chart has so many; whoever sends more would keep the server busy, not informed. */
const mostSegments = 10_000;

/** The parts of a field: its repetitions, their components, their subcomponents, unescaped. An absent field has no repetition. */
export type Field = readonly (readonly (readonly string[])[])[];

function segmentOf(text: string, line: number, { field }: Delimiters): Segment {
  const parts = text.split(field);
  const [name = ''] = parts;
  // In a header the first separator is itself field 1.
  return { name, line, fields: /^(MSH|BHS|FHS)$/.test(name) ? [name, field, ...parts.slice(1)] : parts };
}

/** The field as it stands. */
export function rawField(segment: Segment, number: number): string {
  return segment.fields[number] ?? '';
}

export function fieldOf(message: Message, segment: Segment, number: number): Field {
  const { delimiters, decode } = message;
  const raw = rawField(segment, number);
  if (raw === '') return [];
  // MSH-1 and MSH-2 are the delimiters themselves.
  if (segment.name === 'MSH' && number < 3) return [[[raw]]];
  return raw
    .split(delimiters.repetition)
    .map((repetition) =>
      repetition
        .split(delimiters.component)
        .map((component) =>
          component.split(delimiters.subcomponent).map((part) => unescaped(part, delimiters, decode)),
        ),
    );
}

function headerField(line: string, field: string, number: number): string | null {
  const text = line.split(field, number)[number - 1]?.trim();
  return text === undefined || text === '' ? null : text;
}

/**
 * One message from its bytes. Lines may end with CR, LF or both. A line that is no segment belongs to the text of the one before
 * it, and is told.
 */
export function parseMessage(bytes: Uint8Array, usual: Charset = 'utf-8'): Parsed {
  const wrong = (column: string | null): Parsed => ({
    message: null,
    problems: [{ row: 1, column, reason: 'not a message', rejected: true }],
  });
  const head = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const [first = ''] = head.split(endOfSegment, 1);
  if (!first.startsWith('MSH')) return wrong(null);
  const delimiters = delimitersOf(first);
  if (delimiters === null) return wrong('MSH-2');
  const declared = headerField(first, delimiters.field, 18)?.split(delimiters.repetition)[0] ?? null;
  const { text, fits, decode } = decodedMessage(Buffer.from(head, 'latin1'), declared, usual);
  const problems: Problem[] = [];
  if (!fits) problems.push({ row: 1, column: 'MSH-18', reason: 'characters not declared', rejected: false });
  const lines: { text: string; line: number }[] = [];
  const isSegment = (line: string): boolean =>
    /^[A-Z][A-Z0-9]{2}/.test(line) && (line.length === 3 || line.charAt(3) === delimiters.field);
  const all = text.split(endOfSegment, mostSegments + 1);
  if (all.length > mostSegments) return wrong(null);
  for (const [index, line] of all.entries()) {
    const last = lines.at(-1);
    if (line.trim() === '') continue;
    if (isSegment(line) || last === undefined) lines.push({ text: line, line: index + 1 });
    else {
      last.text += `\n${line}`;
      problems.push({ row: index + 1, column: null, reason: 'not in the form expected', rejected: false });
    }
  }
  const segments = lines.map((one) => segmentOf(one.text, one.line, delimiters));
  return { message: { delimiters, segments, decode }, problems };
}

/** The first segment of this name. */
export function segmentNamed(message: Message, name: string): Segment | null {
  return message.segments.find((segment) => segment.name === name) ?? null;
}
