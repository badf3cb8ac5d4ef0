// A bound that holds and good proposals to go with it: every grain of a therapist or room gets a price until few want the same.
//
// With any prices of zero or more, what each plan alone would gain after paying them, plus the prices of all there is, is at least
// what any schedule is worth (Lagrangian relaxation; M. L. Fisher, Management Science 27 (1981)). The prices are moved by the
// subgradient, steps after Polyak.
import { bestDays, dayRulesOf } from './best-days.ts';
import type { DayRules } from './best-days.ts';
import type { Columns } from './columns.ts';
import { layoutOf } from './layout.ts';
import type { Placed, Selection, SeriesModel } from './model.ts';

export interface Found {
  readonly selection: Selection;
  /** What the selection is worth, and what none can be worth more than. */
  readonly points: number;
  readonly bound: number;
  readonly rounds: number;
}

/** Everything a round of prices writes into. */
interface Work {
  readonly model: SeriesModel;
  readonly rules: readonly DayRules[];
  readonly prices: Float64Array;
  /** The sum of all prices before a cell. */
  readonly before: Float64Array;
  readonly wants: Int32Array;
  /** By plan and day of the plan: what the best place is worth, and which it is; written anew for every plan. */
  readonly worth: readonly Float64Array[];
  readonly best: readonly Int32Array[];
  /** Plans that found too little place are served earlier next time. */
  readonly neglected: Float64Array;
}

/**
 * Searches until the bound is met as closely as the rule asks, the rounds are over, or `goOn` says no; the first proposal is always
 * made, so that there is an answer with its bound whenever time runs out.
 */
export function searchByPrices(model: SeriesModel, goOn: () => boolean = () => true): Found {
  const work = workOf(model);
  const { rounds, gap } = model.rule.search;
  let best: Selection = model.plans.map(() => []);
  let [points, bound, stale, pace] = [-1, Infinity, 0, 1];
  let round = 0;
  while (round < rounds) {
    round += 1;
    const limit = boundOf(work);
    if (limit < bound * (1 - 1e-5)) stale = 0;
    else stale += 1;
    bound = Math.min(bound, limit);
    if (round % 4 === 1 || round === rounds) {
      const found = fillFrom(work, round === 1 ? 0 : 1);
      if (found.points > points) ({ selection: best, points } = found);
    }
    if (bound - points <= gap * bound || !goOn()) break;
    if (stale > 4) [pace, stale] = [pace / 2, 0];
    movePrices(work, pace * (limit - points));
  }
  return { selection: best, points, bound: Math.max(bound, points), rounds: round };
}

/**
 * The bound that prices give, worked out anew; for who wants to check it.
 * @param prices one for each cell of the grid; below zero counts as zero
 */
export function boundAt(model: SeriesModel, prices: Float64Array): number {
  const work = workOf(model);
  work.prices.set(prices.map((price) => Math.max(0, price)));
  return boundOf(work);
}

function workOf(model: SeriesModel): Work {
  const { capacity } = model.grid;
  return {
    model,
    rules: model.plans.map((plan, index) =>
      dayRulesOf(plan, model.columns[index]?.firstDay ?? 0, model.columns[index]?.lastDay ?? -1),
    ),
    prices: new Float64Array(capacity.length),
    before: new Float64Array(capacity.length + 1),
    wants: new Int32Array(capacity.length),
    worth: model.columns.map(({ firstDay, lastDay }) => new Float64Array(lastDay - firstDay + 1)),
    best: model.columns.map(({ firstDay, lastDay }) => new Int32Array(lastDay - firstDay + 1)),
    neglected: new Float64Array(model.plans.length),
  };
}

function boundOf(work: Work): number {
  const { model, prices, before, wants } = work;
  const { capacity } = model.grid;
  let sum = 0;
  let total = 0;
  for (let cell = 0; cell < prices.length; cell += 1) {
    const price = prices[cell] ?? 0;
    total += price * (capacity[cell] ?? 0);
    sum += price;
    before[cell + 1] = sum;
  }
  wants.fill(0);
  const days: number[] = [];
  model.columns.forEach((columns, plan) => {
    const [rules, worth, best] = [work.rules[plan], work.worth[plan], work.best[plan]];
    if (rules === undefined || worth === undefined || best === undefined || columns.count === 0) return;
    bestOfDays(columns, before, worth, best);
    total += bestDays(rules, worth, days);
    for (const day of days) want(wants, columns, best[day] ?? 0);
  });
  return total;
}

/** For each day of the plan its best place after the prices, and what it is worth. */
function bestOfDays(columns: Columns, before: Float64Array, worth: Float64Array, best: Int32Array): void {
  const { count, day, points, firstDay } = columns;
  worth.fill(0);
  for (let index = 0; index < count; index += 1) {
    const value = (points[index] ?? 0) - priceOf(before, columns, index);
    const of = (day[index] ?? 0) - firstDay;
    if (value > (worth[of] ?? 0)) {
      worth[of] = value;
      best[of] = index;
    }
  }
}

/** The prices of all the cells that a place uses. */
function priceOf(before: Float64Array, columns: Columns, index: number): number {
  const { length } = columns;
  const therapist = columns.therapistCell[index] ?? 0;
  let price = (before[therapist + length] ?? 0) - (before[therapist] ?? 0);
  const room = columns.roomCell[index] ?? -1;
  if (room >= 0) price += (before[room + length] ?? 0) - (before[room] ?? 0);
  const patient = columns.patientCell[index] ?? -1;
  if (patient >= 0) price += (before[patient + length] ?? 0) - (before[patient] ?? 0);
  return price;
}

function want(wants: Int32Array, { length, therapistCell, roomCell, patientCell }: Columns, option: number): void {
  for (const from of [therapistCell[option] ?? -1, roomCell[option] ?? -1, patientCell[option] ?? -1])
    if (from >= 0) for (let cell = from; cell < from + length; cell += 1) wants[cell] = (wants[cell] ?? 0) + 1;
}

function movePrices({ model, prices, wants }: Work, distance: number): void {
  const { capacity } = model.grid;
  let norm = 0;
  for (let cell = 0; cell < prices.length; cell += 1) {
    const over = (wants[cell] ?? 0) - (capacity[cell] ?? 0);
    if (over > 0 || (prices[cell] ?? 0) > 0) norm += over * over;
  }
  if (norm === 0) return;
  const step = distance / norm;
  for (let cell = 0; cell < prices.length; cell += 1) {
    const over = (wants[cell] ?? 0) - (capacity[cell] ?? 0);
    if (over > 0 || (prices[cell] ?? 0) > 0) prices[cell] = Math.max(0, (prices[cell] ?? 0) + step * over);
  }
}

/** A schedule that holds: plan after plan takes its best days of what is left, paying heed to the prices. */
function fillFrom(work: Work, heed: number): { readonly selection: Selection; readonly points: number } {
  const { model, before, neglected } = work;
  const layout = layoutOf(model);
  const order = model.plans
    .map((_, plan) => plan)
    .sort((one, other) => urgency(work, other) - urgency(work, one) || one - other);
  const selection: Placed[][] = model.plans.map(() => []);
  let points = 0;
  const days: number[] = [];
  for (const plan of order) {
    const columns = model.columns[plan];
    const [rules, worth, best] = [work.rules[plan], work.worth[plan], work.best[plan]];
    if (columns === undefined || rules === undefined || worth === undefined || best === undefined) continue;
    if (columns.count === 0) continue;
    worth.fill(0);
    best.fill(-1);
    for (let index = 0; index < columns.count; index += 1) {
      const of = (columns.day[index] ?? 0) - columns.firstDay;
      const own = columns.points[index] ?? 0;
      // A visit is worth placing at any price: the prices only say where it is in nobody's way.
      const value = Math.max(1 + own / 1e6, own - heed * priceOf(before, columns, index));
      if (value > (worth[of] ?? 0) && layout.fits(plan, index)) [worth[of], best[of]] = [value, index];
    }
    bestDays(rules, worth, days);
    for (const day of days) {
      const index = best[day] ?? -1;
      const placed = index < 0 ? null : layout.place(plan, index);
      if (placed === null) continue;
      selection[plan]?.push(placed);
      points += columns.points[index] ?? 0;
    }
    const missing = wantedOf(work, plan) - (selection[plan]?.length ?? 0);
    neglected[plan] = (neglected[plan] ?? 0) + missing;
  }
  return { selection, points };
}

/** Urgent plans first, then those that came off badly before, then those with the fewest places. */
function urgency({ model, neglected }: Work, plan: number): number {
  const priority = model.plans[plan]?.plan.priority ?? 'routine';
  const places = Math.min(model.columns[plan]?.count ?? 0, 9_999) / 10_000;
  return model.rule.points.priority[priority] * 100 + (neglected[plan] ?? 0) + (1 - places);
}

function wantedOf({ model }: Work, plan: number): number {
  const its = model.plans[plan];
  if (its === undefined) return 0;
  const wanted = its.weeks.reduce((sum, week) => sum + Math.max(0, week.wanted - week.booked), 0);
  return Math.min(wanted, its.limit);
}
