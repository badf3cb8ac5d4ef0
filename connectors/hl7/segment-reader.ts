// Reads the fields of one segment: what cannot be read is a problem with segment and field, never a guess; `""` is null, as HL7 means it.
import { normalized } from '../csv/labels.ts';
import type { Problem, ProblemReason } from '../csv/problems.ts';
import type { ZoneClock } from '../zone-clock.ts';
import { fieldOf } from './message.ts';
import type { Field, Message, Segment } from './message.ts';
import { instantOfTimestamp, readTimestamp } from './timestamps.ts';
import type { Timestamp } from './timestamps.ts';

type Repetition = Field[number];

/** A component of a repetition (from 1) as a text that says something; null where it is absent, empty or told to be deleted. */
export function part(repetition: Repetition | undefined, component = 1, subcomponent = 1): string | null {
  const text = repetition?.[component - 1]?.[subcomponent - 1]?.trim();
  return text === undefined || text === '' || text === '""' ? null : text;
}

/** Where the message stands in what came, and where its problems go. `line` is added to the lines of the message. */
export interface Place {
  readonly line: number;
  readonly problems: Problem[];
}

export class SegmentReader {
  readonly name: string;
  readonly #message: Message;
  readonly #segment: Segment;
  readonly #place: Place;
  rejected = false;

  constructor(message: Message, segment: Segment, place: Place) {
    this.name = segment.name;
    this.#message = message;
    this.#segment = segment;
    this.#place = place;
  }

  /** Notes that a field is not usable; `essential` leaves out the row that is made of the segment. */
  fail(field: number, reason: ProblemReason, essential: boolean): null {
    const row = this.#place.line + this.#segment.line;
    this.#place.problems.push({ row, column: `${this.name}-${field}`, reason, rejected: essential });
    this.rejected ||= essential;
    return null;
  }

  repetitions(field: number): Field {
    return fieldOf(this.#message, this.#segment, field);
  }

  text(field: number, component = 1, subcomponent = 1): string | null {
    return part(this.repetitions(field)[0], component, subcomponent);
  }

  /** An essential text; an empty one leaves the row out (and reads as ""). */
  needed(field: number, component = 1): string {
    return this.text(field, component) ?? this.fail(field, 'empty', true) ?? '';
  }

  timestamp(field: number, component = 1, essential = false): Timestamp | null {
    const text = this.text(field, component);
    if (text === null) return null;
    return readTimestamp(text) ?? this.fail(field, 'not a date', essential);
  }

  /** A calendar day; a year or a month alone is none. */
  date(field: number, component = 1, essential = false): string | null {
    const stamp = this.timestamp(field, component, essential);
    if (stamp === null) return null;
    return stamp.date ?? this.fail(field, 'not a date', essential);
  }

  number(field: number, component = 1): number | null {
    const text = this.text(field, component);
    if (text === null) return null;
    return /^[+-]?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : this.fail(field, 'not a number', false);
  }
}

/** The value among `values` that equals what a word list found. */
export function oneOf<Value extends string>(values: readonly Value[], found: string | null): Value | null {
  return values.find((value) => value === found) ?? null;
}

/** The id of a payer by one of its names, as the settings and the clinic have them. */
export function payerByName(
  names: readonly (string | null)[],
  lists: readonly Readonly<Record<string, string>>[],
): string | null {
  const wanted = names.flatMap((name) => (name === null ? [] : [normalized(name)]));
  for (const list of lists)
    for (const [name, id] of Object.entries(list)) if (wanted.includes(normalized(name))) return id;
  return null;
}

/** A moment on the clinic's clocks: its day, its wall time (HH:MM), and the instant (ISO UTC) where the offset or the zone is known. */
export interface ClinicMoment {
  readonly date: string;
  readonly time: string | null;
  readonly instant: string | null;
}

/** A sender elsewhere may tell another day than the clinic has: its offset and the clinic's zone decide. Null for less than a day. */
export function clinicMoment(stamp: Timestamp, clock: ZoneClock | undefined): ClinicMoment | null {
  const { date, time, offsetMinutes } = stamp;
  if (date === null) return null;
  const instant = instantOfTimestamp(stamp, clock);
  const shown = instant === null || offsetMinutes === null ? null : (clock?.momentOf(instant) ?? null);
  return { date: shown?.date ?? date, time: shown?.time ?? time, instant };
}
