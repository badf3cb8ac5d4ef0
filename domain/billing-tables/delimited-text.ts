// Text with tabs or commas into rows of cells, piece by piece: quoted cells may hold delimiters, quotes and line ends.
import { GaitError } from '../errors.ts';

/** An unclosed quote would otherwise swallow the file into one row. */
const longestRow = 200_000;

export class DelimitedText {
  readonly #delimiter: '\t' | ',';
  readonly #take: (cells: string[]) => void;
  /** What was pushed and is no whole row yet. */
  #rest = '';
  /** Up to where the rest is known to hold no end of its row. */
  #searched = 0;
  #first = true;

  constructor(delimiter: '\t' | ',', take: (cells: string[]) => void) {
    this.#delimiter = delimiter;
    this.#take = take;
  }

  /** Takes a piece of the text. @throws GaitError `file.unreadable` for a row that does not end */
  push(piece: string): void {
    let text = this.#rest + (this.#first ? piece.replace(/^\uFEFF/, '') : piece);
    this.#first &&= piece === '';
    let start = 0;
    let from = this.#searched;
    for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
      const row = text.slice(start, end);
      from = end + 1;
      const cells = this.#cells(row);
      if (cells === null) continue;
      this.#take(cells);
      start = from;
    }
    text = text.slice(start);
    if (text.length > longestRow) throw broken();
    this.#rest = text;
    this.#searched = from - start;
  }

  /** The last row, where no line end stands behind it. @throws GaitError `file.unreadable` if it ends inside a quoted cell */
  end(): void {
    if (this.#rest === '') return;
    const cells = this.#cells(this.#rest);
    if (cells === null) throw broken();
    this.#rest = '';
    this.#take(cells);
  }

  /** null: the row ends inside a quoted cell. */
  #cells(row: string): string[] | null {
    const line = row.endsWith('\r') ? row.slice(0, -1) : row;
    return line.includes('"') ? this.#quoted(line) : line.split(this.#delimiter);
  }

  #quoted(line: string): string[] | null {
    const cells: string[] = [];
    for (let at = 0; at <= line.length; ) {
      const stop = line[at] === '"' ? closingQuote(line, at) : at;
      if (stop < 0) return null;
      const next = line.indexOf(this.#delimiter, stop);
      const end = next < 0 ? line.length : next;
      // What stands behind a closing quote belongs to the cell: some writers leave quotes inside a cell alone.
      cells.push(
        stop > at ? line.slice(at + 1, stop).replaceAll('""', '"') + line.slice(stop + 1, end) : line.slice(at, end),
      );
      at = end + 1;
    }
    return cells;
  }
}

/** Where the quote that opens at `at` is closed; -1: nowhere. */
function closingQuote(line: string, at: number): number {
  for (let quote = line.indexOf('"', at + 1); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    if (line[quote + 1] !== '"') return quote;
    quote++;
  }
  return -1;
}

function broken(): GaitError {
  return new GaitError('file.unreadable', 'The file breaks off inside a quoted cell.', {
    fix: 'Take the file as it was published.',
  });
}
