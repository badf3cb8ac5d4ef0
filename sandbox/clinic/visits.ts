// The schedule: eight weeks behind, six ahead, with the arrivals, cancellations and no-shows of a usual clinic.
import type { AppointmentStatus } from '../../domain/appointment/schema.ts';
import type { Random } from '../random.ts';
import { addDays, mondayOf } from './calendar.ts';
import { firstWeek, lastWeek } from './cast.ts';
import type { Role } from './cast.ts';
import type { ClinicVisit } from './model.ts';
import { therapists } from './people.ts';

/** Days around today without a visit of a patient whose authorization knows a longest gap. */
const gapBefore = 13;
const gapAfter = 12;

function statusOn(date: string, today: string, first: boolean, random: Random): AppointmentStatus {
  const future = date >= today;
  if (random.chance(future ? 2 : 7) && !first) return 'cancelled';
  if (future) return 'booked';
  return random.chance(5) && !first ? 'missed' : 'arrived';
}

function dates(role: Role, today: string): string[] {
  const monday = mondayOf(today);
  const all: string[] = [];
  for (let week = Math.max(firstWeek, role.firstWeek); week <= Math.min(lastWeek, role.lastWeek); week += 1) {
    for (const weekday of role.weekdays) {
      // Two a week until now, three from now on: the booking outruns the week limit.
      if (role.condition === 'weekLimit' && weekday === 4 && week < 0) continue;
      all.push(addDays(monday, week * 7 + weekday));
    }
  }
  if (role.condition === 'gap')
    return all.filter((date) => date < addDays(today, -gapBefore) || date > addDays(today, gapAfter));
  // One evaluation behind, the plan ahead.
  if (role.condition === 'initialNeeded') {
    const past = all.filter((date) => date < today).slice(-1);
    return [...past, ...all.filter((date) => date >= today)];
  }
  return all;
}

/** Each therapist has a room, and 45 minutes for a visit. */
function placeOf({ therapist }: Role): Pick<ClinicVisit, 'therapist' | 'room' | 'location' | 'minutes'> {
  const { name } = therapists[therapist] ?? therapists[0];
  return { therapist: { id: null, name }, room: `Room ${therapist + 1}`, location: null, minutes: 45 };
}

/** The booked evaluation of somebody new. */
export function firstVisit(role: Role, recordNumber: string, date: string): ClinicVisit {
  return {
    appointmentId: `${80_000 + role.index * 100}`,
    recordNumber,
    date,
    time: role.time,
    status: 'booked',
    type: 'PT Initial Evaluation',
    units: null,
    ...placeOf(role),
  };
}

/** The visits of one patient in order; `unitsPerVisit` are timed and untimed units as planned. */
export function visitsOf(
  role: Role,
  recordNumber: string,
  unitsPerVisit: number,
  today: string,
  random: Random,
): ClinicVisit[] {
  return dates(role, today).map((date, at) => {
    const status = statusOn(date, today, at === 0, random);
    const type = at === 0 ? 'PT Initial Evaluation' : at % 10 === 9 ? 'PT Progress Note' : 'PT Treatment';
    return {
      appointmentId: `${80_000 + role.index * 100 + at}`,
      recordNumber,
      date,
      time: role.time,
      status,
      type,
      units: status === 'cancelled' || status === 'missed' ? null : unitsPerVisit,
      ...placeOf(role),
    };
  });
}
