// The clinic as the schedule knows it now: therapists with their hours, rooms, what is booked and what accepted proposals hold.
import { addDays } from '../../domain/calendar.ts';
import { zoneClock } from '../../domain/schedule/clock.ts';
import { observedHours, usualMinutes } from '../../domain/schedule/observed-hours.ts';
import type { Booking, Clinic, Therapist } from '../../domain/series/plan.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { Db } from '../database/tables.ts';

/** So far back visits are looked at to see when a therapist works whom nobody has asked. */
const observedDays = 56;

export interface PictureAsk {
  readonly zone: string;
  readonly today: string;
  /** Last day (`YYYY-MM-DD`) that is looked at. */
  readonly to: string;
  /** How long a visit is taken to last where nothing tells. */
  readonly assumedMinutes: number;
}

/** Midnight of a day where the clinic is. */
export function midnight(day: string, zone: string): Date {
  return new Date(instantOf(`${day}T00:00`, zone) ?? `${day}T00:00:00Z`);
}

/** Bookings of a patient belong to the patient's plan, whose reference is the patient's. */
export async function pictureOf(db: Db, clinic: string, ask: PictureAsk): Promise<Clinic> {
  const { zone, today, to } = ask;
  const visits = await visitsBetween(
    db,
    clinic,
    midnight(addDays(today, -observedDays), zone),
    midnight(addDays(to, 1), zone),
  );
  const usual = usualMinutes(visits.flatMap(({ minutes }) => minutes ?? [])) ?? ask.assumedMinutes;
  const begins = midnight(today, zone);
  const bookings = visits
    .filter(({ status, starts_at: at }) => status === 'booked' && at !== null && at >= begins)
    .map(
      ({ ref, patient, therapist, room, starts_at: at, minutes }): Booking => ({
        ref,
        patient,
        therapist,
        room,
        start: at?.toISOString() ?? '',
        minutes: minutes ?? usual,
        plan: patient,
      }),
    );
  const clock = zoneClock(zone);
  const rows = await db
    .selectFrom('therapists')
    .selectAll()
    .where('clinic', '=', clinic)
    .where('active', '=', true)
    .orderBy('ref')
    .execute();
  const therapists = rows.map(({ ref, disciplines, locations, hours, days_off: daysOff }): Therapist => {
    const own = visits.filter((one) => one.therapist === ref && one.starts_at !== null);
    const seen = own.map(({ starts_at: at, minutes }) => clock.wall(at?.toISOString() ?? '', minutes ?? usual));
    return {
      ref,
      discipline: disciplines[0] ?? 'PT',
      location: locations[0] ?? own.find(({ location }) => location !== null)?.location ?? '',
      hours: hours ?? observedHours(seen),
      daysOff,
    };
  });
  const rooms = await db
    .selectFrom('rooms')
    .select(['ref', 'location', 'equipment'])
    .where('clinic', '=', clinic)
    .where('active', '=', true)
    .orderBy('ref')
    .execute();
  return { zone, therapists, rooms, bookings: [...bookings, ...(await heldBookings(db, clinic, begins))] };
}

function visitsBetween(db: Db, clinic: string, from: Date, to: Date) {
  return db
    .selectFrom('appointments')
    .select(['ref', 'patient', 'therapist', 'room', 'location', 'starts_at', 'minutes', 'status'])
    .where('clinic', '=', clinic)
    .where('status', 'in', ['booked', 'arrived'])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .orderBy('starts_at')
    .orderBy('ref')
    .execute();
}

/** What staff accepted and the schedule does not show yet. */
async function heldBookings(db: Db, clinic: string, from: Date): Promise<Booking[]> {
  const rows = await db
    .selectFrom('series_visits')
    .select(['ref', 'patient', 'therapist', 'room', 'starts_at', 'minutes'])
    .where('clinic', '=', clinic)
    .where('state', '=', 'held')
    .where('starts_at', '>=', from)
    .orderBy('starts_at')
    .execute();
  return rows.map(({ starts_at: at, ...row }) => ({ ...row, start: at.toISOString(), plan: row.patient }));
}
