// Whether two visits of the synthetic clinic take the same therapist at the same time, and where a therapist has time left.
import type { ClinicVisit } from './model.ts';

type Placed = Pick<ClinicVisit, 'date' | 'time' | 'minutes' | 'therapist'>;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function overlaps(one: Placed, other: Placed): boolean {
  if (one.date !== other.date || one.therapist.name !== other.therapist.name) return false;
  const [begin, since] = [minuteOf(one.time), minuteOf(other.time)];
  return begin < since + other.minutes && since < begin + one.minutes;
}

const [opens, lastBegin, step] = [7 * 60, 19 * 60, 15];

/** The same visits at the first hour of the day at which their therapist has time on all of those days; as they are where there is none. */
export function movedToFreeHour<Visit extends Placed>(visits: readonly Visit[], all: readonly Placed[]): Visit[] {
  for (let minute = opens; minute <= lastBegin; minute += step) {
    const moved = visits.map((visit) => ({ ...visit, time: timeOf(minute) }));
    const days = new Map(moved.map((visit) => [visit.date, visit]));
    const isFree = !all.some((other) => {
      const visit = days.get(other.date);
      return visit !== undefined && overlaps(visit, other);
    });
    if (isFree) return moved;
  }
  return [...visits];
}
