// Writes X12: transaction sets in a group in an interchange, counted and numbered, or a list of what cannot be written.
import { GaitError } from '../errors.ts';

/** A component list is a composite element; empty elements and components at the end are left out. */
export type WrittenElement = string | readonly string[] | { readonly repetitions: readonly string[] };

/** A segment: its id, then its elements. */
export type WrittenSegment = readonly [string, ...WrittenElement[]];

/** One transaction set without ST and SE, which the writer adds. */
export interface WrittenSet {
  readonly type: string;
  /** ST03 and GS08. */
  readonly version: string;
  /** ST02: 4 to 9 digits, its own within the group. */
  readonly control: string;
  readonly segments: readonly WrittenSegment[];
}

/** The interchange and its one group. Ids of parties are what the trading partner agreed to; control numbers come from the clinic's counter. */
export interface Envelope {
  readonly sender: { readonly qualifier: string; readonly id: string };
  readonly receiver: { readonly qualifier: string; readonly id: string };
  /** GS02 and GS03. */
  readonly groupSender: string;
  readonly groupReceiver: string;
  /** GS01: HS for 270, HR for 276, HI for 278, HC for 837. */
  readonly groupCode: string;
  /** ISA13: 1 to 999,999,999. */
  readonly interchangeControl: number;
  /** GS06. */
  readonly groupControl: number;
  /** `YYYY-MM-DD` and `HHMM`, the sender's clock. */
  readonly date: string;
  readonly time: string;
  readonly usage: 'production' | 'test';
  /** ISA14: whether a TA1 is asked for. */
  readonly acknowledge: boolean;
}

const element = '*';
const component = ':';
const repetition = '^';
const terminator = '~';
/** No delimiter and no control character may stand in data (X12.5 section 3.3); X12 has no way to escape one. */
const unwritable = /[*:^~\p{Cc}]/u;

/**
 * @returns the interchange, one segment after the other without line breaks
 * @throws GaitError `input.invalid` where a value holds a delimiter or a control character, or a header does not fit its width; names the segment and element
 */
export function writeInterchange(envelope: Envelope, sets: readonly WrittenSet[]): string {
  const { sender, receiver, date, time, interchangeControl, groupControl } = envelope;
  const control = digits(interchangeControl, 9, 'ISA13');
  const version = sets[0]?.version ?? '';
  const header = [
    ['ISA', '00', padded('', 10), '00', padded('', 10)],
    [fitting(sender.qualifier, 2, 'ISA05'), padded(fitting(sender.id, 15, 'ISA06'), 15)],
    [fitting(receiver.qualifier, 2, 'ISA07'), padded(fitting(receiver.id, 15, 'ISA08'), 15)],
    [date.slice(2).replaceAll('-', ''), time, repetition, '00501', control],
    [envelope.acknowledge ? '1' : '0', envelope.usage === 'production' ? 'P' : 'T', component],
  ].flat();
  const group: WrittenSegment = [
    'GS',
    envelope.groupCode,
    envelope.groupSender,
    envelope.groupReceiver,
    date.replaceAll('-', ''),
    time,
    String(groupControl),
    'X',
    version,
  ];
  const lines = [
    header.join(element),
    line(group),
    ...sets.flatMap(linesOf),
    line(['GE', String(sets.length), String(groupControl)]),
    line(['IEA', '1', control]),
  ];
  return lines.map((one) => one + terminator).join('');
}

function linesOf({ type, version, control, segments }: WrittenSet): string[] {
  return [
    line(['ST', type, control, version]),
    ...segments.map(line),
    line(['SE', String(segments.length + 2), control]),
  ];
}

function line([id, ...elements]: WrittenSegment): string {
  const written = elements.map((one, index) => {
    const name = `${id}${String(index + 1).padStart(2, '0')}`;
    if (typeof one === 'string') return writable(one, name);
    if ('repetitions' in one) return one.repetitions.map((part) => writable(part, name)).join(repetition);
    return withoutEnd(one.map((part) => writable(part, name))).join(component);
  });
  return [id, ...withoutEnd(written)].join(element);
}

function withoutEnd(parts: readonly string[]): string[] {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1);
}

function writable(text: string, name: string): string {
  if (unwritable.test(text))
    throw new GaitError('input.invalid', `${name} holds a character that X12 uses to separate.`, {
      where: name,
      fix: 'Leave out * : ^ ~ and line breaks.',
    });
  return text.trim();
}

function fitting(text: string, width: number, name: string): string {
  if (text === '' || text.length > width)
    throw new GaitError('input.invalid', `${name} must have 1 to ${width} characters.`, { where: name });
  return writable(text, name);
}

function padded(text: string, width: number): string {
  return text.padEnd(width, ' ');
}

function digits(number: number, width: number, name: string): string {
  const text = String(number);
  if (!Number.isInteger(number) || number < 1 || text.length > width)
    throw new GaitError('input.invalid', `${name} must be a number of at most ${width} digits.`, { where: name });
  return text.padStart(width, '0');
}
