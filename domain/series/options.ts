// Every place that a visit of a plan could have on the grid, with its worth; and how often each rule took one away.
import { dateOf, dayNumber, weekOf } from '../calendar.ts';
import { liesWithin, minuteOf } from '../schedule/clock.ts';
import type { SeriesRule } from './book-schema.ts';
import { cellOf } from './grid.ts';
import type { Grid } from './grid.ts';
import type { Plan, UnplacedRule } from './plan.ts';

/** One place for one visit: it uses the cells from each start on for the plan's length; -1: no such row. */
export interface Option {
  /** Days from the grid's first. */
  readonly day: number;
  /** Grain at which it begins. */
  readonly grain: number;
  readonly therapist: number;
  readonly therapistCell: number;
  readonly roomClass: number;
  readonly roomCell: number;
  readonly patientCell: number;
  readonly points: number;
}

/** One week of a plan. */
export interface PlanWeek {
  /** Days from the grid's first: the week's Monday. */
  readonly monday: number;
  readonly wanted: number;
  /** Visits already booked for the plan's patient in that week. */
  readonly booked: number;
  /** How many places each rule took away; a rule that is not there took none. */
  readonly refused: Partial<Record<UnplacedRule, number>>;
}

/** A plan laid over the grid. */
export interface PlanOptions {
  readonly plan: Plan;
  readonly length: number;
  readonly weeks: readonly PlanWeek[];
  /** In the order of days. */
  readonly options: readonly Option[];
  /** Days on which, for a visit of the patient nearby, none of the plan may lie. */
  readonly blocked: ReadonlySet<number>;
  /** Most visits the authorization and the benefit year allow together; Infinity where unlimited or unknown. */
  readonly limit: number;
}

/** @returns all places within the plan's weeks, its dates, its authorization, the patient's times and what is free */
export function optionsOf(plan: Plan, grid: Grid, rule: SeriesRule, bookedDays: readonly number[]): PlanOptions {
  const length = Math.ceil(plan.minutes / grid.grain);
  const first = dayNumber(plan.from) - grid.firstDay;
  const monday = (weekOf(dayNumber(plan.from)) * 7 - 3 - grid.firstDay) | 0;
  const weeks = plan.visitsPerWeek.map((wanted, index) => ({
    monday: monday + index * 7,
    wanted,
    booked: bookedDays.filter((day) => Math.floor((day - monday) / 7) === index).length,
    refused: {},
  }));
  const blocked = new Set<number>();
  for (const day of bookedDays)
    for (let near = day - plan.daysApart + 1; near < day + plan.daysApart; near += 1) blocked.add(near);
  const laid: PlanOptions = { plan, length, weeks, options: [], blocked, limit: limitOf(plan) };
  const options = weeks.flatMap((week) =>
    week.wanted > week.booked ? optionsOfWeek(laid, week, first, grid, rule) : [],
  );
  return { ...laid, options };
}

function limitOf({ authorization, authorizationVisitsFree, benefitVisitsFree }: Plan): number {
  const authorized = authorization.required === false ? Infinity : numberOf(authorizationVisitsFree);
  return Math.max(0, Math.min(authorized, numberOf(benefitVisitsFree)));
}

function numberOf(left: Plan['benefitVisitsFree']): number {
  return typeof left === 'number' ? left : Infinity;
}

type Refuse = (rule: UnplacedRule) => void;

function optionsOfWeek(laid: PlanOptions, week: PlanWeek, first: number, grid: Grid, rule: SeriesRule): Option[] {
  const { plan } = laid;
  const refused: Partial<Record<UnplacedRule, number>> = week.refused;
  const refuse: Refuse = (by) => (refused[by] = (refused[by] ?? 0) + 1);
  const therapists = suitable(plan, grid, refuse);
  const options: Option[] = [];
  for (let day = Math.max(week.monday, first); day < week.monday + 7; day += 1) {
    const date = dateOf(grid.firstDay + day);
    if (plan.to !== null && date > plan.to) refuse('series.plan-dates');
    else if (isOutside(plan, date)) refuse('series.authorization-dates');
    else if (laid.blocked.has(day)) refuse('series.days-apart');
    else optionsOfDay(laid, therapists, day, grid, rule, refuse, options);
  }
  return options;
}

function isOutside({ authorization: { required, from, to } }: Plan, date: string): boolean {
  return required !== false && ((from !== null && date < from) || (to !== null && date > to));
}

/** Therapists who may treat, each with the room classes that would do; -1: a location without rooms. */
function suitable(plan: Plan, grid: Grid, refuse: Refuse): readonly Suitable[] {
  const found: Suitable[] = [];
  const refused: UnplacedRule[] = [];
  grid.therapists.forEach((therapist, row) => {
    const { ref, discipline, location } = therapist;
    const here = grid.classes.flatMap((one, index) => (one.location === location ? [index] : []));
    const classes = here.filter((index) =>
      plan.equipment.every((needed) => grid.classes[index]?.equipment.includes(needed) ?? false),
    );
    if (discipline !== plan.discipline || (plan.therapists !== null && !plan.therapists.includes(ref)))
      refused.push('series.no-therapist');
    else if (plan.locations !== null && !plan.locations.includes(location)) refused.push('series.location');
    else if (here.length === 0 && plan.equipment.length === 0) found.push({ row, classes: [-1] });
    else if (classes.length === 0) refused.push('series.equipment');
    else found.push({ row, classes });
  });
  // That one therapist of many does not fit is no reason; that none does is.
  if (found.length === 0)
    for (const rule of refused.length > 0 ? refused : (['series.no-therapist'] as const)) refuse(rule);
  return found;
}

interface Suitable {
  readonly row: number;
  readonly classes: readonly number[];
}

function optionsOfDay(
  { plan, length }: PlanOptions,
  therapists: readonly Suitable[],
  day: number,
  grid: Grid,
  rule: SeriesRule,
  refuse: Refuse,
  options: Option[],
): void {
  const starts = startsOf(plan, length, day, grid);
  const changes = grid.clock.changesOn(grid.firstDay + day);
  const booked = (grid.booked.get(plan.patient) ?? []).filter((span) => span.day === day);
  const patientRow = grid.patientRow.get(plan.patient) ?? -1;
  for (const { row, classes } of therapists) {
    const base = cellOf(grid, row, day, 0);
    let worked = false;
    for (let grain = 0; grain + length <= grid.grains; grain += 1) {
      if ((grid.run[base + grain] ?? 0) < length) continue;
      worked = true;
      if (starts[grain] === 0) {
        refuse('series.times');
        continue;
      }
      const overlaps = booked.some(({ from, to }) => grain < to && grain + length > from);
      if (overlaps || (changes && !keepsItsLength(grid, day, grain, plan.minutes))) {
        refuse('series.times');
        continue;
      }
      let free = false;
      for (const roomClass of classes) {
        const roomCell = roomClass < 0 ? -1 : cellOf(grid, grid.therapists.length + roomClass, day, grain);
        if (roomCell >= 0 && (grid.run[roomCell] ?? 0) < length) continue;
        free = true;
        options.push({
          day,
          grain,
          therapist: row,
          therapistCell: base + grain,
          roomClass,
          roomCell,
          patientCell: patientRow < 0 ? -1 : cellOf(grid, patientRow, day, grain),
          points: pointsOf(plan, grid, rule, row, roomClass, grain),
        });
      }
      if (!free) refuse('series.booked-full');
    }
    if (!worked) refuse('series.booked-full');
  }
}

/** 1 for each grain at which the patient can come for the whole visit. */
function startsOf(plan: Plan, length: number, day: number, grid: Grid): Uint8Array {
  const starts = new Uint8Array(grid.grains);
  if (plan.times === null) return starts.fill(1);
  const absolute = grid.firstDay + day;
  const weekday = (((absolute + 3) % 7) + 7) % 7;
  const windows = plan.times.filter((window) => window.weekday === weekday);
  if (windows.length === 0) return starts;
  for (let grain = 0; grain + length <= grid.grains; grain += 1) {
    const from = grain * grid.grain;
    const wall = { date: '', day: absolute, weekday, from, to: from + plan.minutes };
    if (liesWithin(windows, wall)) starts[grain] = 1;
  }
  return starts;
}

/** On a day on which the clocks change: the hour exists and the visit does not lie over the change. */
function keepsItsLength(grid: Grid, day: number, grain: number, minutes: number): boolean {
  const start = grid.clock.instant(grid.firstDay + day, grain * grid.grain);
  if (start === null) return false;
  // By its last minute: a visit may end in the moment of the change.
  const { from, to } = grid.clock.wall(start, minutes - 1);
  return to - from === minutes - 1;
}

function pointsOf(
  plan: Plan,
  grid: Grid,
  { points }: SeriesRule,
  therapist: number,
  roomClass: number,
  grain: number,
): number {
  let sum = points.visit + points.priority[plan.priority];
  if (plan.wantedTherapist !== null && grid.therapists[therapist]?.ref !== plan.wantedTherapist)
    sum += points.otherTherapist;
  if (plan.usualTime !== null) {
    const hours = Math.abs(grain * grid.grain - minuteOf(plan.usualTime)) / 60;
    sum += Math.max(Math.round(hours * points.hourFromUsual), points.hoursFromUsualMost);
  }
  const needless = (grid.classes[roomClass]?.equipment ?? []).filter((one) => !plan.equipment.includes(one));
  return sum + needless.length * points.needlessEquipment;
}
