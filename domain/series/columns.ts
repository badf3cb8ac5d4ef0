// The places of one plan's visits as columns of numbers: a clinic has hundreds of thousands, and every round goes through all of them.
import type { Grid } from './grid.ts';

/**
 * One place for each index, in the order of days. A place uses the cells from each start on for `length` grains; -1: no such row.
 */
export interface Columns {
  readonly count: number;
  readonly length: number;
  /** Days from the grid's first. */
  readonly day: Int32Array;
  readonly therapistCell: Int32Array;
  readonly roomCell: Int32Array;
  readonly patientCell: Int32Array;
  readonly points: Float64Array;
  /** First and last day with a place; the days of the plan lie between. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** One place, taken apart. */
export interface Place {
  readonly day: number;
  /** Grain at which it begins. */
  readonly grain: number;
  /** Rows of the grid's therapists and room classes; -1: the location keeps no rooms. */
  readonly therapist: number;
  readonly roomClass: number;
  readonly points: number;
}

/** Columns being filled. */
export interface ColumnsDraft {
  add(day: number, therapistCell: number, roomCell: number, patientCell: number, points: number): void;
  /** Ends the filling. */
  columns(length: number): Columns;
}

export function columnsDraft(): ColumnsDraft {
  const day: number[] = [];
  const therapistCell: number[] = [];
  const roomCell: number[] = [];
  const patientCell: number[] = [];
  const points: number[] = [];
  return {
    add(on, therapist, room, patient, worth) {
      day.push(on);
      therapistCell.push(therapist);
      roomCell.push(room);
      patientCell.push(patient);
      points.push(worth);
    },
    columns: (length) => ({
      count: day.length,
      length,
      day: new Int32Array(day),
      therapistCell: new Int32Array(therapistCell),
      roomCell: new Int32Array(roomCell),
      patientCell: new Int32Array(patientCell),
      points: new Float64Array(points),
      firstDay: day[0] ?? 0,
      lastDay: day.at(-1) ?? -1,
    }),
  };
}

/** The place at an index. @throws RangeError where there is none */
export function placeAt(grid: Grid, { count, day, therapistCell, roomCell, points }: Columns, index: number): Place {
  if (index < 0 || index >= count) throw new RangeError('A plan has no such place');
  const size = grid.days * grid.grains;
  const cell = therapistCell[index] ?? 0;
  const room = roomCell[index] ?? -1;
  return {
    day: day[index] ?? 0,
    grain: cell % grid.grains,
    therapist: Math.floor(cell / size),
    roomClass: room < 0 ? -1 : Math.floor(room / size) - grid.therapists.length,
    points: points[index] ?? 0,
  };
}
