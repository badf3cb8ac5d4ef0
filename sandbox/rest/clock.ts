// When a visit begins, as an instant: clocks change at night, so the noon of its day tells the offset for all of them.
import { instantOf } from '../../domain/zoned-time.ts';

/** A reader of wall-clock times (HH:MM) on calendar dates in one zone, to ISO UTC. */
export function visitClock(zone: string): (date: string, time: string) => string {
  const noons = new Map<string, number>();
  return (date, time) => {
    const noon = noons.get(date) ?? Date.parse(instantOf(`${date}T12:00`, zone) ?? `${date}T12:00:00Z`);
    noons.set(date, noon);
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return new Date(noon + ((hours - 12) * 60 + minutes) * 60_000).toISOString();
  };
}
