// Reads CMS's quarterly files, as tab or comma separated text, into one table file.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { CmsFileReader, RowsTo } from '../../domain/billing-tables/cms-files.ts';
import { feeFileReader, mueFileReader, ptpFileReader, tableTitles } from '../../domain/billing-tables/cms-files.ts';
import type { RowRefusal } from '../../domain/billing-tables/cms-columns.ts';
import { DelimitedText } from '../../domain/billing-tables/delimited-text.ts';
import { ptpLine } from '../../domain/billing-tables/ptp.ts';
import type { TableKind } from '../../domain/billing-tables/table-file.ts';
import { feeLine, mueLine } from '../../domain/billing-tables/table-file.ts';
import { GaitError } from '../../domain/errors.ts';
import type { TableFile } from './table-files.ts';
import { writeTableFile } from './table-files.ts';

/** What to load, and as what. Dates are `YYYY-MM-DD`. */
export interface TableLoad {
  readonly kind: TableKind;
  /** CMS publishes the edits in several files: together they are one edition. */
  readonly files: readonly string[];
  readonly version: string;
  readonly effective: string;
  readonly reviewBy: string;
  /** Whether the files are an extract: a pair or code that is missing then says something of the codes in it only. */
  readonly part: boolean;
  readonly today: string;
  readonly folder: string;
}

export interface LoadedTable extends TableFile {
  readonly rowsRead: number;
  readonly rowsKept: number;
  /** The first reasons why rows were not kept. */
  readonly refused: readonly (RowRefusal & { readonly file: string })[];
  /** How many reasons there were beyond those. */
  readonly untold: number;
}

const sources: Readonly<Record<TableKind, string>> = {
  ptp: 'CMS NCCI PTP practitioner',
  mue: 'CMS NCCI MUE practitioner',
  fees: 'CMS physician fee schedule relative value file',
};
const notice = "CPT codes are the AMA's; loaded under the clinic's own licence.";
/** Reasons that rows may name by two figures; CMS has seven for the edits and about twenty for MUEs. */
const mostRationales = 100;
/** So many refusals are told one by one. */
const mostTold = 100;

/**
 * Reads the files, tells every row that cannot be used and writes the table of the others.
 * @throws GaitError `file.unreadable` for a file that is none of its kind, or in which no row can be used
 */
export async function loadTable(load: TableLoad): Promise<LoadedTable> {
  const rationales: string[] = [];
  const lines: string[] = [];
  const refused: (RowRefusal & { readonly file: string })[] = [];
  let rowsRead = 0;
  let untold = 0;
  for (const file of load.files) {
    const reader = readerOf(load.kind, lines, rationales, (refusal) => {
      if (refused.length < mostTold) refused.push({ file, ...refusal });
      else untold++;
    });
    await pour(file, reader);
    if (!reader.hasTitles)
      throw new GaitError(
        'file.unreadable',
        `The file ${file} does not have the columns of ${tableTitles[load.kind]}.`,
        {
          fix: `It needs: ${reader.wanted}. Take CMS's own file, or its sheet saved as CSV.`,
        },
      );
    rowsRead += reader.rowsRead;
  }
  if (lines.length === 0) {
    const [first] = refused;
    const why =
      first === undefined ? '' : ` The first, row ${first.row + 1}: ${first.column ?? 'the row'} ${first.reason}.`;
    throw new GaitError('file.unreadable', `No row can be used; no table is written.${why}`);
  }
  lines.sort();
  const { kind, version, effective, reviewBy, part, today, folder } = load;
  const about = { kind, version, effective, reviewBy, source: sources[kind], url: null, retrieved: today, notice };
  const written = await writeTableFile(
    folder,
    { ...about, covers: part ? codesOf(kind, lines) : null, rationales },
    lines,
  );
  return { ...written, rowsRead, rowsKept: lines.length, refused, untold };
}

/** The codes that rows begin with; of an edit both. */
function codesOf(kind: TableKind, lines: readonly string[]): string[] {
  return [...new Set(lines.flatMap((line) => line.split(' ', kind === 'ptp' ? 2 : 1)))].sort();
}

function readerOf(
  kind: TableKind,
  lines: string[],
  rationales: string[],
  refuse: (refusal: RowRefusal) => void,
): CmsFileReader {
  const known = new Map(rationales.map((text, at) => [text, at]));
  const place = (text: string | null): number | null => {
    if (text === null) return null;
    const at = known.get(text);
    if (at !== undefined || rationales.length === mostRationales) return at ?? null;
    known.set(text, rationales.push(text) - 1);
    return rationales.length - 1;
  };
  const to = <Row>(keep: (row: Row) => string): RowsTo<Row> => ({ keep: (row) => lines.push(keep(row)), refuse });
  switch (kind) {
    case 'ptp':
      return ptpFileReader(to((edit) => ptpLine(edit, place(edit.rationale))));
    case 'mue':
      return mueFileReader(to((row) => mueLine(row, place(row.rationale))));
    case 'fees':
      return feeFileReader(to(feeLine));
  }
}

async function pour(file: string, reader: CmsFileReader): Promise<void> {
  const text = new DelimitedText(await delimiterOf(file), (cells) => reader.take(cells));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
      if (chunk instanceof Uint8Array) text.push(decoder.decode(chunk, { stream: true }));
    text.push(decoder.decode());
    text.end();
  } catch (error) {
    if (error instanceof GaitError)
      throw new GaitError(error.code, error.message, {
        where: file,
        ...(error.fix === undefined ? {} : { fix: error.fix }),
      });
    throw error;
  }
}

/** Tabs in CMS's text files, commas in its CSV. @throws GaitError `file.unreadable` for a workbook or an archive */
async function delimiterOf(file: string): Promise<'\t' | ','> {
  const start = await firstBytes(file);
  // "PK": a ZIP archive, which a workbook is too.
  if (start.subarray(0, 2).toString('latin1') === 'PK')
    throw new GaitError('file.unreadable', `The file ${file} is an archive or a workbook (xlsx), not text.`, {
      fix: "Unpack CMS's archive and name the .txt or .csv in it, or save the sheet as CSV.",
    });
  const text = start.toString('latin1');
  const count = (letter: string) => text.split(letter).length;
  return count('\t') > count(',') ? '\t' : ',';
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new GaitError('file.unreadable', missing ? `There is no file ${file}.` : `The file ${file} cannot be read.`);
  }
}
