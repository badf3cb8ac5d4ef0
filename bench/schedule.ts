// Proposals of visits: how their cost grows from 120 to 1,200 visits a week and how far they are from a proved bound; and the ranking of
// 2,000 waiting patients against one sort of the same list.
import { modelOf } from '../domain/series/model.ts';
import type { SeriesModel } from '../domain/series/model.ts';
import { searchByPrices } from '../domain/series/prices.ts';
import type { Found } from '../domain/series/prices.ts';
import { proposalOf } from '../domain/series/proposal.ts';
import { busyClinic } from '../domain/series/testing/clinics.ts';
import { faultsOf } from '../domain/series/testing/faults.ts';
import { rank } from '../domain/waitlist/rank.ts';
import { manyWaiting, now, slot } from '../domain/waitlist/testing/waiting.ts';
import { seriesRule, waitlistRule } from '../rules/testing/scheduling.ts';
import { solve } from '../server/scheduling/solve.ts';
import { randomFrom } from './runs-out-data.ts';
import { percentile, rounded } from './support/numbers.ts';

const seed = 20_261_122;
const [small, large] = [120, 1_200];
const growthLimit = 15;
const waiting = 2_000;
const rankLimit = 20;

type Search = (model: SeriesModel) => Found | Promise<Found>;

interface Measured {
  readonly milliseconds: number;
  /** Share of the proved bound that could be left to gain. */
  readonly gap: number;
  readonly wanted: number;
  readonly placed: number;
  /** Doubles, limits broken, missing visits without a reason: must be none. */
  readonly faults: number;
}

/** From the plain facts to the proposal with its reasons. */
async function propose(visitsAWeek: number, search: Search): Promise<Measured> {
  const { clinic, plans } = busyClinic(visitsAWeek, 1, randomFrom(seed));
  const start = performance.now();
  const model = modelOf(clinic, plans, seriesRule);
  const { selection, bound } = await search(model);
  const proposal = proposalOf(model, selection, bound);
  const milliseconds = performance.now() - start;
  const wanted = plans.reduce((sum, { visitsPerWeek }) => sum + (visitsPerWeek[0] ?? 0), 0);
  const faults = faultsOf(clinic, plans, proposal).length;
  return { milliseconds, gap: proposal.gap, wanted, placed: proposal.visits.length, faults };
}

/** Turn by turn, so that a busy machine slows both sizes; the median of the rounds. */
async function growth(search: Search, rounds: number): Promise<{ few: Measured; many: Measured; ratio: number }> {
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  let few = await propose(small, search);
  let many = await propose(large, search);
  for (let round = 0; round < rounds; round += 1) {
    few = await propose(small, search);
    many = await propose(large, search);
    times.few.push(few.milliseconds);
    times.many.push(many.milliseconds);
  }
  const [less, more] = [percentile(times.few, 0.5), percentile(times.many, 0.5)];
  return { few: { ...few, milliseconds: less }, many: { ...many, milliseconds: more }, ratio: more / less };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Ranking with every reason against a sort by the time waited, of the same list. */
function ranking(): { milliseconds: number; sortMilliseconds: number; ratio: number; asked: number } {
  const list = manyWaiting(waiting, randomFrom(seed));
  const sort = (): unknown =>
    [...list].sort((one, other) =>
      one.waitingSince < other.waitingSince
        ? -1
        : one.waitingSince > other.waitingSince
          ? 1
          : one.entry < other.entry
            ? -1
            : 1,
    );
  const [ranks, sorts]: [number[], number[]] = [[], []];
  for (let round = 0; round < 60; round += 1) {
    sorts.push(timed(sort));
    ranks.push(timed(() => rank(slot, list, waitlistRule, now)));
  }
  const [milliseconds, sortMilliseconds] = [percentile(ranks, 0.5), percentile(sorts, 0.5)];
  const asked = rank(slot, list, waitlistRule, now).lines.filter(({ place }) => place !== null).length;
  return { milliseconds, sortMilliseconds, ratio: milliseconds / sortMilliseconds, asked };
}

const prices = await growth((model) => searchByPrices(model), 5);
const solver = await growth(
  (model) => solve(model, { seconds: seriesRule.search.seconds, now: () => performance.now() }),
  1,
);
const ranked = ranking();
const shown = ({ few, many, ratio }: typeof prices) => ({
  milliseconds: [rounded(few.milliseconds, 0), rounded(many.milliseconds, 0)],
  placed: [`${few.placed} of ${few.wanted}`, `${many.placed} of ${many.wanted}`],
  gap: [rounded(few.gap, 5), rounded(many.gap, 5)],
  ratio: rounded(ratio, 2),
});
const faults = [prices, solver].reduce((sum, { few, many }) => sum + few.faults + many.faults, 0);
const result = {
  bench: 'schedule',
  seed,
  visitsAWeek: [small, large],
  proposals: shown(prices),
  withSolver: { ...shown(solver), secondsAllowed: seriesRule.search.seconds },
  growthLimit,
  faults,
  rankMilliseconds: rounded(ranked.milliseconds, 2),
  sortMilliseconds: rounded(ranked.sortMilliseconds, 2),
  rankRatio: rounded(ranked.ratio, 2),
  rankLimit,
  mayBeAsked: ranked.asked,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = prices.ratio <= growthLimit && ranked.ratio <= rankLimit && faults === 0 ? 0 : 1;
