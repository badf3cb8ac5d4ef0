// Cuts a remittance file into segments and elements, against `split('~')` and `split('*')` and against the X12 parsers on npm, in one process.
import { X12Reader } from '../domain/x12/reader.ts';
import type { SegmentTaker } from '../domain/x12/scanner.ts';
import { Scanner } from '../domain/x12/scanner.ts';
import { makeRemittance } from './x12-data.ts';
import { nodeX12, x12Parser } from './support/x12-rivals.ts';

const rounds = 7;
const seed = 20260302;
const chunkBytes = 65_536;

const text = makeRemittance(24_000_000, seed);
const whole = new TextEncoder().encode(text);
const rivalRounds = 3;
/** The parsers on npm are given less: they take seconds, and one of them keeps the whole file as a tree. */
const rivalText = makeRemittance(6_000_000, seed);
const rivalBytes = new TextEncoder().encode(rivalText);

function timed(work: () => number): { milliseconds: number; result: number } {
  const start = performance.now();
  const result = work();
  return { milliseconds: performance.now() - start, result };
}

/** Hands the bytes over as a file's stream does. */
function stream(reader: { push(chunk: Uint8Array): void }, bytes = whole): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) reader.push(bytes.subarray(at, at + chunkBytes));
}

/** Elements found, each of them ready to be read. */
function scan(): number {
  let elements = 0;
  scanInto({ take: (segment) => (elements += segment.elements), fault: () => undefined });
  return elements;
}

/** Elements found, each of them read as a string, as the rival has them. */
function scanToStrings(bytes = whole): number {
  let elements = 0;
  scanInto(
    {
      take: (segment) => {
        for (let element = 1; element <= segment.elements; element++) if (segment.element(element) !== '\0') elements++;
      },
      fault: () => undefined,
    },
    bytes,
  );
  return elements;
}

function scanInto(taker: SegmentTaker, bytes = whole): void {
  const scanner = new Scanner(taker);
  stream(scanner, bytes);
  scanner.end();
}

/** Segments in a file whose envelopes are checked too. */
function read(bytes = whole): number {
  const reader = new X12Reader('envelopes');
  stream(reader, bytes);
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

const works = { split, scan, scanToStrings: () => scanToStrings(), read: () => read() };
const names = ['split', 'scan', 'scanToStrings', 'read'] as const;
const found = { split: 0, scan: 0, scanToStrings: 0, read: 0 };
const times: Record<keyof typeof works, number[]> = { split: [], scan: [], scanToStrings: [], read: [] };
for (let round = 0; round < rounds; round++)
  for (const name of names) {
    const { milliseconds, result } = timed(works[name]);
    times[name].push(milliseconds);
    found[name] = result;
  }

/** Turn by turn on the same bytes; of Gait the whole reader, and every element as a string as the others have them. */
const contest: Record<'x12Parser' | 'nodeX12' | 'strings' | 'read', number[]> = {
  x12Parser: [],
  nodeX12: [],
  strings: [],
  read: [],
};
let rivalSegments = 0;
for (let round = 0; round < rivalRounds; round++) {
  const start = performance.now();
  await x12Parser(rivalBytes, chunkBytes);
  contest.x12Parser.push(performance.now() - start);
  const tree = timed(() => nodeX12(rivalText));
  rivalSegments = tree.result;
  contest.nodeX12.push(tree.milliseconds);
  contest.strings.push(timed(() => scanToStrings(rivalBytes)).milliseconds);
  contest.read.push(timed(() => read(rivalBytes)).milliseconds);
}
const fasterRival = Math.min(median(contest.x12Parser), median(contest.nodeX12));
const timesRival = (name: 'strings' | 'read') => Number((fasterRival / median(contest[name])).toFixed(1));
const timesAtLeast = 3;
const isFaster = rivalSegments > 0 && timesRival('strings') >= timesAtLeast && timesRival('read') >= timesAtLeast;

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
    megabytes: Number((whole.length / 1e6).toFixed(1)),
    segments: found.read,
    elements: found.scan,
    sameElements,
    splitMilliseconds: milliseconds('split'),
    scanMilliseconds: milliseconds('scan'),
    scanToStringsMilliseconds: milliseconds('scanToStrings'),
    readMilliseconds: milliseconds('read'),
    megabytesPerSecond: Number((whole.length / 1e3 / median(times.scan)).toFixed(0)),
    ratio: ratioOf('scan'),
    ratioToStrings: ratioOf('scanToStrings'),
    ratioRead: ratioOf('read'),
    limit,
    rivalMegabytes: Number((rivalBytes.length / 1e6).toFixed(1)),
    x12ParserMilliseconds: Number(median(contest.x12Parser).toFixed(0)),
    nodeX12Milliseconds: Number(median(contest.nodeX12).toFixed(0)),
    timesFasterRivalToStrings: timesRival('strings'),
    timesFasterRivalRead: timesRival('read'),
    timesAtLeast,
  }),
);
process.exitCode = sameElements && found.read > 0 && ratioOf('scan') <= limit && isFaster ? 0 : 1;
