// When a nightly comparison is due next, by the clock of the clinic.
import { addDays, dateInZone } from '../calendar.ts';
import { instantOf } from '../zoned-time.ts';

/**
 * The first instant after `after` at which the clinic's clock shows `clock`; in the night in which the clock jumps over it, the same
 * time of the next day.
 * @param clock HH:MM
 * @param after ISO UTC
 * @returns ISO UTC
 */
export function nextNight(clock: string, zone: string, after: string): string {
  const today = dateInZone(after, zone);
  for (let days = 0; days < 3; days += 1) {
    const at = instantOf(`${addDays(today, days)}T${clock}`, zone);
    if (at !== null && Date.parse(at) > Date.parse(after)) return new Date(at).toISOString();
  }
  // No zone leaves one time of day out on three days in a row.
  throw new RangeError(`the zone ${zone} has no ${clock}`);
}
