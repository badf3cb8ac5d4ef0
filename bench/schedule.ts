// Proposals of visits: how their cost grows from 120 to 1,200 visits a week and how far they are from a proved bound; and the ranking of
// 2,000 waiting patients against one sort of the same list.
import { modelOf } from '../domain/series/model.ts';
import type { SeriesModel } from '../domain/series/model.ts';
import { searchByPrices } from '../domain/series/prices.ts';
import type { Found } from '../domain/series/prices.ts';
import { proposalOf } from '../domain/series/proposal.ts';
import { busyClinic } from '../domain/series/testing/clinics.ts';
import { faultsOf } from '../domain/series/testing/faults.ts';
import { compareText } from '../domain/schedule/order.ts';
import type { Candidate } from '../domain/waitlist/candidate.ts';
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
/** The proposal for the large clinic is at most this share below the proved bound, by prices alone. */
const gapLimit = 0.02;

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
async function propose(visitsAWeek: number, seedOf: number, search: Search): Promise<Measured> {
  const { clinic, plans } = busyClinic(visitsAWeek, 1, randomFrom(seedOf));
  const start = processorMilliseconds();
  const model = modelOf(clinic, plans, seriesRule);
  const { selection, bound } = await search(model);
  const proposal = proposalOf(model, selection, bound);
  const milliseconds = processorMilliseconds() - start;
  const wanted = plans.reduce((sum, { visitsPerWeek }) => sum + (visitsPerWeek[0] ?? 0), 0);
  const faults = faultsOf(clinic, plans, proposal).length;
  return { milliseconds, gap: proposal.gap, wanted, placed: proposal.visits.length, faults };
}

/** Time of the processor, not of the wall: what else the machine does is not counted. */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Growth {
  /** Of ten small clinics together, and of the large one. */
  readonly few: Measured;
  readonly many: Measured;
  readonly ratio: number;
}

/** Ten small clinics, then the large one, turn by turn, so that both last about as long. */
async function growth(rounds: number): Promise<Growth> {
  const byPrices: Search = (model) => searchByPrices(model);
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  let few: Measured[] = [];
  let many: Measured | null = null;
  for (let round = 0; round < rounds; round += 1) {
    few = [];
    for (let index = 0; index < 10; index += 1) few.push(await propose(small, seed + index, byPrices));
    many = await propose(large, seed, byPrices);
    // The first round warms up.
    if (round === 0) continue;
    times.few.push(few.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / few.length);
    times.many.push(many.milliseconds);
  }
  if (many === null) throw new Error('nothing was measured');
  const [less, more] = [percentile(times.few, 0.5), percentile(times.many, 0.5)];
  const sum = (of: (one: Measured) => number): number => few.reduce((all, one) => all + of(one), 0);
  return {
    few: {
      milliseconds: less,
      gap: Math.max(...few.map(({ gap }) => gap)),
      wanted: sum(({ wanted }) => wanted),
      placed: sum(({ placed }) => placed),
      faults: sum(({ faults }) => faults),
    },
    many: { ...many, milliseconds: more },
    ratio: more / less,
  };
}

function timed(work: () => unknown): number {
  const start = processorMilliseconds();
  work();
  return processorMilliseconds() - start;
}

/** Ranking with every reason against sorts by the time waited, of the same list; ten sorts a turn, so that turns last alike. */
function ranking(): { milliseconds: number; sortMilliseconds: number; ratio: number; asked: number } {
  const list = manyWaiting(waiting, randomFrom(seed));
  const byWait = (one: Candidate, other: Candidate): number =>
    one.waitingSince === other.waitingSince
      ? compareText(one.entry, other.entry)
      : compareText(one.waitingSince, other.waitingSince);
  const ratios: number[] = [];
  const [ranks, sorts]: [number[], number[]] = [[], []];
  for (let round = 0; round < 60; round += 1) {
    const sort = timed(() => Array.from({ length: 10 }, () => [...list].sort(byWait))) / 10;
    const ranked = timed(() => rank(slot, list, waitlistRule, now));
    sorts.push(sort);
    ranks.push(ranked);
    ratios.push(ranked / sort);
  }
  const [milliseconds, sortMilliseconds] = [percentile(ranks, 0.5), percentile(sorts, 0.5)];
  const asked = rank(slot, list, waitlistRule, now).lines.filter(({ place }) => place !== null).length;
  return { milliseconds, sortMilliseconds, ratio: percentile(ratios, 0.5), asked };
}

const ranked = ranking();
const prices = await growth(6);
const { seconds } = seriesRule.search;
const solver = await propose(large, seed, (model) => solve(model, { seconds, now: () => performance.now() }));
const faults = prices.few.faults + prices.many.faults + solver.faults;
const result = {
  bench: 'schedule',
  seed,
  visitsAWeek: [small, large],
  milliseconds: [rounded(prices.few.milliseconds, 0), rounded(prices.many.milliseconds, 0)],
  ratio: rounded(prices.ratio, 2),
  growthLimit,
  placed: [`${prices.few.placed} of ${prices.few.wanted}`, `${prices.many.placed} of ${prices.many.wanted}`],
  gap: [rounded(prices.few.gap, 5), rounded(prices.many.gap, 5)],
  gapLimit,
  solverMilliseconds: rounded(solver.milliseconds, 0),
  solverGap: rounded(solver.gap, 5),
  solverPlaced: `${solver.placed} of ${solver.wanted}`,
  faults,
  rankMilliseconds: rounded(ranked.milliseconds, 2),
  sortMilliseconds: rounded(ranked.sortMilliseconds, 2),
  rankRatio: rounded(ranked.ratio, 2),
  rankLimit,
  mayBeAsked: ranked.asked,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
const held = prices.ratio <= growthLimit && ranked.ratio <= rankLimit;
process.exitCode = held && prices.many.gap <= gapLimit && faults === 0 ? 0 : 1;
