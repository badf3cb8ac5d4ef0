// One record of a report, read cell by cell: a cell that cannot be read is a problem with its row and column, never a guess.
import { centsOf } from '../../domain/x12/money.ts';
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

/** A record whose essential cells can be read is kept; `problems` gathers what was wrong on the way. */
export class Cells {
  readonly problems: Problem[] = [];
  readonly #record: readonly string[];
  readonly #columns: Columns;
  readonly #writing: Writing;
  readonly #row: number;

  constructor(record: readonly string[], columns: Columns, writing: Writing, row: number) {
    this.#record = record;
    this.#columns = columns;
    this.#writing = writing;
    this.#row = row;
  }

  get rejected(): boolean {
    return this.problems.some((problem) => problem.rejected);
  }

  /** Notes that `field` of this row is not usable; `essential` leaves the whole row out. */
  fail(field: string, reason: ProblemReason, essential: boolean): null {
    const column = this.#columns.get(field)?.label ?? field;
    this.problems.push({ row: this.#row, column, reason, rejected: essential });
    return null;
  }

  text(field: string): string | null {
    const column = this.#columns.get(field);
    const cell = column === undefined ? undefined : this.#record[column.index];
    const text = cell?.replace(/^'(?=[\d+=@-])/, '').trim();
    return text === undefined || text === '' ? null : text;
  }

  /** An essential text; an empty one leaves the row out (and reads as ""). */
  needed(field: string): string {
    return this.text(field) ?? this.fail(field, 'empty', true) ?? '';
  }

  #wallTime(field: string, formats: readonly string[], reason: ProblemReason, essential: boolean): WallTime | null {
    const text = this.text(field);
    if (text === null) return null;
    return readWallTime(text, formats) ?? this.fail(field, reason, essential);
  }

  date(field: string, essential = false): string | null {
    return this.#wallTime(field, this.#writing.dateFormats, 'not a date', essential)?.date ?? null;
  }

  /** A wall-clock time, from its own column or from the tail of the date's. */
  time(field: string, dateField: string): string | null {
    if (this.text(field) !== null)
      return this.#wallTime(field, this.#writing.timeFormats, 'not a time', true)?.time ?? null;
    return readWallTime(this.text(dateField) ?? '', this.#writing.dateFormats)?.time ?? null;
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
    const wanted = normalized(text);
    const value = values.find((candidate) => words[candidate]?.some((word) => normalized(word) === wanted));
    return value ?? this.fail(field, 'unknown word', essential);
  }

  yesNo(field: string): boolean | null {
    const { yes, no } = this.#writing.words;
    const value = this.word(field, ['yes', 'no'], { yes, no });
    return value === null ? null : value === 'yes';
  }

  /** The parts of a cell that lists things, separated by semicolons or pipes. */
  list(field: string): string[] {
    const parts = this.text(field)?.split(/[;|]/) ?? [];
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }
}
