// Checks 10,000 claims with charts, against reading the same claims (837P) with our own reader and `JSON.parse` of the charts.
import type { Claim } from '../domain/claim/schema.ts';
import type { ScrubChart } from '../domain/scrub/chart-schema.ts';
import { scrub } from '../domain/scrub/engine.ts';
import { readClaimFile } from '../domain/x12/readers/claim-file.ts';
import { createValidator } from '../server/http/validation.ts';
import { readScrubRules } from '../server/scrub/rules.ts';
import { asClaimFile, asOf, makeCharted } from './scrub-data.ts';

const rounds = 5;
const seed = 20240916;
const claimsEach = 10_000;
const filesOf = 100;

const { book, rules, tables, reference } = await readScrubRules(createValidator(), null);
const made = makeCharted(claimsEach, seed);
const files = Array.from({ length: claimsEach / filesOf }, (_, at) =>
  asClaimFile(made.claims.slice(at * filesOf, (at + 1) * filesOf)),
);
const texts = made.charts.map((chart) => JSON.stringify(chart));

interface Read {
  readonly claims: readonly Claim[];
  readonly charts: readonly ScrubChart[];
}

function read(): Read {
  return {
    claims: files.flatMap((file) => readClaimFile(file).claims.map(({ claim }) => claim)),
    // Written by this file just before, in that shape.
    charts: texts.map((text) => JSON.parse(text) as ScrubChart),
  };
}

function check({ claims, charts }: Read): { readonly findings: number; readonly notChecked: number } {
  let findings = 0;
  let notChecked = 0;
  for (const [at, claim] of claims.entries()) {
    const found = scrub(book, { claim, chart: charts[at] ?? null, profile: {}, tables, reference, asOf });
    findings += found.findings.length;
    notChecked += found.notChecked.length;
  }
  return { findings, notChecked };
}

function timed<Result>(work: () => Result): { readonly milliseconds: number; readonly result: Result } {
  const start = performance.now();
  const result = work();
  return { milliseconds: performance.now() - start, result };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const readings: number[] = [];
const checks: number[] = [];
let found = { findings: 0, notChecked: 0 };
let claimsRead = 0;
for (let round = 0; round < rounds; round++) {
  const reading = timed(read);
  const checking = timed(() => check(reading.result));
  readings.push(reading.milliseconds);
  checks.push(checking.milliseconds);
  found = checking.result;
  claimsRead = reading.result.claims.length;
}
const limit = 2;
const ratio = median(checks) / median(readings);
console.log(
  JSON.stringify({
    bench: 'scrub',
    seed,
    rounds,
    claims: claimsRead,
    rules: rules.length,
    megabytesX12: Number((files.reduce((sum, { length }) => sum + length, 0) / 1e6).toFixed(1)),
    megabytesCharts: Number((texts.reduce((sum, { length }) => sum + length, 0) / 1e6).toFixed(1)),
    ...found,
    scrubMilliseconds: Number(median(checks).toFixed(0)),
    readMilliseconds: Number(median(readings).toFixed(0)),
    microsecondsEach: Number(((median(checks) / claimsRead) * 1000).toFixed(0)),
    ratio: Number(ratio.toFixed(3)),
    ratioWithReading: Number((1 + ratio).toFixed(3)),
    limit,
  }),
);
process.exitCode = claimsRead === claimsEach && found.findings > 0 && ratio <= limit ? 0 : 1;
