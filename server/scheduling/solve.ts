// Improves a proposal of visits with the solver HiGHS, some plans at a time, within a time limit; the bound comes along.
import * as highsPackage from 'highs';
import type { Highs } from 'highs';
import { GaitError } from '../../domain/errors.ts';
import { layoutOf } from '../../domain/series/layout.ts';
import type { Layout } from '../../domain/series/layout.ts';
import type { Placed, Selection, SeriesModel } from '../../domain/series/model.ts';
import { packingOf } from '../../domain/series/packing.ts';
import type { Packing } from '../../domain/series/packing.ts';
import { searchByPrices } from '../../domain/series/prices.ts';
import type { Found } from '../../domain/series/prices.ts';

export interface Limits {
  /** Wall seconds for all of it; the first proposal is made even if they are over. */
  readonly seconds: number;
  /** Milliseconds, any epoch. */
  readonly now: () => number;
}

export interface Solved extends Found {
  /** Groups of plans given to the solver, and how many of them it made better. */
  readonly groups: number;
  readonly improved: number;
  /** Whether the time was over before the search was. */
  readonly timedOut: boolean;
}

interface Answer {
  readonly values: Float64Array;
  readonly bound: number;
}

/**
 * Prices first, which give a proposal and a bound in linear time; then the solver takes groups of plans that share therapists,
 * lays their visits anew over what the others leave, and keeps what is better. One group of all plans gives the solver's own bound.
 */
export async function solve(model: SeriesModel, { seconds, now }: Limits): Promise<Solved> {
  const end = now() + seconds * 1000;
  const found = searchByPrices(model, () => now() < end);
  const { gap, plansAtOnce, secondsAtOnce } = model.rule.search;
  const layout = layoutOf(model);
  const placed = found.selection.map((its) => [...its]);
  placed.forEach((its, plan) => its.forEach((one) => layout.put(plan, one)));
  let { points, bound } = { points: pointsOf(model, placed), bound: found.bound };
  const done = (): boolean => bound - points <= gap * bound;
  let [groups, improved] = [0, 0];
  if (!done() && now() < end) {
    const highs = await openHighs();
    for (const group of groupsOf(model, placed, plansAtOnce)) {
      if (done() || now() >= end) break;
      groups += 1;
      const before = points;
      const left = Math.min((end - now()) / 1000, secondsAtOnce);
      const its = improve(highs, model, layout, placed, group, left);
      points += its.gained;
      if (group.length === model.plans.length) bound = Math.max(points, Math.min(bound, its.bound));
      if (points > before) improved += 1;
    }
  }
  const selection: Selection = placed;
  return {
    selection,
    points,
    bound: Math.max(bound, points),
    rounds: found.rounds,
    groups,
    improved,
    timedOut: now() >= end,
  };
}

/** The package's types describe its CommonJS form; what Node imports is the loader itself. */
async function openHighs(): Promise<Highs> {
  const loader: unknown = Reflect.get(highsPackage, 'default');
  if (!isLoader(loader)) throw new GaitError('internal.bug', 'The solver HiGHS cannot be loaded');
  return loader();
}

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function';
}

function pointsOf(model: SeriesModel, placed: readonly (readonly Placed[])[]): number {
  return placed.reduce((sum, its, plan) => sum + worth(model, plan, its), 0);
}

function worth(model: SeriesModel, plan: number, its: readonly Placed[]): number {
  return its.reduce((sum, { option }) => sum + (model.columns[plan]?.points[option] ?? 0), 0);
}

/** Plans side by side share therapists; those whose groups lack most visits come first. */
function groupsOf(model: SeriesModel, placed: readonly (readonly Placed[])[], most: number): number[][] {
  const therapistOf = (plan: number): string => {
    const { wantedTherapist, therapists } = model.plans[plan]?.plan ?? {};
    return wantedTherapist ?? therapists?.[0] ?? '';
  };
  const order = model.plans
    .map((_, plan) => plan)
    .sort((one, other) => {
      const [here, there] = [therapistOf(one), therapistOf(other)];
      return here < there ? -1 : here > there ? 1 : one - other;
    });
  const groups: number[][] = [];
  for (let from = 0; from < order.length; from += most) groups.push(order.slice(from, from + most));
  const lack = (group: readonly number[]): number =>
    group.reduce((sum, plan) => {
      const weeks = model.plans[plan]?.weeks ?? [];
      const wanted = weeks.reduce((all, week) => all + Math.max(0, week.wanted - week.booked), 0);
      return sum + Math.min(wanted, model.plans[plan]?.limit ?? 0) - (placed[plan]?.length ?? 0);
    }, 0);
  return groups.sort((one, other) => lack(other) - lack(one));
}

/** Lays one group anew; what it had stays where the solver finds nothing better. */
function improve(
  highs: Highs,
  model: SeriesModel,
  layout: Layout,
  placed: Placed[][],
  group: readonly number[],
  seconds: number,
): { readonly gained: number; readonly bound: number } {
  const had = new Map(group.map((plan) => [plan, placed[plan] ?? []]));
  const before = group.reduce((sum, plan) => sum + worth(model, plan, had.get(plan) ?? []), 0);
  for (const [plan, its] of had) for (const one of its) layout.lift(plan, one);
  const packing = packingOf(model, group, layout);
  const start = packing.variables.map(({ plan, option }) =>
    had.get(plan)?.some((its) => its.option === option) ? 1 : 0,
  );
  const answer = run(highs, packing, start, seconds, model.rule.search.gap);
  const chosen = packing.variables.filter((_, index) => (answer.values[index] ?? 0) > 0.5);
  const cell = (plan: number, option: number): number => model.columns[plan]?.therapistCell[option] ?? 0;
  const grains = model.grid.grains * model.grid.days;
  // In the order of the day the first free room is most often the right one.
  chosen.sort((one, other) => (cell(one.plan, one.option) % grains) - (cell(other.plan, other.option) % grains));
  for (const plan of group) placed[plan] = [];
  for (const { plan, option } of chosen) {
    const one = layout.place(plan, option);
    if (one !== null) placed[plan]?.push(one);
  }
  const after = group.reduce((sum, plan) => sum + worth(model, plan, placed[plan] ?? []), 0);
  if (after > before) return { gained: after - before, bound: answer.bound };
  for (const plan of group) for (const one of placed[plan] ?? []) layout.lift(plan, one);
  for (const [plan, its] of had) {
    for (const one of its) layout.put(plan, one);
    placed[plan] = [...its];
  }
  return { gained: 0, bound: answer.bound };
}

function run(highs: Highs, { points, rows }: Packing, start: readonly number[], seconds: number, gap: number): Answer {
  if (points.length === 0) return { values: new Float64Array(0), bound: 0 };
  const indices = rows.flatMap(({ variables }) => variables);
  const starts = [0];
  for (const { variables } of rows) starts.push((starts.at(-1) ?? 0) + variables.length);
  const { integer } = highs.constants.variableType;
  return highs.withModel(
    {
      numCols: points.length,
      numRows: rows.length,
      sense: highs.constants.objectiveSense.maximize,
      colCost: points,
      colLower: points.map(() => 0),
      colUpper: points.map(() => 1),
      rowLower: rows.map(() => -highs.infinity),
      rowUpper: rows.map(({ most }) => most),
      matrix: {
        format: 'csr',
        numRows: rows.length,
        numCols: points.length,
        starts,
        indices,
        values: indices.map(() => 1),
      },
      integrality: points.map(() => integer),
    },
    (program): Answer => {
      program.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: gap / 2, random_seed: 1 });
      program.setSolution({ colValue: start });
      program.run();
      return { values: program.getSolution().colValue, bound: Number(program.info.get('mip_dual_bound')) };
    },
  );
}
