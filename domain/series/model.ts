// The plans of a clinic laid over its grid, packed for the search: what may lie where, what it is worth, what it uses.
import type { SeriesRule } from './book-schema.ts';
import type { Columns } from './columns.ts';
import { gridOf } from './grid.ts';
import type { Grid } from './grid.ts';
import { optionsOf } from './options.ts';
import type { PlanOptions } from './options.ts';
import type { Clinic, Plan } from './plan.ts';

export interface SeriesModel {
  readonly grid: Grid;
  readonly rule: SeriesRule;
  /** In the order in which the plans were given. */
  readonly plans: readonly PlanOptions[];
  readonly columns: readonly Columns[];
}

/** An option of a plan that is chosen, and the room within its class; -1: the location keeps no rooms. */
export interface Placed {
  readonly option: number;
  readonly room: number;
}

/** For each plan what is chosen. */
export type Selection = readonly (readonly Placed[])[];

/**
 * Lays the plans out.
 * @throws GaitError `input.invalid` where no plan wants a week, a date or a time is none, or the zone is unknown
 */
export function modelOf(clinic: Clinic, plans: readonly Plan[], rule: SeriesRule): SeriesModel {
  const grid = gridOf(clinic, plans, rule.grainMinutes);
  const laid = plans.map((plan) => optionsOf(plan, grid, rule, bookedDays(clinic, plan, grid)));
  return { grid, rule, plans: laid, columns: laid.map(({ columns }) => columns) };
}

/** Days on which the plan's patient has a visit of this plan, or of none that the schedule tells. */
function bookedDays({ bookings }: Clinic, plan: Plan, grid: Grid): readonly number[] {
  const its = bookings.filter(({ patient, plan: of }) => patient === plan.patient && (of === null || of === plan.ref));
  return its.map(({ start, minutes }) => grid.clock.wall(start, minutes).day - grid.firstDay);
}
