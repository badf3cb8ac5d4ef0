// A made-up clinic's history whose missed visits follow known odds, so that a test can say what a model should find.
import { addDays } from '../../calendar.ts';
import type { AttendedVisit } from '../no-show.ts';

/**
 * Patients with ten visits each over half a year; the odds of missing grow with the days booked ahead and with how unreliable the
 * patient is, and shrink with a yes to the reminder. With `signal` 0 everybody misses alike.
 */
export function history(patients: number, signal: number, random: () => number): AttendedVisit[] {
  return Array.from({ length: patients }, (_, patient) => {
    const unreliable = signal * (random() * 3 - 1.5);
    const begin = addDays('2026-01-05', Math.floor(random() * 90));
    return Array.from({ length: 10 }, (__, visit): AttendedVisit => {
      const lead = 1 + Math.floor(random() * 40);
      const confirmed = random() < 0.3 ? null : random() < 0.6;
      const odds = -2.2 + unreliable + signal * ((lead - 20) / 20) + (confirmed === true ? -signal : 0);
      const date = addDays(begin, visit * 5);
      return {
        patient: `pat_${patient}`,
        date,
        minute: 480 + Math.floor(random() * 36) * 15,
        bookedOn: random() < 0.1 ? null : addDays(date, -lead),
        confirmed,
        outcome: random() < 0.05 ? 'cancelled' : random() < 1 / (1 + Math.exp(-odds)) ? 'missed' : 'kept',
      };
    });
  }).flat();
}
