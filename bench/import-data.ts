// Files of exported reports for the measurement of imports: seeded, written line by line, of any length.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { addDays } from '../domain/calendar.ts';
import { randomFrom } from './runs-out-data.ts';

/** `schedule`: visits, each once. `repeated`: a thousand visits again and again. `quotes`: visits whose last cell opens a quote that nothing closes. */
export type FileKind = 'schedule' | 'repeated' | 'quotes';

const header = 'Appointment ID,Appointment Date,Start Time,Patient ID,Appointment Type,Status,Units';
const statuses = ['Scheduled', 'Checked Out', 'Cancelled', 'No Show'];
const first = '2026-09-01';
/** A clinic's schedule of about half a year. */
const days = 180;
const different = 1_000;

function lineOf(kind: FileKind, at: number, random: () => number): string {
  const number = kind === 'repeated' ? at % different : at;
  const [year, month, day] = addDays(first, number % days).split('-');
  const slot = Math.floor(number / 7) % 48;
  const hour = 7 + Math.floor(slot / 4);
  const time = `${hour > 12 ? hour - 12 : hour}:${String((slot % 4) * 15).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
  const patient = kind === 'repeated' ? number : Math.floor(random() * 5_000);
  const status = statuses[number % statuses.length] ?? '';
  const type = kind === 'quotes' ? '"PT Treatment' : 'PT Treatment';
  return `${800_000 + number},${month}/${day}/${year},${time},PT${10_000 + patient},${type},${status},4\r\n`;
}

/** Writes a schedule report. @returns its rows */
export async function writeSchedule(
  path: string,
  kind: FileKind,
  size: { readonly rows: number } | { readonly bytes: number },
): Promise<number> {
  const random = randomFrom(20261118);
  const file = createWriteStream(path);
  const isFull = 'rows' in size ? (row: number) => row >= size.rows : (_: number, bytes: number) => bytes >= size.bytes;
  let [rows, bytes, piece] = [0, 0, `${header}\r\n`];
  while (!isFull(rows, bytes)) {
    const line = lineOf(kind, rows, random);
    rows += 1;
    bytes += line.length;
    piece += line;
    if (piece.length < 1_000_000) continue;
    if (!file.write(piece)) await once(file, 'drain');
    piece = '';
  }
  file.end(piece);
  await once(file, 'finish');
  return rows;
}
