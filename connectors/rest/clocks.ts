// An instant as a vendor writes it, to the clinic's wall clock.
import { wallTimeIn } from '../csv/dates.ts';

/** Date and time (HH:MM) that clocks in `zone` show at `instant`; null where the text is no instant with its offset. */
export function wallClock(instant: string, zone: string): { date: string; time: string; startsAt: string } | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(instant)) return null;
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return null;
  const startsAt = new Date(at).toISOString();
  return { ...wallTimeIn(startsAt, zone), startsAt };
}
