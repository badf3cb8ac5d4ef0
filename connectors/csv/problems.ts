// What is wrong with a row or a cell of an exported table, or with a segment of a message: where it stands and why, never what it holds.

/** Why a row or a cell was not taken. The value itself is never repeated: it may be PHI. */
export type ProblemReason =
  | 'column missing'
  | 'empty'
  | 'not a date'
  | 'not a time'
  | 'time does not exist on that day'
  | 'not a whole number'
  | 'not a number'
  | 'not an amount'
  | 'unknown word'
  | 'unknown payer'
  | 'not in the form expected'
  | 'held, not booked'
  | 'quotes do not match'
  | 'row too long'
  | 'row cut off'
  | 'conflicts with an earlier row'
  | 'not a table'
  | 'not a workbook'
  | 'workbook is encrypted or of the old form'
  | 'workbook too large'
  | 'no sheet of that name'
  | 'further problems are not listed'
  | 'not a message'
  | 'characters not declared'
  | 'segment missing'
  | 'count does not match'
  | 'unknown event'
  | 'other sender'
  | 'not for production'
  | 'unknown version'
  | 'not final'
  | 'withdrawn'
  | 'only a part of a date'
  | 'said to be absent'
  | 'reference not found'
  | 'older than another'
  | 'refused by its system';

/**
 * `row` counts as a spreadsheet does (the first line is 1; 0: the whole file); of a FHIR bundle it is the entry, of NDJSON the line,
 * of a message its segment. `column` is the field's label in the profile; of a FHIR resource the element's path.
 */
export interface Problem {
  readonly row: number;
  readonly column: string | null;
  readonly reason: ProblemReason;
  /** True: the row was left out. False: only this cell was, and reads as unknown. */
  readonly rejected: boolean;
  /** How many it stands for; one when absent. */
  readonly count?: number;
}

/** A file that is no report of its kind could fill the memory with what is wrong in it. */
const mostListed = 10_000;

/** Problems in their order; those beyond the first ten thousand are counted in one. */
export class ProblemList {
  readonly #listed: Problem[] = [];
  #further: (Problem & { count: number }) | null = null;

  add(problem: Problem): void {
    if (this.#listed.length < mostListed) {
      this.#listed.push(problem);
      return;
    }
    const { row, rejected } = problem;
    const before = this.#further;
    this.#further = {
      row: before?.row ?? row,
      column: null,
      reason: 'further problems are not listed',
      rejected: rejected || before?.rejected === true,
      count: (before?.count ?? 0) + 1,
    };
  }

  get all(): readonly Problem[] {
    return this.#further === null ? this.#listed : [...this.#listed, this.#further];
  }
}
