// Table files on disk: read with their hash checked, written whole or not at all.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EditionTable, TableHeader } from '../../domain/billing-tables/table-file.ts';
import { tableHeaderSchema, tableOf } from '../../domain/billing-tables/table-file.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Validator } from '../http/validation.ts';

const ending = '.table';

export interface TableFile {
  readonly file: string;
  readonly header: TableHeader;
}

/** What the table files of a folder say of themselves, by kind and first day; none where there is no such folder. */
export async function listTableFiles(validator: Validator, folder: string): Promise<TableFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new GaitError('file.unreadable', `The folder ${folder} cannot be read.`);
  });
  const found: TableFile[] = [];
  for (const name of names.filter((name) => name.endsWith(ending))) {
    const file = join(folder, name);
    found.push({ file, header: headerOf(validator, await firstLine(file), file) });
  }
  const key = ({ header }: TableFile) => `${header.kind} ${header.effective} ${header.version}`;
  return found.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** The table of a file. @throws GaitError `file.unreadable` for another shape, or rows that are not those of its hash */
export async function readTableFile(validator: Validator, file: string): Promise<EditionTable> {
  // A byte a letter: rows are figures and capital letters, and a text of millions of rows is to stay small.
  const bytes = await readFile(file).catch(() => {
    throw new GaitError('file.unreadable', `The table file ${file} cannot be read.`);
  });
  const end = bytes.indexOf(10);
  const header = headerOf(validator, bytes.toString('utf8', 0, Math.max(end, 0)), file);
  const rows = bytes.subarray(end + 1);
  if (createHash('sha256').update(rows).digest('hex') !== header.sha256)
    throw new GaitError('file.unreadable', `The rows of the table file ${file} were changed after it was written.`, {
      fix: "Load CMS's file again: gait tables load.",
    });
  return tableOf(header, rows.toString('latin1'));
}

/**
 * Writes a table file beside the others; a reader sees the old one or the new one, never half of one.
 * @param lines its rows, without line ends, sorted
 * @returns where it stands
 */
export async function writeTableFile(
  folder: string,
  about: Omit<TableHeader, 'format' | 'rows' | 'sha256'>,
  lines: readonly string[],
): Promise<TableFile> {
  const body = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  const sha256 = createHash('sha256').update(body).digest('hex');
  const header: TableHeader = { format: 'gait.billing-table/1', ...about, rows: lines.length, sha256 };
  const file = join(folder, `${about.kind}.${about.version}${ending}`);
  const part = `${file}.${process.pid}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(header)}\n`);
      await handle.writeFile(body, 'latin1');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new GaitError('file.unreadable', `The table file ${file} cannot be written.`, {
      fix: 'Name a folder that can be written with --out.',
    });
  }
  return { file, header };
}

function headerOf(validator: Validator, line: string, file: string): TableHeader {
  const header = parsed(line);
  try {
    assertHeader(validator, header, 'header');
  } catch {
    throw new GaitError('file.unreadable', `The file ${file} is no table file of this version of Gait.`, {
      fix: "Load CMS's file again: gait tables load.",
    });
  }
  return header;
}

function assertHeader(validator: Validator, value: unknown, where: string): asserts value is TableHeader {
  validator.check(tableHeaderSchema, value, where);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function firstLine(file: string): Promise<string> {
  const stream = createReadStream(file);
  try {
    for await (const line of createInterface({ input: stream })) return line;
    return '';
  } catch {
    throw new GaitError('file.unreadable', `The table file ${file} cannot be read.`);
  } finally {
    stream.destroy();
  }
}
