// Writes the three WebPT reports of a clinic as files, in the words and bytes of a dialect.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clinic, ClinicPatient } from '../clinic/model.ts';
import { csvLines, encode } from '../reports/text.ts';
import type { Dialect } from './dialects.ts';

interface Table<Row> {
  readonly title: (today: string) => readonly string[];
  readonly columns: readonly { readonly label: string; readonly value: (row: Row) => string | number | null }[];
}

/** The CSV text of a report: title lines, header, one line for each row, CRLF at the end of each. */
export function toCsv<Row>(table: Table<Row>, rows: readonly Row[], today: string): string {
  const header = table.columns.map(({ label }) => label);
  const cells = rows.map((row) => table.columns.map(({ value }) => value(row)));
  return csvLines([...table.title(today).map((line) => [line]), header, ...cells]);
}

/** One row for each coverage of each patient, as a report by insurance has them. */
export function coverageRows(patients: readonly ClinicPatient[]): ClinicPatient[] {
  return patients.flatMap((one) => [one, ...one.further.map((coverage) => ({ ...one, coverage }))]);
}

export interface WrittenExport {
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Writes patients, authorizations and schedule into `folder` (made when missing). Each file appears whole: it is written
 * under a hidden name first. `label` goes into the file names, so that they overwrite no others of the day.
 */
export function writeExport(clinic: Clinic, dialect: Dialect, folder: string, label?: string): WrittenExport {
  const { today } = clinic;
  mkdirSync(folder, { recursive: true });
  const texts: readonly (readonly [string, string])[] = [
    [dialect.patients.fileName(today), toCsv(dialect.patients, coverageRows(clinic.patients), today)],
    [dialect.authorizations.fileName(today), toCsv(dialect.authorizations, clinic.authorizations, today)],
    [dialect.appointments.fileName(today), toCsv(dialect.appointments, clinic.visits, today)],
  ];
  const named = texts.map(
    ([name, text]) => [label === undefined ? name : name.replace(/(\.\w+)$/, `_${label}$1`), text] as const,
  );
  for (const [name, text] of named) {
    writeFileSync(join(folder, `.${name}.part`), encode(text, dialect.encoding));
    renameSync(join(folder, `.${name}.part`), join(folder, name));
  }
  return { folder, files: named.map(([name]) => name) };
}
