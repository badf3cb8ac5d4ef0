// Visits laid into the schedule one by one: what is still free, and which room of a class takes the next.
import type { Columns } from './columns.ts';
import type { Placed, SeriesModel } from './model.ts';

/** A schedule being filled; `put` and `lift` undo each other. */
export interface Layout {
  fits(plan: number, option: number): boolean;
  /** Puts it into the first free room of its class. @returns null if it does not fit */
  place(plan: number, option: number): Placed | null;
  put(plan: number, placed: Placed): void;
  lift(plan: number, placed: Placed): void;
  /** How often a cell may still be used. */
  free(cell: number): number;
}

/** An empty layout over what is booked. */
export function layoutOf({ grid, plans, columns }: SeriesModel): Layout {
  const used = new Uint8Array(grid.capacity.length);
  const taken = grid.classes.map(({ rooms }) =>
    rooms.map(({ ref }) => Uint8Array.from(grid.roomTaken.get(ref) ?? new Uint8Array(grid.days * grid.grains))),
  );
  const size = grid.days * grid.grains;
  const isFree = (cells: Uint8Array, from: number, length: number): boolean => {
    for (let at = from; at < from + length; at += 1) if (cells[at] !== 0) return false;
    return true;
  };
  const roomFor = (its: Columns, option: number): number | null => {
    const cell = its.roomCell[option] ?? -1;
    if (cell < 0) return -1;
    const rooms = taken[Math.floor(cell / size) - grid.therapists.length] ?? [];
    const index = rooms.findIndex((cells) => isFree(cells, cell % size, its.length));
    return index < 0 ? null : index;
  };
  const mark = (plan: number, option: number, room: number, value: 0 | 1): void => {
    const its = columns[plan];
    if (its === undefined) return;
    const { length } = its;
    const fill = (cells: Uint8Array | undefined, from: number): void => {
      cells?.fill(value, from, from + length);
    };
    fill(used, its.therapistCell[option] ?? 0);
    const patient = its.patientCell[option] ?? -1;
    if (patient >= 0) fill(used, patient);
    const cell = its.roomCell[option] ?? -1;
    if (cell >= 0) fill(taken[Math.floor(cell / size) - grid.therapists.length]?.[room], cell % size);
  };
  const room = (plan: number, option: number): number | null => {
    const its = columns[plan];
    if (its === undefined || plans[plan] === undefined) return null;
    if (!isFree(used, its.therapistCell[option] ?? 0, its.length)) return null;
    const patient = its.patientCell[option] ?? -1;
    if (patient >= 0 && !isFree(used, patient, its.length)) return null;
    return roomFor(its, option);
  };
  return {
    fits: (plan, option) => room(plan, option) !== null,
    place(plan, option) {
      const found = room(plan, option);
      if (found === null) return null;
      mark(plan, option, found, 1);
      return { option, room: found };
    },
    put: (plan, placed) => mark(plan, placed.option, placed.room, 1),
    lift: (plan, placed) => mark(plan, placed.option, placed.room, 0),
    free(cell) {
      const row = Math.floor(cell / size);
      const rooms = taken[row - grid.therapists.length];
      if (rooms === undefined) return (grid.capacity[cell] ?? 0) - (used[cell] ?? 0);
      return rooms.filter((cells) => cells[cell % size] === 0).length;
    },
  };
}
