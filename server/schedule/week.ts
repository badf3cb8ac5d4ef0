// One week of the schedule as staff see it: what is booked, what is held, what is proposed, each with the patient's name.
import { addDays, dateOf, dayNumber, weekStart } from '../../domain/calendar.ts';
import { clockOf, zoneClock } from '../../domain/schedule/clock.ts';
import { namesOf } from '../authorizations/views.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { conflictsAhead } from './conflicts.ts';
import { dayOf } from './needs.ts';
import type { ScheduleNeeds } from './needs.ts';
import { midnight, pictureOf } from './picture.ts';
import { staffOf } from './staff.ts';

const view = { purpose: 'schedule.week', action: 'schedule.viewed' };

/** @param of `YYYY-MM-DD`: any day of the week; null: the present one */
export async function weekOf(needs: ScheduleNeeds, clinic: string, of: string | null, by: SessionPrincipal) {
  const { db } = needs;
  const { zone, today, rule } = await dayOf(needs, db, clinic);
  const monday = weekStart(of ?? today);
  const [from, to] = [midnight(monday, zone), midnight(addDays(monday, 7), zone)];
  const picture = await pictureOf(db, clinic, {
    zone,
    today,
    to: addDays(monday, 7),
    assumedMinutes: rule.assumedMinutes,
  });
  const rows = [...(await bookedIn(needs, clinic, from, to)), ...(await seriesVisitsIn(needs, clinic, from, to))];
  const series = await openSeries(needs, clinic);
  const names = await namesOf(
    needs.vault,
    clinic,
    [...rows, ...series].map(({ patient }) => patient),
    by,
    view,
  );
  const clock = zoneClock(zone);
  const { therapists, rooms } = await staffOf(db, clinic);
  const hours = new Map(picture.therapists.map((one) => [one.ref, one.hours]));
  return {
    zone,
    today,
    monday,
    grainMinutes: rule.grainMinutes,
    days: Array.from({ length: 7 }, (_, index) => dayNumber(monday) + index).map((day) => ({
      date: dateOf(day),
      changesClock: clock.changesOn(day),
    })),
    therapists: therapists
      .filter(({ active }) => active)
      .map(({ therapist, name, hours: said, daysOff }) => ({
        therapist,
        name,
        hours: hours.get(therapist) ?? [],
        hoursSaid: said !== null,
        daysOff,
      })),
    rooms: rooms.filter(({ active }) => active).map(({ room, name, location }) => ({ room, name, location })),
    visits: rows.map(({ starts_at: at, minutes, ...row }) => {
      const length = minutes ?? rule.assumedMinutes;
      const wall = clock.wall(at.toISOString(), length);
      return {
        ...row,
        name: names.get(row.patient) ?? null,
        startsAt: at.toISOString(),
        date: wall.date,
        time: clockOf(wall.from),
        minutes,
        from: wall.from,
        to: Math.min(1440, Math.max(wall.to, wall.from + rule.grainMinutes)),
      };
    }),
    series: series.map((one) => ({ ...one, name: names.get(one.patient) ?? null })),
  };
}

/** Conflicts of the days ahead with the names of whom they are about. */
export async function namedConflicts(needs: ScheduleNeeds, clinic: string, by: SessionPrincipal) {
  const found = await conflictsAhead(needs, needs.db, clinic);
  const patients = found.conflicts.flatMap(({ patient }) => patient ?? []);
  const names = await namesOf(needs.vault, clinic, patients, by, view);
  return {
    ...found,
    conflicts: found.conflicts.map((one) => ({ ...one, name: names.get(one.patient ?? '') ?? null })),
  };
}

async function bookedIn({ db }: ScheduleNeeds, clinic: string, from: Date, to: Date) {
  const rows = await db
    .selectFrom('appointments')
    .select(['ref', 'patient', 'therapist', 'room', 'minutes', 'status', 'kind', 'starts_at'])
    .where('clinic', '=', clinic)
    .where('status', 'in', ['booked', 'arrived'])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .orderBy('starts_at')
    .orderBy('ref')
    .execute();
  return rows.flatMap(({ ref, starts_at: at, ...row }) =>
    at === null
      ? []
      : [{ ...row, visit: ref, starts_at: at, state: 'booked' as const, series: null, notes: [] as readonly string[] }],
  );
}

async function seriesVisitsIn({ db }: ScheduleNeeds, clinic: string, from: Date, to: Date) {
  const rows = await db
    .selectFrom('series_visits')
    .select(['ref', 'series', 'patient', 'therapist', 'room', 'minutes', 'state', 'notes', 'starts_at'])
    .where('clinic', '=', clinic)
    .where('state', 'in', ['proposed', 'held'])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .orderBy('starts_at')
    .orderBy('ref')
    .execute();
  return rows.map(({ ref, ...row }) => ({ ...row, visit: ref, status: 'booked' as const, kind: null }));
}

/** Proposals that wait for staff: where their visits lie, what found no place, how near the best they are. */
async function openSeries({ db }: ScheduleNeeds, clinic: string) {
  const rows = await db
    .selectFrom('series as s')
    .innerJoin('work_item_revisions as r', (join) =>
      join.onRef('r.work_item', '=', 's.work_item').onRef('r.number', '=', 's.revision'),
    )
    .select(['s.ref', 's.patient', 's.revision', 's.work_item', 's.gap', 's.unplaced', 'r.hash'])
    .where('s.clinic', '=', clinic)
    .where('s.state', '=', 'proposed')
    .orderBy('s.at')
    .execute();
  const visits =
    rows.length === 0
      ? []
      : await db
          .selectFrom('series_visits')
          .select(['series', 'starts_at'])
          .where('clinic', '=', clinic)
          .where('state', '=', 'proposed')
          .orderBy('starts_at')
          .execute();
  return rows.map(({ ref, work_item: workItem, ...row }) => {
    const own = visits.filter((one) => one.series === ref);
    return { ...row, series: ref, workItem, visits: own.length, firstAt: own[0]?.starts_at.toISOString() ?? null };
  });
}
