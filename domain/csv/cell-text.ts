// A cell of a table that Gait writes: quoted where it must be, and never taken for a formula by the spreadsheet that opens it.

/** What spreadsheet programs take for the beginning of a formula (OWASP, "CSV Injection"). */
const begins = /^[=+\-@\t\r\n]/;
/** A signed number or a telephone number calls no function and names no cell; with a mark the system it goes to would keep the mark. */
const harmless = /^[+-][\d\s().-]*$/;
/** A cell that already bears the mark keeps it. */
const marked = /^'+[\d=+\-@\t\r\n]/;

/** The cell as spreadsheet programs write it. The apostrophe before a formula is taken off again where Gait reads cells. */
export function csvCell(text: string): string {
  const isFormula = begins.test(text) && !harmless.test(text);
  const safe = isFormula || marked.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What the cell says: a mark that keeps a spreadsheet from taking it for a formula or a number is no part of it. */
export function withoutMark(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : cell;
}

/** A table for a spreadsheet: one line a row (RFC 4180), no cell of which it runs. */
export function csvTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
