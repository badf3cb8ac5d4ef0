// One record of a report, read cell by cell: a cell that cannot be read is a problem with its row and column, never a guess.
import { centsOf } from '../../domain/x12/money.ts';
import { withoutMark } from '../../domain/csv/cell-text.ts';
import { ZoneClock } from '../zone-clock.ts';
import type { Moment } from '../zone-clock.ts';
import { readWallTime } from './dates.ts';
import type { WallTime } from './dates.ts';
import { normalized } from './labels.ts';
import type { Problem, ProblemReason } from './problems.ts';

/** Column label as the profile names it, and where it stands in the record. */
export type Columns = ReadonlyMap<string, { readonly label: string; readonly index: number }>;

/** How a clinic writes what stands in the cells of its exports. */
export interface Writing {
  readonly dateFormats: readonly string[];
  readonly timeFormats: readonly string[];
  readonly words: { readonly yes: readonly string[]; readonly no: readonly string[] };
}

type Words = Readonly<Record<string, readonly string[] | undefined>>;

/** So many different texts of a table are remembered at a time: its days and words come again and again. */
const mostRemembered = 20_000;

/** What is the same for all rows of a table. It remembers texts of the table, and so lives no longer than its reading. */
export class TableWriting {
  readonly writing: Writing;
  readonly yesNo: Words;
  readonly #dates = new Map<string, WallTime | null>();
  readonly #times = new Map<string, WallTime | null>();
  readonly #instants = new Map<string, string | null>();
  readonly #clocks = new Map<string, ZoneClock>();
  readonly #lookups = new Map<Words, ReadonlyMap<string, string>>();

  constructor(writing: Writing) {
    this.writing = writing;
    this.yesNo = { yes: writing.words.yes, no: writing.words.no };
  }

  date(text: string): WallTime | null {
    return remembered(this.#dates, text, () => readWallTime(text, this.writing.dateFormats));
  }

  time(text: string): WallTime | null {
    return remembered(this.#times, text, () => readWallTime(text, this.writing.timeFormats));
  }

  clock(zone: string): ZoneClock {
    return remembered(this.#clocks, zone, () => new ZoneClock(zone));
  }

  instant(date: string, time: string, zone: string): string | null {
    return remembered(this.#instants, `${date}T${time} ${zone}`, () => this.clock(zone).instantAt(date, time));
  }

  /** The value whose list holds the word. */
  valueOf(words: Words, text: string): string | undefined {
    const lookup = remembered(this.#lookups, words, () => lookupOf(words));
    return lookup.get(normalized(text));
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  if (known.size >= mostRemembered) known.clear();
  known.set(key, made);
  return made;
}

function lookupOf(words: Words): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const [value, list] of Object.entries(words))
    for (const word of list ?? []) if (!made.has(normalized(word))) made.set(normalized(word), value);
  return made;
}

/** A record whose essential cells can be read is kept; `problems` gathers what was wrong on the way. */
export class Cells {
  readonly problems: Problem[] = [];
  readonly #record: readonly string[];
  readonly #columns: Columns;
  readonly #table: TableWriting;
  readonly #row: number;

  constructor(record: readonly string[], columns: Columns, table: TableWriting, row: number) {
    this.#record = record;
    this.#columns = columns;
    this.#table = table;
    this.#row = row;
  }

  get rejected(): boolean {
    return this.problems.length > 0 && this.problems.some((problem) => problem.rejected);
  }

  /** Notes that `field` of this row is not usable; `essential` leaves the whole row out. */
  fail(field: string, reason: ProblemReason, essential: boolean): null {
    const column = this.#columns.get(field)?.label ?? field;
    this.problems.push({ row: this.#row, column, reason, rejected: essential });
    return null;
  }

  /** Whether the table has a column for it. */
  has(field: string): boolean {
    return this.#columns.has(field);
  }

  text(field: string): string | null {
    const column = this.#columns.get(field);
    const cell = column === undefined ? undefined : this.#record[column.index];
    if (cell === undefined || cell === '') return null;
    const text = (cell.startsWith("'") ? withoutMark(cell) : cell).trim();
    return text === '' ? null : text;
  }

  /** An essential text; an empty one leaves the row out (and reads as ""). */
  needed(field: string): string {
    return this.text(field) ?? this.fail(field, 'empty', true) ?? '';
  }

  date(field: string, essential = false): string | null {
    const text = this.text(field);
    if (text === null) return null;
    const found = this.#table.date(text) ?? this.fail(field, 'not a date', essential);
    return found?.date ?? null;
  }

  /** A wall-clock time, from its own column or from the tail of the date's. */
  time(field: string, dateField: string): string | null {
    const text = this.text(field);
    if (text === null) return this.#table.date(this.text(dateField) ?? '')?.time ?? null;
    const found = this.#table.time(text) ?? this.fail(field, 'not a time', true);
    return found?.time ?? null;
  }

  /** The instant (ISO UTC) at which clocks in the zone show it; a schedule asks for the same ones again and again. */
  instant(date: string, time: string, zone: string): string | null {
    return this.#table.instant(date, time, zone);
  }

  /** What clocks in the zone show at an instant (ISO UTC). */
  shownAt(instant: string, zone: string): Moment | null {
    return this.#table.clock(zone).momentOf(instant);
  }

  /** An essential instant told with its offset, on the clocks of the zone. */
  moment(field: string, zone: string, reason: ProblemReason): Moment | null {
    const text = this.text(field);
    if (text === null) return this.fail(field, 'empty', true);
    return this.#table.clock(zone).momentOf(text) ?? this.fail(field, reason, true);
  }

  /** A whole number from 0 up; thousands separators and a ".0" are taken off. */
  count(field: string, essential = false): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const digits = /^(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.0+)?$/.exec(text)?.[1];
    return digits === undefined
      ? this.fail(field, 'not a whole number', essential)
      : Number(digits.replaceAll(',', ''));
  }

  /** A count in a place where 0 says nothing ("at most 0 visits a week"): then it is unknown. */
  positive(field: string): number | null {
    const count = this.count(field);
    return count === 0 ? null : count;
  }

  /** A number with its sign and its decimals; a percent sign is taken off. */
  number(field: string, essential = false): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const digits = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?)\s*%?$/.exec(text)?.[1];
    return digits === undefined ? this.fail(field, 'not a number', essential) : Number(digits.replaceAll(',', ''));
  }

  /** An amount of money in cents: `$1,234.50`, `-12.5`, `(12.50)`; a part of a cent is none. */
  cents(field: string, essential = false): number | null {
    const text = this.text(field);
    if (text === null) return null;
    const [, minus, open, digits = '', close] = /^(-?)(\(?)\s*\$?\s*([\d,]*\.?\d*)\s*(\)?)$/.exec(text) ?? [];
    const isGrouped = /^(\d{1,3}(,\d{3})*|\d*)(\.\d*)?$/.test(digits);
    const cents = isGrouped && (open === '(') === (close === ')') ? centsOf(digits.replaceAll(',', '')) : null;
    if (cents === null) return this.fail(field, 'not an amount', essential);
    return (minus === '-' || open === '(') && cents !== 0 ? -cents : cents;
  }

  /** The value whose words hold the cell; `null` for an empty cell. */
  word<Value extends string>(
    field: string,
    values: readonly Value[],
    words: Readonly<Record<string, readonly string[] | undefined>>,
    essential = false,
  ): Value | null {
    const text = this.text(field);
    if (text === null) return null;
    const found = this.#table.valueOf(words, text);
    const value = values.find((candidate) => candidate === found);
    return value ?? this.fail(field, 'unknown word', essential);
  }

  yesNo(field: string): boolean | null {
    const value = this.word(field, ['yes', 'no'], this.#table.yesNo);
    return value === null ? null : value === 'yes';
  }

  /** Of values that each have one name, the one that is named; names are compared as words are. */
  named(field: string, names: Words): string | null {
    const text = this.text(field);
    return text === null ? null : (this.#table.valueOf(names, text) ?? null);
  }

  /** The parts of a cell that lists things, separated by semicolons or pipes. */
  list(field: string): string[] {
    const parts = this.text(field)?.split(/[;|]/) ?? [];
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }
}
