// A file with one edition of one billing table: a line of JSON that says what it is, then a row on each line, sorted.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../errors.ts';
import type { FeeScheduleRow, FeeScheduleTable } from './fee-schedule.ts';
import { feeScheduleTable } from './fee-schedule.ts';
import type { MueIndicator, MueRow, MueTable } from './mue.ts';
import { mueTable } from './mue.ts';
import type { PtpTable } from './ptp.ts';
import { isPtpBody, ptpTable } from './ptp.ts';

export const tableKinds = ['ptp', 'mue', 'fees'] as const;
export type TableKind = (typeof tableKinds)[number];

const date = { type: 'string', format: 'date' } as const;
const texts = { type: 'array', items: { type: 'string' } } as const;

export const tableHeaderSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'format',
    'kind',
    'version',
    'effective',
    'reviewBy',
    'source',
    'url',
    'retrieved',
    'notice',
    'covers',
    'rationales',
    'rows',
    'sha256',
  ],
  properties: {
    format: { const: 'gait.billing-table/1' },
    kind: { enum: tableKinds },
    version: { type: 'string', pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$' },
    effective: date,
    reviewBy: date,
    source: { type: 'string' },
    url: { type: ['string', 'null'] },
    retrieved: date,
    notice: { type: 'string' },
    covers: { anyOf: [texts, { type: 'null' }] },
    /** The reasons that rows name by their place in this list. */
    rationales: { ...texts, maxItems: 100 },
    rows: { type: 'integer', minimum: 0 },
    /** Of everything behind the first line. */
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  },
} as const;

export type TableHeader = FromSchema<typeof tableHeaderSchema>;

export type EditionTable =
  | { readonly kind: 'ptp'; readonly table: PtpTable }
  | { readonly kind: 'mue'; readonly table: MueTable }
  | { readonly kind: 'fees'; readonly table: FeeScheduleTable };

/**
 * The table of a file.
 * @param header its first line; the caller holds it to its schema and the body to its hash
 * @throws GaitError `file.unreadable` for a body that does not have the rows the header tells of
 */
export function tableOf(header: TableHeader, body: string): EditionTable {
  const { version, effective, reviewBy, source, url, retrieved, covers, rationales } = header;
  const origin = { version, effective, reviewBy, source, url, retrieved, covers: covers === null ? null : [...covers] };
  const edition = ((): EditionTable | null => {
    switch (header.kind) {
      case 'ptp':
        return isPtpBody(body) ? { kind: 'ptp', table: ptpTable(origin, rationales, body) } : null;
      case 'mue': {
        const rows = rowsOf(body, (cells) => mueRow(cells, rationales));
        return rows && { kind: 'mue', table: mueTable(origin, rows) };
      }
      case 'fees': {
        const rows = rowsOf(body, feeRow);
        return rows && { kind: 'fees', table: feeScheduleTable(origin, rows) };
      }
    }
  })();
  if (edition === null || edition.table.size !== header.rows)
    throw new GaitError('file.unreadable', `The rows of a ${header.kind} table are not those it tells of.`, {
      fix: 'Load it again: gait tables load.',
    });
  return edition;
}

/** Writes a row; `rationale` is its place in the file's list of rationales; null: none. */
export function mueLine({ code, units, indicator }: MueRow, rationale: number | null): string {
  return `${code} ${units} ${indicator} ${rationale === null ? '--' : String(rationale).padStart(2, '0')}`;
}

export function feeLine({ code, modifier, status, multipleProcedure }: FeeScheduleRow): string {
  return `${code} ${modifier ?? '-'} ${status} ${multipleProcedure ?? '-'}`;
}

function rowsOf<Row>(body: string, read: (cells: readonly string[]) => Row | null): Row[] | null {
  const lines = body.split('\n');
  if (lines.pop() !== '') return null;
  const rows: Row[] = [];
  for (const line of lines) {
    const row = read(line.split(' '));
    if (row === null) return null;
    rows.push(row);
  }
  return rows;
}

function mueRow([code, units, indicator, why]: readonly string[], rationales: readonly string[]): MueRow | null {
  if (code === undefined || units === undefined || !isMueIndicator(indicator) || why === undefined) return null;
  return { code, units: Number(units), indicator, rationale: rationales[Number(why)] ?? null };
}

export function isMueIndicator(text: string | undefined): text is MueIndicator {
  return text === '1' || text === '2' || text === '3';
}

function feeRow([code, modifier, status, multiple]: readonly string[]): FeeScheduleRow | null {
  if (code === undefined || modifier === undefined || status === undefined || multiple === undefined) return null;
  return { code, modifier: blank(modifier), status, multipleProcedure: blank(multiple) };
}

function blank(cell: string): string | null {
  return cell === '-' ? null : cell;
}
