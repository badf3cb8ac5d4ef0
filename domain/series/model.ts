// The plans of a clinic laid over its grid, packed for the search: what may lie where, what it is worth, what it uses.
import type { SeriesRule } from './book-schema.ts';
import { gridOf } from './grid.ts';
import type { Grid } from './grid.ts';
import { optionsOf } from './options.ts';
import type { PlanOptions } from './options.ts';
import type { Clinic, Plan } from './plan.ts';

/** The options of one plan as columns, in the order of days; a cell of -1 is no cell. */
export interface Columns {
  readonly count: number;
  readonly length: number;
  readonly day: Int32Array;
  readonly therapistCell: Int32Array;
  readonly roomCell: Int32Array;
  readonly patientCell: Int32Array;
  readonly points: Float64Array;
  /** First and last day with an option; the days of the plan lie between. */
  readonly firstDay: number;
  readonly lastDay: number;
}

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
  return { grid, rule, plans: laid, columns: laid.map(columnsOf) };
}

/** Days on which the plan's patient has a visit of this plan, or of none that the schedule tells. */
function bookedDays({ bookings }: Clinic, plan: Plan, grid: Grid): readonly number[] {
  const its = bookings.filter(({ patient, plan: of }) => patient === plan.patient && (of === null || of === plan.ref));
  return its.map(({ start, minutes }) => grid.clock.wall(start, minutes).day - grid.firstDay);
}

function columnsOf({ options, length }: PlanOptions): Columns {
  const column = (value: (option: PlanOptions['options'][number]) => number): Int32Array =>
    Int32Array.from(options, value);
  return {
    count: options.length,
    length,
    day: column(({ day }) => day),
    therapistCell: column(({ therapistCell }) => therapistCell),
    roomCell: column(({ roomCell }) => roomCell),
    patientCell: column(({ patientCell }) => patientCell),
    points: Float64Array.from(options, ({ points }) => points),
    firstDay: options[0]?.day ?? 0,
    lastDay: options.at(-1)?.day ?? -1,
  };
}
