// Writes the three WebPT reports of a clinic as files, in the words and bytes of a dialect.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clinic, ClinicPatient } from '../clinic/model.ts';
import type { Dialect } from './dialects.ts';

/** A cell as spreadsheet programs write it: quoted where it holds a comma, a quote or a line break. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

interface Table<Row> {
  readonly title: (today: string) => readonly string[];
  readonly columns: readonly { readonly label: string; readonly value: (row: Row) => string | number | null }[];
}

/** The CSV text of a report: title lines, header, one line for each row, CRLF at the end of each. */
export function toCsv<Row>(table: Table<Row>, rows: readonly Row[], today: string): string {
  const header = table.columns.map(({ label }) => cell(label)).join(',');
  const lines = rows.map((row) => table.columns.map(({ value }) => cell(value(row))).join(','));
  return [...table.title(today).map((line) => cell(line)), header, ...lines].map((line) => `${line}\r\n`).join('');
}

/** The bytes of `text`; Windows-1252 is written for the characters it shares with Latin-1. Throws for any other. */
export function encode(text: string, encoding: Dialect['encoding']): Buffer {
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`, 'utf8');
  const strange = [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff || (code >= 0x80 && code < 0xa0);
  });
  if (strange) throw new Error('The text holds a character this export cannot write.');
  return Buffer.from(text, 'latin1');
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
