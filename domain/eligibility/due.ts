// Until when a person has to call a payer or correct a coverage, so that the patient can be told before the visit.
import { addDays, dateInZone } from '../calendar.ts';
import { instantOf } from '../zoned-time.ts';

/** When the phones of payers and of most clinics fall silent, on the clinic's clock. */
const endOfDay = '17:00';

/**
 * The end of the clinic's day before the visit; where that is over, the end of the first day that is not: a thing to be done is
 * never overdue before anybody could do it.
 * @param serviceDate `YYYY-MM-DD`
 * @param zone of the clinic
 * @returns an instant, ISO UTC, later than `now`
 */
export function exceptionDue(serviceDate: string, now: Date, zone: string): string {
  const at = now.toISOString();
  const today = dateInZone(at, zone);
  const dayBefore = addDays(serviceDate, -1);
  const first = dayBefore < today ? today : dayBefore;
  const ends = (day: string): string => instantOf(`${day}T${endOfDay}`, zone) ?? at;
  return ends(first) > at ? ends(first) : ends(addDays(first, 1));
}
