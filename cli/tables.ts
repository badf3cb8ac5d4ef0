// `gait tables`: CMS's quarterly billing tables are loaded from its own files, and listed, without a running stack.
import { dateOf, dayNumber, isDate } from '../domain/calendar.ts';
import type { TableHeader, TableKind } from '../domain/billing-tables/table-file.ts';
import { tableHeaderSchema, tableKinds } from '../domain/billing-tables/table-file.ts';
import { places } from '../runtime/places.mjs';
import { loadedTables, shippedTables } from '../server/billing-tables/billing-tables.ts';
import type { LoadedTable } from '../server/billing-tables/load-table.ts';
import { loadTable } from '../server/billing-tables/load-table.ts';
import type { TableFile } from '../server/billing-tables/table-files.ts';
import { listTableFiles } from '../server/billing-tables/table-files.ts';
import { createValidator } from '../server/http/validation.ts';
import { needed, parse, print, unusable } from './shared/command-line.ts';
import { today } from './shared/today.ts';

export const summary = "load CMS's billing tables";

export const usage = `Usage: gait tables load ptp|mue|fees FILE… --version V --effective DATE [--review-by DATE] [--part] [--out DIR] [--json]
       gait tables list [--tables DIR] [--json]

  load         a quarter's files as CMS publishes them, text with tabs or CSV; the edits' parts together make one table
    ptp        NCCI procedure-to-procedure edits of practitioners
    mue        medically unlikely edits of practitioners
    fees       status and multiple procedure indicators of the physician fee schedule's relative value file
  list         the tables that are used, and those that ship with Gait
  --version    CMS's name of the edition, e.g. v32.3 or 2026Q4
  --effective  its first day, YYYY-MM-DD
  --review-by  the last day before a newer one is due; the end of the quarter unless given
  --part       the files are an extract: of codes that are not in it nothing is known
  --out        the folder of the tables; that of this checkout unless given
Exit status: 0 every row is kept, 1 rows were refused and the others kept, 2 no table is written, or unusable arguments.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    version: { type: 'string' },
    effective: { type: 'string' },
    'review-by': { type: 'string' },
    part: { type: 'boolean', default: false },
    out: { type: 'string' },
    tables: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [action, ...rest] = positionals;
  if (action === 'list' && rest.length === 0) return list(values.tables ?? loadedTables(places().home), values.json);
  if (action !== 'load') throw unusable('Say what to do with tables.', usage);
  const [name, ...files] = rest;
  const kind = tableKinds.find((known) => known === name);
  if (kind === undefined) throw unusable('Say which table: ptp, mue or fees.', usage);
  if (files.length === 0) throw unusable('Name a file.', usage);
  const version = needed(values.version, '--version', usage);
  if (!new RegExp(tableHeaderSchema.properties.version.pattern).test(version))
    throw unusable('--version is no name of an edition: letters, figures, dots and hyphens.', usage);
  const effective = dateOption(needed(values.effective, '--effective', usage), '--effective');
  const reviewBy =
    values['review-by'] === undefined ? quarterEnd(effective) : dateOption(values['review-by'], '--review-by');
  if (reviewBy < effective) throw unusable('--review-by lies before --effective.', usage);
  const folder = values.out ?? loadedTables(places().home);
  const loaded = await loadTable({
    kind,
    files,
    version,
    effective,
    reviewBy,
    part: values.part,
    today: today(),
    folder,
  });
  const { header, file, rowsRead, rowsKept, refused } = loaded;
  const result = { file, ...about(header), rowsRead, rowsKept, rowsRefused: rowsRead - rowsKept, refused };
  print(values.json, result, loadLines(loaded));
  return rowsRead === rowsKept ? 0 : 1;
}

async function list(folder: string, json: boolean): Promise<number> {
  const validator = createValidator();
  const [loaded, shipped] = await Promise.all([
    listTableFiles(validator, folder),
    listTableFiles(validator, shippedTables),
  ]);
  const now = today();
  const row = (from: 'loaded' | 'shipped') => (table: TableFile) => ({
    file: table.file,
    from,
    ...about(table.header),
    rows: table.header.rows,
    whole: table.header.covers === null,
    used: isUsed(table, from, loaded),
    due: table.header.reviewBy < now,
  });
  const tables = [...loaded.map(row('loaded')), ...shipped.map(row('shipped'))];
  print(json, { folder, tables }, [
    `Tables of ${folder}, and those that ship with Gait:`,
    ...tables.map(
      ({ kind, version, effective, rows, whole, from, used, due }) =>
        `  ${kind.padEnd(5)}${version} from ${effective}: ${rows} rows${whole ? '' : ', a part only'}; ${from}, ${used ? 'used' : 'not used'}${due ? '; a newer one is due' : ''}`,
    ),
  ]);
  return 0;
}

/** As `readBillingTables` chooses: what is loaded in place of what ships, of the edits the newest. */
function isUsed(table: TableFile, from: 'loaded' | 'shipped', loaded: readonly TableFile[]): boolean {
  const own = loaded.filter(({ header }) => header.kind === table.header.kind);
  if (from === 'shipped') return own.length === 0;
  return table.header.kind !== 'ptp' || own.at(-1) === table;
}

function about({ kind, version, effective, reviewBy, source, retrieved }: TableHeader): {
  readonly kind: TableKind;
  readonly version: string;
  readonly effective: string;
  readonly reviewBy: string;
  readonly source: string;
  readonly retrieved: string;
} {
  return { kind, version, effective, reviewBy, source, retrieved };
}

function loadLines({ file, header, rowsRead, rowsKept, refused, untold }: LoadedTable): string[] {
  return [
    `${header.source} ${header.version}, from ${header.effective}: ${rowsRead} rows read, ${rowsKept} kept, ${rowsRead - rowsKept} refused`,
    ...refused.map((each) => `  ${each.file}, row ${each.row + 1}: ${each.column ?? 'the row'} ${each.reason}`),
    ...(untold > 0 ? [`  and ${untold} more of these`] : []),
    file,
  ];
}

function dateOption(text: string, option: string): string {
  if (!isDate(text)) throw unusable(`${option} is no date.`, usage);
  return text;
}

/** The last day of the calendar quarter a date lies in: CMS publishes these tables by quarter. */
function quarterEnd(date: string): string {
  const year = Number(date.slice(0, 4));
  const next = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 4;
  const first =
    next > 12
      ? `${String(year + 1).padStart(4, '0')}-01-01`
      : `${date.slice(0, 4)}-${String(next).padStart(2, '0')}-01`;
  return dateOf(dayNumber(first) - 1);
}
