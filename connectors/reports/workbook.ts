// A sheet of an Excel workbook (.xlsx) as records of text, as its cells show: numbers, days and times, yes and no, and what formulas came to.
import { InvalidInputError, readSheet, SheetNotFoundError } from 'read-excel-file/node';
import { serialDay } from '../csv/dates.ts';
import type { ProblemReason } from '../csv/problems.ts';
import type { Profile } from './profile.ts';
import { unpackedWorkbook } from './workbook-zip.ts';

export type Sheet =
  | { readonly records: Iterable<readonly string[]> }
  | {
      readonly reason: Extract<
        ProblemReason,
        'not a workbook' | 'workbook is encrypted or of the old form' | 'workbook too large' | 'no sheet of that name'
      >;
    };

/** How workbooks begin: a ZIP archive, or what one is wrapped in that is encrypted or old. */
const beginnings = [Buffer.from('504b0304', 'hex'), Buffer.from('d0cf11e0a1b11ae1', 'hex')];

/** @param bytes the first eight at least */
export function isWorkbook(bytes: Uint8Array): boolean {
  return beginnings.some((beginning) => beginning.equals(bytes.subarray(0, beginning.length)));
}

/** How days and times stand in the records of a sheet, and the number that a day is where its cell has no format of a day. */
export function sheetFormats({
  dateFormats,
  timeFormats,
}: Pick<Profile, 'dateFormats' | 'timeFormats'>): Pick<Profile, 'dateFormats' | 'timeFormats'> {
  return {
    dateFormats: ['YYYY-MM-DD', 'YYYY-MM-DD HH:mm', ...dateFormats, serialDay],
    timeFormats: ['HH:mm', 'YYYY-MM-DD HH:mm', ...timeFormats],
  };
}

/** Whole numbers as they stand in the file, so that no long number loses its last digits; others without what binary fractions add. */
function numberText(text: string): string {
  return /^-?\d+$/.test(text) ? text : String(Number(Number(text).toPrecision(15)));
}

const minute = 60_000;

/** A time of day is a moment of the day zero, a day is a midnight. */
function dayText(at: Date): string {
  const [date = '', time = ''] = new Date(Math.round(at.getTime() / minute) * minute).toISOString().split('T');
  const clock = time.slice(0, 5);
  if (date < '1900-01-02') return clock;
  return clock === '00:00' ? date : `${date} ${clock}`;
}

function cellText(cell: unknown, { yes, no }: Pick<Profile['words'], 'yes' | 'no'>): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : dayText(cell);
  if (typeof cell === 'boolean') return cell ? (yes[0] ?? 'TRUE') : (no[0] ?? 'FALSE');
  return typeof cell === 'string' ? cell : '';
}

function* recordsOf(
  rows: readonly (readonly unknown[])[],
  words: Pick<Profile['words'], 'yes' | 'no'>,
): Generator<readonly string[]> {
  for (const row of rows) yield row.map((cell) => cellText(cell, words));
}

/** @param name the sheet; null: the first one */
export async function sheetRecords(
  bytes: Uint8Array,
  name: string | null,
  words: Pick<Profile['words'], 'yes' | 'no'>,
): Promise<Sheet> {
  const unpacked = unpackedWorkbook(bytes);
  if (typeof unpacked === 'string') return { reason: unpacked };
  try {
    // Empty rows are kept, and of merged cells the first holds the text: a row is counted as the spreadsheet counts it.
    const rows = await readSheet(unpacked, name ?? 1, { parseNumber: numberText });
    return { records: recordsOf(rows, words) };
  } catch (error) {
    if (error instanceof SheetNotFoundError) return { reason: 'no sheet of that name' };
    if (error instanceof InvalidInputError || error instanceof Error) return { reason: 'not a workbook' };
    throw error;
  }
}
