// Projects 10,000 authorizations with 40 appointments each, against JSON.parse of the same data in the same process.
import { readFileSync } from 'node:fs';
import { runsOut } from '../domain/authorization/runs-out.ts';
import { resolvePolicy } from '../domain/payer/policy.ts';
import type { PolicyDefaults, PayerRule, TurnaroundRule } from '../domain/payer/schema.ts';
import { makeCases, today } from './runs-out-data.ts';

const rounds = 9;
const seed = 20260501;

/** Rule files are checked against their schemas by `rules/rules.test.ts`. */
function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../rules/${path}`, import.meta.url), 'utf8')) as T;
}

const book = {
  defaults: read<PolicyDefaults>('defaults/authorization.json'),
  payers: read<{ rows: PayerRule[] }>('payers/sunrise-medicare.json').rows,
  turnarounds: read<{ rows: TurnaroundRule[] }>('regulations/prior-authorization-turnaround.json').rows,
};
const policy = resolvePolicy(book, { payer: 'sunrise-medicare', lineOfBusiness: 'medicareAdvantage', on: today });

const cases = makeCases(10_000, 40, seed);
const text = JSON.stringify(cases);

function timed(work: () => number): { milliseconds: number; result: number } {
  const start = performance.now();
  const result = work();
  return { milliseconds: performance.now() - start, result };
}

function project(): number {
  let uncovered = 0;
  for (const { authorization, appointments } of cases) {
    if (runsOut(authorization, appointments, policy, { date: today }).firstUncoveredVisit !== null) uncovered++;
  }
  return uncovered;
}

function parse(): number {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.length : 0;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const projections: number[] = [];
const parsings: number[] = [];
let uncovered = 0;
for (let round = 0; round < rounds; round++) {
  const parsing = timed(parse);
  const projection = timed(project);
  parsings.push(parsing.milliseconds);
  projections.push(projection.milliseconds);
  uncovered = projection.result;
}
const projection = median(projections);
const parsing = median(parsings);
console.log(
  JSON.stringify({
    bench: 'runs-out',
    seed,
    authorizations: cases.length,
    appointmentsEach: 40,
    rounds,
    megabytes: Number((text.length / 1e6).toFixed(1)),
    uncovered,
    projectionMilliseconds: Number(projection.toFixed(1)),
    parseMilliseconds: Number(parsing.toFixed(1)),
    ratio: Number((projection / parsing).toFixed(3)),
    limit: 1,
  }),
);
process.exitCode = projection / parsing <= 1 ? 0 : 1;
