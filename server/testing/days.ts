// The day it is for a test's clinic: not the day it is in Greenwich, or a test fails every evening.
import { dateInZone } from '../../domain/calendar.ts';

/** The zone of the clinics that tests make. */
export const testZone = 'America/Chicago';

/** Today, or so many days from now, in that zone. */
export function testDay(daysAhead = 0): string {
  return dateInZone(new Date(Date.now() + daysAhead * 86_400_000).toISOString(), testZone);
}
