// The days of a horizon cut into grains, and who and what is free in each: the ground on which visits are laid.
import { dayNumber, weekdayOf, weekOf } from '../calendar.ts';
import type { DayNumber } from '../calendar.ts';
import { GaitError } from '../errors.ts';
import { minuteOf, zoneClock } from '../schedule/clock.ts';
import type { WeeklyWindow, ZoneClock } from '../schedule/clock.ts';
import type { Clinic, Plan, Room, Therapist } from './plan.ts';

/** Rooms of one location with the same equipment: one is as good as another. */
export interface RoomClass {
  readonly location: string;
  readonly equipment: readonly string[];
  readonly rooms: readonly Room[];
}

/** Grains of a day, the end not included. */
export interface Span {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Everything that can be used once at a time, by grain. A cell is `(row * days + day) * grains + grain`; the rows are the
 * therapists, then the room classes, then the patients who have several plans.
 */
export interface Grid {
  readonly clock: ZoneClock;
  /** A Monday. */
  readonly firstDay: DayNumber;
  readonly days: number;
  /** Minutes of a grain, and grains of a day. */
  readonly grain: number;
  readonly grains: number;
  readonly therapists: readonly Therapist[];
  readonly classes: readonly RoomClass[];
  readonly patientRow: ReadonlyMap<string, number>;
  /** How often each cell may be used. */
  readonly capacity: Int32Array;
  /** For how many grains from a cell on the therapist, or one room of the class, is free. */
  readonly run: Int32Array;
  /** By room: 1 where it is taken. */
  readonly roomTaken: ReadonlyMap<string, Uint8Array>;
  /** By patient, what is booked. */
  readonly booked: ReadonlyMap<string, readonly Span[]>;
}

/** The cell of a grain. */
export function cellOf(grid: Pick<Grid, 'days' | 'grains'>, row: number, day: number, grain: number): number {
  return (row * grid.days + day) * grid.grains + grain;
}

/**
 * Lays out the weeks that the plans ask for.
 * @throws GaitError `input.invalid` where no plan wants a week, or a booking's start is no instant
 */
export function gridOf(clinic: Clinic, plans: readonly Plan[], grain: number): Grid {
  const { firstDay, days } = horizonOf(plans);
  const clock = zoneClock(clinic.zone);
  const shape = { firstDay, days, grain, grains: 1440 / grain };
  const classes = classesOf(clinic.rooms);
  const roomRow = clinic.therapists.length;
  const several = severalPlans(plans);
  const patientRow = new Map(several.map((patient, index) => [patient, roomRow + classes.length + index]));
  const size = days * shape.grains;
  const capacity = new Int32Array((roomRow + classes.length + several.length) * size);
  const run = new Int32Array(capacity.length);
  const booked = bookedSpans(clinic, clock, shape);
  clinic.therapists.forEach((therapist, row) => {
    const row0 = row * size;
    const free = hoursOf(therapist.hours, therapist.daysOff, shape);
    for (const span of booked.get(therapist.ref) ?? []) fill(free, span, shape.grains, 0);
    capacity.set(free, row0);
    freeRuns(free, 1, shape.grains, (at, length) => (run[row0 + at] = length));
  });
  const roomTaken = new Map<string, Uint8Array>();
  classes.forEach(({ rooms }, index) => {
    const row0 = (roomRow + index) * size;
    for (const { ref } of rooms) {
      const taken = new Uint8Array(size);
      for (const span of booked.get(ref) ?? []) fill(taken, span, shape.grains, 1);
      roomTaken.set(ref, taken);
      taken.forEach((one, at) => (capacity[row0 + at] = (capacity[row0 + at] ?? 0) + 1 - one));
      freeRuns(taken, 0, shape.grains, (at, length) => (run[row0 + at] = Math.max(run[row0 + at] ?? 0, length)));
    }
  });
  for (const row of patientRow.values()) capacity.fill(1, row * size, (row + 1) * size);
  return { clock, ...shape, therapists: clinic.therapists, classes, patientRow, capacity, run, roomTaken, booked };
}

type Shape = Pick<Grid, 'firstDay' | 'days' | 'grain' | 'grains'>;

function horizonOf(plans: readonly Plan[]): Pick<Grid, 'firstDay' | 'days'> {
  let first = Infinity;
  let last = -Infinity;
  for (const { from, visitsPerWeek } of plans) {
    const week = weekOf(dayNumber(from));
    first = Math.min(first, week);
    last = Math.max(last, week + visitsPerWeek.length - 1);
  }
  if (last < first) throw new GaitError('input.invalid', 'No plan wants a week of visits');
  return { firstDay: first * 7 - 3, days: (last - first + 1) * 7 };
}

function classesOf(rooms: readonly Room[]): RoomClass[] {
  const byKind = Map.groupBy(rooms, ({ location, equipment }) => JSON.stringify([location, [...equipment].sort()]));
  return [...byKind.values()].map((its) => ({
    location: its[0]?.location ?? '',
    equipment: its[0]?.equipment ?? [],
    rooms: its,
  }));
}

function severalPlans(plans: readonly Plan[]): string[] {
  const byPatient = Map.groupBy(plans, ({ patient }) => patient);
  return [...byPatient].flatMap(([patient, its]) => (its.length > 1 ? [patient] : []));
}

function hoursOf(hours: readonly WeeklyWindow[], daysOff: readonly string[], shape: Shape): Uint8Array {
  const free = new Uint8Array(shape.days * shape.grains);
  const off = new Set(daysOff.map(dayNumber));
  for (let day = 0; day < shape.days; day += 1) {
    if (off.has(shape.firstDay + day)) continue;
    const weekday = weekdayOf(shape.firstDay + day);
    for (const window of hours) {
      if (window.weekday !== weekday) continue;
      const from = Math.ceil(minuteOf(window.from) / shape.grain);
      fill(free, { day, from, to: Math.floor(minuteOf(window.to) / shape.grain) }, shape.grains, 1);
    }
  }
  return free;
}

/** What is booked, by therapist, room and patient: a grain that is touched is taken. */
function bookedSpans(clinic: Clinic, clock: ZoneClock, shape: Shape): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { start, minutes, therapist, room, patient } of clinic.bookings) {
    const wall = clock.wall(start, minutes);
    const day = wall.day - shape.firstDay;
    if (day < 0 || day >= shape.days) continue;
    // Where the clocks go back a visit looks shorter than it is: it takes its length at least.
    const to = Math.ceil(Math.max(wall.to, wall.from + minutes) / shape.grain);
    const span = { day, from: Math.floor(wall.from / shape.grain), to: Math.min(to, shape.grains) };
    for (const whose of new Set([therapist, room, patient])) {
      if (whose === null) continue;
      const its = spans.get(whose);
      if (its === undefined) spans.set(whose, [span]);
      else its.push(span);
    }
  }
  return spans;
}

function fill(cells: Uint8Array, { day, from, to }: Span, grains: number, value: 0 | 1): void {
  if (to > from) cells.fill(value, day * grains + from, day * grains + to);
}

/** For each cell how many of the same `value` follow within its day. */
function freeRuns(cells: Uint8Array, value: 0 | 1, grains: number, tell: (at: number, length: number) => void): void {
  let length = 0;
  for (let at = cells.length - 1; at >= 0; at -= 1) {
    if ((at + 1) % grains === 0) length = 0;
    length = cells[at] === value ? length + 1 : 0;
    if (length > 0) tell(at, length);
  }
}
