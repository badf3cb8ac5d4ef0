// One resource read into rows: what cannot be read is a problem with the entry and the element's path, never a guess.
import { isDate } from '../../domain/calendar.ts';
import type { Element } from '../../domain/fhir/element.ts';
import { normalized } from '../csv/labels.ts';
import type { Problem, ProblemReason } from '../csv/problems.ts';
import type { Gone, RecordKind, RowsByKind } from '../pt-records/rows.ts';
import type { ZoneClock } from '../zone-clock.ts';
import type { FhirSettings } from './settings.ts';

/** What a reader may know besides the resource itself. */
export interface Surroundings {
  readonly settings: FhirSettings;
  readonly clock: ZoneClock;
  /** Payer names as they stand in the clinic's systems, each with Gait's payer id. */
  readonly payers: Readonly<Record<string, string>>;
  readonly follow: (reference: Element | null) => Element | null;
}

/** What one resource told. */
export interface Told<Kind extends RecordKind> {
  readonly rows: readonly RowsByKind[Kind][];
  readonly problems: readonly Problem[];
  readonly gone: readonly Gone[];
}

/** Reads a resource; `row` is the entry of its bundle or the line of its file. It never throws. */
export type Reader<Kind extends RecordKind> = (resource: Element, row: number, around: Surroundings) => Told<Kind>;

const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const mostUnits = 999_999;

/** The words of a concept: its text, or what its first coding with a display says. */
export function wordsOf(concept: Element | null): string | null {
  return (
    concept?.string('text') ??
    concept
      ?.children('coding')
      .find((one) => one.string('display'))
      ?.string('display') ??
    null
  );
}

/** Everything a concept says: its codes, its displays and its text. */
export function termsOf(concept: Element | null): string[] {
  const codings = concept?.children('coding') ?? [];
  const said = [
    ...codings.flatMap((one) => [one.string('code'), one.string('display')]),
    concept?.string('text') ?? null,
  ];
  return said.filter((one) => one !== null);
}

/** What the connection's own words make of a concept; labels are compared as people write them. */
export function ownWord<Value extends string>(
  words: Readonly<Record<string, Value | undefined>>,
  terms: readonly (string | null)[],
): Value | null {
  const known = Object.entries(words).map(([word, value]) => [normalized(word), value] as const);
  for (const term of terms) {
    const found = term === null ? undefined : known.find(([word]) => word === normalized(term))?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** Collects the problems of one resource. */
export class Reading {
  readonly problems: Problem[] = [];
  readonly #row: number;
  readonly #clock: ZoneClock;

  constructor(row: number, clock: ZoneClock) {
    this.#row = row;
    this.#clock = clock;
  }

  get rejected(): boolean {
    return this.problems.some(({ rejected }) => rejected);
  }

  /** Notes that the element cannot be read; `essential`: without it the row says nothing. */
  fail(column: string, reason: ProblemReason, essential = false): null {
    this.problems.push({ row: this.#row, column, reason, rejected: essential });
    return null;
  }

  /** A text; its absence is a problem. */
  needed(element: Element, name: string): string {
    return element.string(name) ?? this.missing(element, name, true) ?? '';
  }

  /** Why a value is not there: the system says that it does not know it, or says nothing. */
  missing(element: Element, name: string, essential = false): null {
    const extensions = element.child(`_${name}`)?.children('extension') ?? [];
    const isSaid = extensions.some((one) => one.string('url') === absent);
    return this.fail(`${element.path}.${name}`, isSaid ? 'said to be absent' : 'empty', essential);
  }

  /**
   * The calendar date of a FHIR `date`, `dateTime` or `instant`, on the clinic's calendar; null where there is none. `1970` and `1970-05`
   * name no day.
   */
  day(element: Element | null, name: string, essential = false): string | null {
    const text = element?.string(name) ?? null;
    if (element === null || text === null) return null;
    const path = `${element.path}.${name}`;
    if (/^\d{4}(-\d{2})?$/.test(text)) return this.fail(path, 'only a part of a date', essential);
    const [date = ''] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text) ?? [];
    if (!isDate(date)) return this.fail(path, 'not a date', essential);
    if (!text.includes('T')) return date;
    return this.#clock.momentOf(text)?.date ?? this.fail(path, 'not a date', essential);
  }

  /** The first day of a period. */
  start(period: Element | null, essential = false): string | null {
    return this.day(period, 'start', essential);
  }

  /** A whole number from 0 up, of a quantity; null where there is none. */
  count(quantity: Element | null): number | null {
    const value = quantity?.number('value') ?? null;
    if (quantity === null || value === null) return null;
    if (Number.isInteger(value) && value >= 0 && value <= mostUnits) return value;
    return this.fail(`${quantity.path}.value`, 'not a whole number');
  }

  told<Kind extends RecordKind>(row: RowsByKind[Kind]): Told<Kind> {
    return { rows: this.rejected ? [] : [row], problems: this.problems, gone: [] };
  }

  nothing<Kind extends RecordKind>(): Told<Kind> {
    return { rows: [], problems: this.problems, gone: [] };
  }
}
