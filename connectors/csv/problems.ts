// What is wrong with a row or a cell of an exported table: where it stands and why, never what it holds.

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
  | 'row cut off'
  | 'conflicts with an earlier row'
  | 'not a table';

/** `row` counts as a spreadsheet does (the first line is 1; 0: the whole file); `column` is the field's label in the profile. */
export interface Problem {
  readonly row: number;
  readonly column: string | null;
  readonly reason: ProblemReason;
  /** True: the row was left out. False: only this cell was, and reads as unknown. */
  readonly rejected: boolean;
}
