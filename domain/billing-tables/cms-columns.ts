// Reads tables as CMS publishes them: title rows and a notice first, titles that stand over several rows, columns by name.

/** A row that is not taken. `row` counts from 0 over the whole file, titles and notice included. */
export interface RowRefusal {
  readonly row: number;
  /** The title of the column; null: the row as a whole. */
  readonly column: string | null;
  readonly reason: string;
}

/** What a cell is read as, or why it is not taken. */
export type Cell<Value> = { readonly value: Value } | { readonly reason: string };

/** The columns of a kind of file: how each is known by its title, and whether a file must have it. */
export type ColumnSet<Name extends string> = Readonly<
  Record<Name, { readonly title: RegExp; readonly needed: boolean }>
>;

/** The cells of one row by the column's name; a column the file does not have is null. */
export type RowCells<Name extends string> = Readonly<Record<Name, string | null>>;

/** Titles stand over each other in at most this many rows (the relative value file has the most). */
const mostTitleRows = 4;

/**
 * Finds the titles and hands on the rows behind them. A title is matched in lower case, its line ends, underscores and
 * double spaces made one space.
 */
export class ColumnReader<Name extends string> {
  readonly #columns: ColumnSet<Name>;
  readonly #names: readonly Name[];
  /** The column in which every row has a code; its title stands in the last row of titles. */
  readonly #key: Name;
  readonly #above: string[][] = [];
  #places: ReadonlyMap<Name, number> | null = null;
  #rowsRead = 0;

  constructor(columns: ColumnSet<Name>, names: readonly Name[], key: Name) {
    this.#columns = columns;
    this.#names = names;
    this.#key = key;
  }

  /** Whether the titles have been found. */
  get hasTitles(): boolean {
    return this.#places !== null;
  }

  /** The rows behind the titles so far, blank ones and notices left out. */
  get rowsRead(): number {
    return this.#rowsRead;
  }

  /** The columns that must be there, in words for a message. */
  get wanted(): string {
    return this.#names.filter((name) => this.#columns[name].needed).join(', ');
  }

  /** The row's cells; null: it is a title, a notice or blank. */
  take(cells: readonly string[]): RowCells<Name> | null {
    if (this.#places === null) {
      this.#places = this.#titles(cells);
      return null;
    }
    const told = cells.filter((cell) => cell.trim() !== '');
    if (told.length === 0) return null;
    const key = cells[this.#places.get(this.#key) ?? 0]?.trim() ?? '';
    // What follows the titles before the first row, with no code in it, is more of the titles.
    if (key === '' && this.#rowsRead === 0) return null;
    if (told.length === 1 && (told[0] ?? '').trim().includes(' ')) return null;
    this.#rowsRead++;
    const row: Partial<Record<Name, string | null>> = {};
    for (const name of this.#names) {
      const place = this.#places.get(name);
      row[name] = place === undefined ? null : (cells[place] ?? '').trim();
    }
    return isWhole(row, this.#names) ? row : null;
  }

  #titles(cells: readonly string[]): ReadonlyMap<Name, number> | null {
    this.#above.push(cells.map(plain));
    if (this.#above.length > mostTitleRows) this.#above.shift();
    if (!cells.some((cell) => this.#columns[this.#key].title.test(plain(cell)))) return null;
    for (let rows = 1; rows <= this.#above.length; rows++) {
      const stacked = this.#above.slice(-rows);
      const titles = cells.map((_, at) =>
        stacked
          .map((row) => row[at] ?? '')
          .filter((text) => text !== '')
          .join(' '),
      );
      const places = this.#find(titles);
      if (places !== null) return places;
    }
    return null;
  }

  #find(titles: readonly string[]): ReadonlyMap<Name, number> | null {
    const places = new Map<Name, number>();
    for (const name of this.#names) {
      const { title, needed } = this.#columns[name];
      const at = titles.findIndex((text) => title.test(text));
      if (at >= 0) places.set(name, at);
      else if (needed) return null;
    }
    return places;
  }
}

function isWhole<Name extends string>(
  row: Partial<Record<Name, string | null>>,
  names: readonly Name[],
): row is Record<Name, string | null> {
  return names.every((name) => row[name] !== undefined);
}

function plain(title: string): string {
  return title
    .replace(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A HCPCS code: five figures or capital letters. */
export function codeCell(text: string | null): Cell<string> {
  if (text !== null && /^[0-9A-Z]{5}$/.test(text)) return { value: text };
  const eaten = text !== null && /^\d{1,4}$/.test(text) ? '; a spreadsheet may have taken its leading zeros away' : '';
  return { reason: `is no code of five figures or capital letters${eaten}` };
}

/** A day as `YYYYMMDD`, `YYYY-MM-DD` or `M/D/YYYY`; null for `*`, blank, a column that is not there, and CMS's far end 9999. */
export function dateCell(text: string | null, isDate: (date: string) => boolean): Cell<string | null> {
  if (text === null || text === '' || text === '*') return { value: null };
  const date = text.includes('/') ? american(text) : text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (!isDate(date)) return { reason: 'is no day; write it as YYYYMMDD or YYYY-MM-DD' };
  return { value: date.startsWith('9999') ? null : date };
}

function american(text: string): string {
  const [month = '', day = '', year = ''] = text.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
