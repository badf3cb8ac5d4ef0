// Finding the doubles among 20,000 patients, against comparing the same pairs and nothing more: no weights, no words, no clusters.
import { candidatePairs } from '../domain/linkage/blocking.ts';
import { compare } from '../domain/linkage/compare.ts';
import { createLinker } from '../domain/linkage/linker.ts';
import { nicknameTest } from '../domain/linkage/nicknames.ts';
import { prepare } from '../domain/linkage/person.ts';
import type { Person } from '../domain/linkage/person.ts';
import { plantedPeople } from '../domain/linkage/testing/people.ts';
import { linkageBook as book } from '../rules/testing/data-quality.ts';
import { percentile, rounded } from './support/numbers.ts';

const patients = 20_000;
const seed = 20_261_122;
const rounds = 5;
const limit = 1.5;

const { people, doubles, relatives } = plantedPeople(patients, seed);
const linker = createLinker(book);
const isNickname = nicknameTest(book);

/** How many fields of how many pairs agree at some level: told, so that a comparison that does nothing would be seen. */
function compareOnly(all: readonly Person[]): { readonly pairs: number; readonly levels: number } {
  const prepared = all.map((one) => prepare(one, book));
  const { pairs } = candidatePairs(prepared, book);
  let levels = 0;
  for (const [one, other] of pairs) {
    const [left, right] = [prepared[one], prepared[other]];
    if (left === undefined || right === undefined) continue;
    levels += Object.keys(compare(left, right, { book, isNickname })).length;
  }
  return { pairs: pairs.length, levels };
}

function timed<T>(work: () => T): { readonly milliseconds: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { milliseconds: performance.now() - start, result };
}

const linking: number[] = [];
const comparing: number[] = [];
let linked = linker.link(people);
let compared = compareOnly(people);
for (let round = 0; round < rounds; round++) {
  const floor = timed(() => compareOnly(people));
  const whole = timed(() => linker.link(people));
  comparing.push(floor.milliseconds);
  linking.push(whole.milliseconds);
  linked = whole.result;
  compared = floor.result;
}
const [link, floor] = [percentile(linking, 0.5), percentile(comparing, 0.5)];
const ratio = link / floor;
const shown = new Set(linked.pairs.map(({ one, other }) => `${one} ${other}`));
const found = [...doubles].filter((pair) => shown.has(pair)).length;
const together = linked.clusters
  .flatMap((cluster) => cluster.flatMap((one) => cluster.map((other) => `${one} ${other}`)))
  .filter((pair) => relatives.has(pair)).length;
const result = {
  bench: 'linkage',
  seed,
  records: people.length,
  pairsCompared: compared.pairs,
  levels: compared.levels,
  linkMilliseconds: rounded(link, 0),
  compareMilliseconds: rounded(floor, 0),
  ratio: rounded(ratio, 3),
  limit,
  recall: rounded(found / doubles.size, 4),
  precision: rounded(found / shown.size, 4),
  relativesPutTogether: together,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = ratio <= limit && together === 0 ? 0 : 1;
