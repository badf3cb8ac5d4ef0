// Unpacks a workbook (.xlsx, a ZIP archive of XML) within bounds, whatever its headers say, and hands on only the parts that are read.
import { crc32, inflateRawSync } from 'node:zlib';

/** An export of 100,000 rows with thirty columns unpacks to less. */
const mostBytes = 200_000_000;
const mostParts = 1_000;
/** Rows times columns that a sheet claims to have: gaps would be filled. */
const mostCells = 6_000_000;

const ends = 0x06054b50;
const directory = 0x02014b50;
const local = 0x04034b50;

/** The old form (.xls), and what an encrypted workbook is wrapped in. */
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');

interface Part {
  readonly name: string;
  readonly bytes: Buffer;
}

type Refusal = 'not a workbook' | 'workbook is encrypted or of the old form' | 'workbook too large';

/** A part that does not end, or that is more than is left of the bound. */
class Unusable extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

function directoryAt(bytes: Buffer): { readonly at: number; readonly count: number } {
  // The end record is the last thing but for a comment of at most 64 KB.
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1)
    if (bytes.readUInt32LE(at) === ends) return { at: bytes.readUInt32LE(at + 16), count: bytes.readUInt16LE(at + 10) };
  throw new Unusable('not a workbook');
}

/** Inflates no more than `most` bytes, whatever the archive says of their number. */
function inflated(packed: Buffer, method: number, most: number): Buffer {
  if (method === 0) {
    if (packed.length > most) throw new Unusable('workbook too large');
    return packed;
  }
  if (method !== 8) throw new Unusable('not a workbook');
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch (error) {
    const isTooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new Unusable(isTooLong ? 'workbook too large' : 'not a workbook');
  }
}

function* partsOf(bytes: Buffer, most: number): Generator<Part> {
  const { at: first, count } = directoryAt(bytes);
  if (count > mostParts) throw new Unusable('workbook too large');
  let at = first;
  let left = most;
  for (let part = 0; part < count; part += 1) {
    if (bytes.readUInt32LE(at) !== directory) throw new Unusable('not a workbook');
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const packedSize = bytes.readUInt32LE(at + 20);
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const header = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameSize ?? 0));
    at += 46 + (nameSize ?? 0) + (extraSize ?? 0) + (noteSize ?? 0);
    if (!name.endsWith('.xml') && !name.endsWith('.rels')) continue;
    if ((flags & 1) === 1) throw new Unusable('workbook is encrypted or of the old form');
    if (bytes.readUInt32LE(header) !== local) throw new Unusable('not a workbook');
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const unpacked = inflated(bytes.subarray(start, start + packedSize), method, left);
    left -= unpacked.length;
    if (left <= 0) throw new Unusable('workbook too large');
    yield { name, bytes: unpacked };
  }
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** A sheet of few cells may put one of them a billion rows down. */
function isTooWide({ name, bytes }: Part): boolean {
  if (!name.startsWith('xl/worksheets/')) return false;
  let [rows, columns] = [0, 0];
  const text = bytes.toString('latin1');
  for (const [, tag, letters = '', row] of text.matchAll(/<(?:\w+:)?(row|c)\b[^>]*?\sr\s*=\s*["']([A-Z]*)(\d+)["']/g)) {
    rows = Math.max(rows, Number(row));
    if (tag === 'c') columns = Math.max(columns, letters.length > 3 ? Infinity : columnOf(letters));
  }
  return rows * Math.max(1, columns) > mostCells;
}

/** An archive of the same parts, not packed, with headers that are true. */
function archiveOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of parts) {
    const path = Buffer.from(name, 'utf8');
    const sizes = Buffer.alloc(26);
    sizes.writeUInt16LE(20, 0);
    sizes.writeUInt32LE(crc32(bytes), 10);
    sizes.writeUInt32LE(bytes.length, 14);
    sizes.writeUInt32LE(bytes.length, 18);
    sizes.writeUInt16LE(path.length, 22);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(local);
    files.push(head, sizes, path, bytes);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(directory);
    entry.writeUInt16LE(20, 4);
    sizes.copy(entry, 6, 0, 24);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, path);
    offset += 30 + path.length + bytes.length;
  }
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(ends);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...entries, end]);
}

/**
 * The workbook as an archive that is safe to read, or why it is refused.
 * @param most bytes, unpacked
 */
export function unpackedWorkbook(given: Uint8Array, most = mostBytes): Buffer | Refusal {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.subarray(0, 8).equals(compoundFile)) return 'workbook is encrypted or of the old form';
  try {
    const parts = [...partsOf(bytes, most)];
    if (!parts.some(({ name }) => name === 'xl/workbook.xml')) return 'not a workbook';
    return parts.some(isTooWide) ? 'workbook too large' : archiveOf(parts);
  } catch (error) {
    if (error instanceof Unusable) return error.refusal;
    // What reads beyond the end of the bytes.
    if (error instanceof RangeError) return 'not a workbook';
    throw error;
  }
}
