// One report file, read twice and never held whole: once for what it is known by and how it is written, once for its rows.
import { createHash } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import { EncodingProbe, textOf } from '../csv/decode.ts';
import type { Encoding } from '../csv/decode.ts';
import type { OpenFile } from '../files/files.ts';
import type { RowsOf } from '../pt-records/rows.ts';
import { parseReport, parseWorkbook } from './parse-report.ts';
import type { Reading, ReportKind } from './read-rows.ts';
import { isWorkbook } from './workbook.ts';

/** A file that is open. Its bytes may still be written to: then the second reading tells. */
export interface OpenReport {
  /** Hexadecimal, of its bytes. */
  readonly sha256: string;
  /** Null: the file changed while it was read, and has to wait. */
  rows<Kind extends ReportKind>(kind: Kind, profile: Reading): Promise<RowsOf<Kind> | null>;
  close(): Promise<void>;
}

const largestReportBytes = 200_000_000;
/** A workbook is unpacked in memory. */
const largestWorkbookBytes = 50_000_000;
const chunkBytes = 262_144;

/** The bytes from the beginning, in a buffer that is used again for each chunk. */
async function* chunksOf(file: OpenFile): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; ; ) {
    const count = await file.read(buffer, position);
    if (count === 0) return;
    position += count;
    yield buffer.subarray(0, count);
  }
}

/** The chunks as they pass, and afterwards the digest of all of them. */
class Digested implements AsyncIterable<Uint8Array> {
  readonly #chunks: AsyncIterable<Uint8Array>;
  readonly #hash = createHash('sha256');

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#chunks) {
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** To be asked once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

type Form = Encoding | 'workbook';

/** What the bytes are known by, and how they are written. */
async function looked(file: OpenFile): Promise<{ readonly sha256: string; readonly form: Form }> {
  const chunks = new Digested(chunksOf(file));
  const probe = new EncodingProbe();
  let form: Form | null = null;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && isWorkbook(chunk)) form = 'workbook';
    isFirst = false;
    if (form === null) probe.show(chunk);
  }
  return { sha256: chunks.digest(), form: form ?? probe.encoding };
}

async function rowsOf<Kind extends ReportKind>(
  file: OpenFile,
  { sha256, form }: { readonly sha256: string; readonly form: Form },
  kind: Kind,
  profile: Reading,
): Promise<RowsOf<Kind> | null> {
  if (form === 'workbook') return workbookRows(file, sha256, kind, profile);
  const chunks = new Digested(chunksOf(file));
  const rows = await parseReport(textOf(chunks, form), kind, profile);
  // A table of no known header is not read to its end.
  if (rows.rows.length === 0) return rows;
  return chunks.digest() === sha256 ? rows : null;
}

async function workbookRows<Kind extends ReportKind>(
  file: OpenFile,
  sha256: string,
  kind: Kind,
  profile: Reading,
): Promise<RowsOf<Kind> | null> {
  if (file.bytes > largestWorkbookBytes) {
    const problem = { row: 0, column: null, reason: 'workbook too large', rejected: true } as const;
    return { kind, rows: [], problems: [problem], duplicates: 0 };
  }
  const bytes = Buffer.alloc(file.bytes);
  await file.read(bytes, 0);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  return parseWorkbook(bytes, kind, profile);
}

/** @param where how an error names the file */
export async function openReport(file: OpenFile, where: string): Promise<OpenReport> {
  try {
    if (file.bytes > largestReportBytes)
      throw new GaitError('file.unreadable', 'a report is larger than is usual', {
        where,
        fix: `export a shorter time: a report may have ${largestReportBytes / 1_000_000} MB`,
      });
    const known = await looked(file);
    return {
      sha256: known.sha256,
      rows: (kind, profile) => rowsOf(file, known, kind, profile),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
