// Every place that a visit of a plan could have on the grid, with its worth; and how often each rule took one away.
import { dateOf, dayNumber, weekdayOf, weekOf } from '../calendar.ts';
import { liesWithin, minuteOf } from '../schedule/clock.ts';
import type { SeriesRule } from './book-schema.ts';
import { columnsDraft } from './columns.ts';
import type { Columns, ColumnsDraft } from './columns.ts';
import { cellOf } from './grid.ts';
import type { Grid } from './grid.ts';
import type { Plan, UnplacedRule } from './plan.ts';

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
  readonly columns: Columns;
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
  const draft = columnsDraft();
  const laying: Laying = {
    plan,
    length,
    grid,
    blocked,
    draft,
    worth: worthOf(plan, grid, rule),
    starts: startsOf(plan, length, grid),
  };
  for (const week of weeks) if (week.wanted > week.booked) layWeek(laying, week, first);
  return { plan, length, weeks, columns: draft.columns(length), blocked, limit: limitOf(plan) };
}

/** A plan while it is laid out. */
interface Laying {
  readonly plan: Plan;
  readonly length: number;
  readonly grid: Grid;
  readonly blocked: ReadonlySet<number>;
  readonly draft: ColumnsDraft;
  readonly worth: (therapist: number, roomClass: number, grain: number) => number;
  /** By weekday: 1 for each grain at which the patient can come for the whole visit. */
  readonly starts: readonly Uint8Array[];
}

function limitOf({ authorization, authorizationVisitsFree, benefitVisitsFree }: Plan): number {
  const authorized = authorization.required === false ? Infinity : numberOf(authorizationVisitsFree);
  return Math.max(0, Math.min(authorized, numberOf(benefitVisitsFree)));
}

function numberOf(left: Plan['benefitVisitsFree']): number {
  return typeof left === 'number' ? left : Infinity;
}

type Refuse = (rule: UnplacedRule) => void;

function layWeek(laying: Laying, week: PlanWeek, first: number): void {
  const { plan, grid } = laying;
  const refused: Partial<Record<UnplacedRule, number>> = week.refused;
  const refuse: Refuse = (by) => (refused[by] = (refused[by] ?? 0) + 1);
  const therapists = suitable(plan, grid, refuse);
  for (let day = Math.max(week.monday, first); day < week.monday + 7; day += 1) {
    const date = dateOf(grid.firstDay + day);
    if (plan.to !== null && date > plan.to) refuse('series.plan-dates');
    else if (isOutside(plan, date)) refuse('series.authorization-dates');
    else if (laying.blocked.has(day)) refuse('series.days-apart');
    else layDay(laying, therapists, day, refuse);
  }
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

function layDay(laying: Laying, therapists: readonly Suitable[], day: number, refuse: Refuse): void {
  const { plan, length, grid } = laying;
  const starts = laying.starts[weekdayOf(grid.firstDay + day)];
  const changes = grid.clock.changesOn(grid.firstDay + day);
  const booked = (grid.booked.get(plan.patient) ?? []).filter((span) => span.day === day);
  for (const therapist of therapists) {
    const base = cellOf(grid, therapist.row, day, 0);
    let works = false;
    for (let grain = 0; grain + length <= grid.grains; grain += 1) {
      if ((grid.run[base + grain] ?? 0) < length) continue;
      works = true;
      const overlaps = booked.some(({ from, to }) => grain < to && grain + length > from);
      if (starts?.[grain] !== 1 || overlaps || (changes && !keepsItsLength(grid, day, grain, plan.minutes)))
        refuse('series.times');
      else if (!layPlace(laying, therapist, day, grain)) refuse('series.booked-full');
    }
    if (!works) refuse('series.booked-full');
  }
}

/** @returns false where no room that would do is free */
function layPlace(
  { plan, length, grid, draft, worth }: Laying,
  { row, classes }: Suitable,
  day: number,
  grain: number,
): boolean {
  const patientRow = grid.patientRow.get(plan.patient);
  const patientCell = patientRow === undefined ? -1 : cellOf(grid, patientRow, day, grain);
  let free = false;
  for (const roomClass of classes) {
    const roomCell = roomClass < 0 ? -1 : cellOf(grid, grid.therapists.length + roomClass, day, grain);
    if (roomCell >= 0 && (grid.run[roomCell] ?? 0) < length) continue;
    free = true;
    draft.add(day, cellOf(grid, row, day, grain), roomCell, patientCell, worth(row, roomClass, grain));
  }
  return free;
}

/** By weekday, where the whole visit lies within the patient's hours; windows that touch count as one. */
function startsOf({ times, minutes }: Plan, length: number, { grain, grains }: Grid): readonly Uint8Array[] {
  return [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
    const starts = new Uint8Array(grains);
    if (times === null) return starts.fill(1);
    const windows = times.filter((window) => window.weekday === weekday);
    if (windows.length === 0) return starts;
    for (let start = 0; start + length <= grains; start += 1) {
      const from = start * grain;
      if (liesWithin(windows, { date: '', day: 0, weekday, from, to: from + minutes })) starts[start] = 1;
    }
    return starts;
  });
}

/** On a day on which the clocks change: the hour exists and the visit does not lie over the change. */
function keepsItsLength(grid: Grid, day: number, grain: number, minutes: number): boolean {
  const start = grid.clock.instant(grid.firstDay + day, grain * grid.grain);
  if (start === null) return false;
  // By its last minute: a visit may end in the moment of the change.
  const { from, to } = grid.clock.wall(start, minutes - 1);
  return to - from === minutes - 1;
}

/** What a place is worth; the parts are worked out once for each therapist, class and hour. */
function worthOf(plan: Plan, grid: Grid, { points }: SeriesRule): Laying['worth'] {
  const base = points.visit + points.priority[plan.priority];
  const wanted = plan.wantedTherapist;
  const therapists = grid.therapists.map(({ ref }) => (wanted === null || ref === wanted ? 0 : points.otherTherapist));
  const classes = grid.classes.map(
    ({ equipment }) => equipment.filter((one) => !plan.equipment.includes(one)).length * points.needlessEquipment,
  );
  const usual = plan.usualTime === null ? null : minuteOf(plan.usualTime);
  const hours = Array.from({ length: grid.grains }, (_, grain) => {
    if (usual === null) return 0;
    const away = Math.abs(grain * grid.grain - usual) / 60;
    return Math.max(Math.round(away * points.hourFromUsual), points.hoursFromUsualMost);
  });
  return (therapist, roomClass, grain) =>
    base + (therapists[therapist] ?? 0) + (classes[roomClass] ?? 0) + (hours[grain] ?? 0);
}
