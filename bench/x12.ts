// Cuts a remittance file into segments and elements, against `split('~')` and `split('*')` of the same text in the same process.
import { X12Reader } from '../domain/x12/reader.ts';
import type { SegmentTaker } from '../domain/x12/scanner.ts';
import { Scanner } from '../domain/x12/scanner.ts';
import { makeRemittance } from './x12-data.ts';

const rounds = 7;
const seed = 20260302;
const chunkBytes = 65_536;

const text = makeRemittance(24_000_000, seed);
const bytes = new TextEncoder().encode(text);

function timed(work: () => number): { milliseconds: number; result: number } {
  const start = performance.now();
  const result = work();
  return { milliseconds: performance.now() - start, result };
}

/** Hands the bytes over as a file's stream does. */
function stream(reader: { push(chunk: Uint8Array): void }): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) reader.push(bytes.subarray(at, at + chunkBytes));
}

/** Elements found, each of them ready to be read. */
function scan(): number {
  let elements = 0;
  scanInto({ take: (segment) => (elements += segment.elements), fault: () => undefined });
  return elements;
}

/** Elements found, each of them read as a string, as the rival has them. */
function scanToStrings(): number {
  let elements = 0;
  scanInto({
    take: (segment) => {
      for (let element = 1; element <= segment.elements; element++) if (segment.element(element) !== '\0') elements++;
    },
    fault: () => undefined,
  });
  return elements;
}

function scanInto(taker: SegmentTaker): void {
  const scanner = new Scanner(taker);
  stream(scanner);
  scanner.end();
}

/** Segments in a file whose envelopes are checked too. */
function read(): number {
  const reader = new X12Reader('envelopes');
  stream(reader);
  const { segments, findings } = reader.end();
  return findings.length === 0 ? segments : 0;
}

function split(): number {
  let elements = 0;
  for (const segment of text.split('~')) elements += segment.split('*').length - 1;
  return elements;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const works = { split, scan, scanToStrings, read };
const names = ['split', 'scan', 'scanToStrings', 'read'] as const;
const found = { split: 0, scan: 0, scanToStrings: 0, read: 0 };
const times: Record<keyof typeof works, number[]> = { split: [], scan: [], scanToStrings: [], read: [] };
for (let round = 0; round < rounds; round++)
  for (const name of names) {
    const { milliseconds, result } = timed(works[name]);
    times[name].push(milliseconds);
    found[name] = result;
  }

const rival = median(times.split);
const milliseconds = (name: keyof typeof works) => Number(median(times[name]).toFixed(1));
const ratioOf = (name: keyof typeof works) => Number((median(times[name]) / rival).toFixed(3));
const limit = 0.5;
const sameElements = found.scan === found.split && found.scanToStrings === found.split;
console.log(
  JSON.stringify({
    bench: 'x12',
    seed,
    rounds,
    megabytes: Number((bytes.length / 1e6).toFixed(1)),
    segments: found.read,
    elements: found.scan,
    sameElements,
    splitMilliseconds: milliseconds('split'),
    scanMilliseconds: milliseconds('scan'),
    scanToStringsMilliseconds: milliseconds('scanToStrings'),
    readMilliseconds: milliseconds('read'),
    megabytesPerSecond: Number((bytes.length / 1e3 / median(times.scan)).toFixed(0)),
    ratio: ratioOf('scan'),
    ratioToStrings: ratioOf('scanToStrings'),
    ratioRead: ratioOf('read'),
    limit,
  }),
);
process.exitCode = sameElements && found.read > 0 && ratioOf('scan') <= limit ? 0 : 1;
