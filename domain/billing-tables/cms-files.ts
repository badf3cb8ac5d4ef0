// CMS's own quarterly files, row by row: NCCI edits, MUEs and the indicators of the relative value file.
import { isDate } from '../calendar.ts';
import type { Cell, ColumnSet, RowRefusal } from './cms-columns.ts';
import { codeCell, ColumnReader, dateCell } from './cms-columns.ts';
import type { FeeScheduleRow } from './fee-schedule.ts';
import type { MueIndicator, MueRow } from './mue.ts';
import type { PtpEdit, PtpIndicator } from './ptp.ts';
import type { TableKind } from './table-file.ts';
import { isMueIndicator } from './table-file.ts';

/** Takes the rows of a file in order, each as its cells, and gives what a good row says to `keep`. */
export interface CmsFileReader {
  take(cells: readonly string[]): void;
  /** Whether the titles have been found. */
  readonly hasTitles: boolean;
  /** The rows behind the titles so far. */
  readonly rowsRead: number;
  /** The columns such a file must have, in words for a message. */
  readonly wanted: string;
}

export interface RowsTo<Row> {
  readonly keep: (row: Row) => void;
  readonly refuse: (refusal: RowRefusal) => void;
}

type PtpColumn = 'column 1' | 'column 2' | 'effective date' | 'deletion date' | 'modifier' | 'rationale';

const ptpColumns: ColumnSet<PtpColumn> = {
  'column 1': { title: /^column ?1$/, needed: true },
  'column 2': { title: /^column ?2$/, needed: true },
  'effective date': { title: /^effective/, needed: false },
  'deletion date': { title: /^deletion/, needed: true },
  modifier: { title: /^modifier/, needed: true },
  rationale: { title: /rationale$/, needed: false },
};

/** NCCI procedure-to-procedure edits (`ccipra-v….TXT`, or its sheet saved as CSV). */
export function ptpFileReader(to: RowsTo<PtpEdit>): CmsFileReader {
  const names = ['column 1', 'column 2', 'effective date', 'deletion date', 'modifier', 'rationale'] as const;
  return fileReader(new ColumnReader<PtpColumn>(ptpColumns, names, 'column 1'), to, (cells, cell) => {
    const column1 = cell('column 1', codeCell(cells['column 1']));
    const column2 = cell('column 2', codeCell(cells['column 2']));
    const from = cell('effective date', dateCell(cells['effective date'], isDate));
    const to = cell('deletion date', dateCell(cells['deletion date'], isDate));
    const indicator = cell('modifier', ptpIndicator(cells.modifier));
    if (column1 === undefined || column2 === undefined || from === undefined) return null;
    if (to === undefined || indicator === undefined) return null;
    // Rows of indicator 9 never were in force; CMS ends them on or before the day they began.
    if (indicator !== '9' && from !== null && to !== null && to < from) {
      cell('deletion date', { reason: 'lies before the effective date' });
      return null;
    }
    return { column1, column2, indicator, from, to, rationale: cells.rationale || null };
  });
}

type MueColumn = 'code' | 'units' | 'indicator' | 'rationale';

const mueColumns: ColumnSet<MueColumn> = {
  code: { title: /^hcpcs ?(\/ ?cpt)?( code)?$/, needed: true },
  units: { title: /mue (values?|units)$/, needed: true },
  indicator: { title: /^(mue adjudication indicator|mai)$/, needed: true },
  rationale: { title: /rationale$/, needed: false },
};

/** Medically unlikely edits of practitioners (`MCR_MUE_PractitionerServices….csv`). */
export function mueFileReader(to: RowsTo<MueRow>): CmsFileReader {
  const names = ['code', 'units', 'indicator', 'rationale'] as const;
  const seen = new Set<string>();
  return fileReader(new ColumnReader<MueColumn>(mueColumns, names, 'code'), to, (cells, cell) => {
    const code = cell('code', once(codeCell(cells.code), '', seen));
    const units = cell('units', wholeNumber(cells.units));
    const indicator = cell('indicator', mueIndicator(cells.indicator));
    if (code === undefined || units === undefined || indicator === undefined) return null;
    return { code, units, indicator, rationale: cells.rationale || null };
  });
}

type FeeColumn = 'code' | 'modifier' | 'status' | 'multiple procedure';

const feeColumns: ColumnSet<FeeColumn> = {
  code: { title: /^(.* )?hcpcs( code)?$/, needed: true },
  modifier: { title: /^(.* )?mod(ifier)?$/, needed: true },
  status: { title: /^(.* )?status( code)?$/, needed: true },
  'multiple procedure': { title: /^(.* )?mult(iple)? proc(edure)?s?$/, needed: true },
};

/** Status and multiple procedure indicator out of the relative value file (`PPRRVU….csv`); nothing else of it is read. */
export function feeFileReader(to: RowsTo<FeeScheduleRow>): CmsFileReader {
  const names = ['code', 'modifier', 'status', 'multiple procedure'] as const;
  const seen = new Set<string>();
  return fileReader(new ColumnReader<FeeColumn>(feeColumns, names, 'code'), to, (cells, cell) => {
    const modifier = cell('modifier', optional(cells.modifier, /^[0-9A-Z]{2}$/, 'is no modifier of two characters'));
    const code = cell('code', once(codeCell(cells.code), modifier ?? '', seen));
    const status = cell('status', letter(cells.status));
    const multiple = optional(cells['multiple procedure'], /^\d$/, 'is no indicator of one figure');
    const multipleProcedure = cell('multiple procedure', multiple);
    if (modifier === undefined || code === undefined || status === undefined) return null;
    return multipleProcedure === undefined ? null : { code, modifier, status, multipleProcedure };
  });
}

export const tableTitles: Readonly<Record<TableKind, string>> = {
  ptp: 'NCCI procedure-to-procedure edits',
  mue: 'medically unlikely edits',
  fees: 'indicators of the physician fee schedule',
};

/** Returns what a cell says; undefined: it is refused and the refusal is noted. */
type CellOf<Name extends string> = <Value>(column: Name, cell: Cell<Value>) => Value | undefined;

function fileReader<Name extends string, Row>(
  columns: ColumnReader<Name>,
  { keep, refuse }: RowsTo<Row>,
  read: (cells: Readonly<Record<Name, string | null>>, cell: CellOf<Name>) => Row | null,
): CmsFileReader {
  let row = -1;
  return {
    take(cells) {
      row++;
      const named = columns.take(cells);
      if (named === null) return;
      const made = read(named, (column, cell) => {
        if ('value' in cell) return cell.value;
        refuse({ row, column, reason: cell.reason });
        return undefined;
      });
      if (made !== null) keep(made);
    },
    get hasTitles() {
      return columns.hasTitles;
    },
    get rowsRead() {
      return columns.rowsRead;
    },
    get wanted() {
      return columns.wanted;
    },
  };
}

function once(code: Cell<string>, modifier: string, seen: Set<string>): Cell<string> {
  if (!('value' in code)) return code;
  const key = `${code.value} ${modifier}`;
  if (seen.has(key)) return { reason: 'stands in an earlier row already' };
  seen.add(key);
  return code;
}

function ptpIndicator(text: string | null): Cell<PtpIndicator> {
  return text === '0' || text === '1' || text === '9' ? { value: text } : { reason: 'is none of 0, 1 and 9' };
}

/** CMS writes `3 Date of Service Edit: Clinical`: the figure in front is the indicator. */
function mueIndicator(text: string | null): Cell<MueIndicator> {
  const figure = text?.split(' ', 1)[0];
  return isMueIndicator(figure) ? { value: figure } : { reason: 'does not begin with 1, 2 or 3' };
}

function wholeNumber(text: string | null): Cell<number> {
  return text !== null && /^\d{1,6}$/.test(text) ? { value: Number(text) } : { reason: 'is no whole number of units' };
}

function letter(text: string | null): Cell<string> {
  return text !== null && /^[A-Z]$/.test(text) ? { value: text } : { reason: 'is no status of one letter' };
}

function optional(text: string | null, pattern: RegExp, reason: string): Cell<string | null> {
  if (text === null || text === '') return { value: null };
  return pattern.test(text) ? { value: text } : { reason };
}
