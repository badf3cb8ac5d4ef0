// Writes what a system holds of the clinic as the reports it exports, in the labels, words and bytes of its dialect.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemKinds } from '../clinic/systems/model.ts';
import type { BadRow, SystemKind, SystemPatient, SystemRecords } from '../clinic/systems/model.ts';
import { cellWriter } from './cells.ts';
import type { Cell, CellWriter } from './cells.ts';
import type { SystemDialect } from './dialect.ts';
import { csvLines, encode } from './text.ts';
import { workbook } from './workbook.ts';

/** One row for each coverage of each patient, as a report by insurance has them. */
function byCoverage(patients: readonly SystemPatient[]): SystemPatient[] {
  return patients.flatMap((one) => [one, ...one.further.map((coverage) => ({ ...one, coverage }))]);
}

function spoiledCells({ field, cell, ...bad }: BadRow, write: CellWriter): Cell[] {
  const spoiled = { field, cell };
  switch (bad.kind) {
    case 'patients':
      return write('patients', bad.row, spoiled);
    case 'authorizations':
      return write('authorizations', bad.row, spoiled);
    case 'appointments':
      return write('appointments', bad.row, spoiled);
    case 'notes':
      return write('notes', bad.row, spoiled);
    case 'charges':
      return write('charges', bad.row, spoiled);
    case 'outcomes':
      return write('outcomes', bad.row, spoiled);
  }
}

function goodCells(kind: SystemKind, records: SystemRecords, write: CellWriter): Cell[][] {
  switch (kind) {
    case 'patients':
      return byCoverage(records.patients).map((row) => write('patients', row));
    case 'authorizations':
      return records.authorizations.map((row) => write('authorizations', row));
    case 'appointments':
      return records.appointments.map((row) => write('appointments', row));
    case 'notes':
      return records.notes.map((row) => write('notes', row));
    case 'charges':
      return records.charges.map((row) => write('charges', row));
    case 'outcomes':
      return records.outcomes.map((row) => write('outcomes', row));
  }
}

/** Bad rows stand among the good ones. */
function rowsOf(kind: SystemKind, records: SystemRecords, dialect: SystemDialect): Cell[][] {
  const write = cellWriter(dialect);
  const good = goodCells(kind, records, write);
  const bad = records.bad.filter((row) => row.kind === kind).map((row) => spoiledCells(row, write));
  const every = Math.max(1, Math.floor(good.length / (bad.length + 1)));
  return [
    ...good.flatMap((cells, at) => (at > 0 && at % every === 0 ? [...bad.splice(0, 1), cells] : [cells])),
    ...bad,
  ];
}

function asText(cell: Cell, dialect: SystemDialect): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return cell.time === null ? dialect.date(cell.day) : dialect.moment(cell.day, cell.time);
}

/** The bytes of one report. */
export function reportBytes(kind: SystemKind, records: SystemRecords, dialect: SystemDialect, today: string): Buffer {
  const { form, names } = dialect;
  const header = (dialect.columns[kind] ?? []).map(([, label]) => label);
  const title = dialect.title(names[kind], today).map((line) => [line]);
  const rows = rowsOf(kind, records, dialect);
  if (form.kind === 'csv') {
    const texts = rows.map((cells) => cells.map((cell) => asText(cell, dialect)));
    return encode(csvLines([...title, header, ...texts]), form.encoding);
  }
  const last = String.fromCharCode(64 + Math.min(26, header.length));
  return workbook([
    { name: form.sheet, rows: [...title, header, ...rows], merged: [`A1:${last}1`] },
    {
      name: 'Criteria',
      rows: [
        ['Site', 'All'],
        ['Run on', { day: today, time: null }],
      ],
    },
  ]);
}

export interface WrittenReports {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Writes each report of the dialect into `folder` (made when missing). Each file appears whole: it is written under a hidden name first. */
export function writeReports(
  records: SystemRecords,
  dialect: SystemDialect,
  folder: string,
  today: string,
): WrittenReports {
  mkdirSync(folder, { recursive: true });
  const kinds = systemKinds.filter((kind) => dialect.columns[kind] !== undefined);
  const files = kinds.map((kind) => {
    const name = dialect.fileName(dialect.names[kind], today);
    writeFileSync(join(folder, `.${name}.part`), reportBytes(kind, records, dialect, today));
    renameSync(join(folder, `.${name}.part`), join(folder, name));
    return name;
  });
  return { folder, files };
}
