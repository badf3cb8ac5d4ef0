// Some plans' options as an integer program: one variable for each option, a row for everything that is there once.
import type { Layout } from './layout.ts';
import type { SeriesModel } from './model.ts';

/** Which option a variable stands for. */
export interface Variable {
  readonly plan: number;
  readonly option: number;
}

/**
 * Maximize the points of the variables, each 0 or 1; the sum of each row's variables is at most its `most`. Rows of one variable
 * and rows that cannot bind are left out.
 */
export interface Packing {
  readonly variables: readonly Variable[];
  readonly points: readonly number[];
  readonly rows: readonly { readonly most: number; readonly variables: readonly number[] }[];
}

/**
 * The program of these plans over what the others leave free.
 * @param plans whose places are sought anew; none of their visits may lie in `layout`
 */
export function packingOf(model: SeriesModel, plans: readonly number[], layout: Layout): Packing {
  const variables: Variable[] = [];
  const points: number[] = [];
  const cells = new Map<number, number[]>();
  const rows: { most: number; variables: number[] }[] = [];
  for (const plan of plans) {
    const columns = model.columns[plan];
    const its = model.plans[plan];
    if (columns === undefined || its === undefined) continue;
    const days = new Map<number, number[]>();
    for (let option = 0; option < columns.count; option += 1) {
      if (!layout.fits(plan, option)) continue;
      const variable = variables.push({ plan, option }) - 1;
      points.push(columns.points[option] ?? 0);
      into(days, columns.day[option] ?? 0, variable);
      for (const from of [columns.therapistCell[option], columns.roomCell[option], columns.patientCell[option]])
        if (from !== undefined && from >= 0)
          for (let cell = from; cell < from + columns.length; cell += 1) into(cells, cell, variable);
    }
    rows.push(...rulesOfPlan(its, days));
  }
  for (const [cell, its] of cells) rows.push({ most: layout.free(cell), variables: its });
  return { variables, points, rows: rows.filter(({ most, variables: its }) => its.length > most) };
}

/** At most one visit within any so many days, the quota of each week, the limit of all. */
function rulesOfPlan(
  { plan, weeks, limit }: SeriesModel['plans'][number],
  days: ReadonlyMap<number, number[]>,
): { most: number; variables: number[] }[] {
  const sorted = [...days.keys()].sort((one, other) => one - other);
  const between = (from: number, to: number): number[] =>
    sorted.flatMap((day) => (day >= from && day < to ? (days.get(day) ?? []) : []));
  const rows = sorted.map((day) => ({ most: 1, variables: between(day, day + Math.max(1, plan.daysApart)) }));
  for (const { monday, wanted, booked } of weeks)
    rows.push({ most: Math.max(0, wanted - booked), variables: between(monday, monday + 7) });
  if (Number.isFinite(limit)) rows.push({ most: limit, variables: between(-Infinity, Infinity) });
  return rows;
}

function into(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
