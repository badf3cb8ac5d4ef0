// The schedule as the development server tells it: a week with a series to look through, checked by the rules that the server has.
import { addDays, dateInZone, dayNumber, weekStart } from '../../domain/calendar.ts';
import { breaksOf } from '../../domain/schedule/breaks.ts';
import { clockOf, minuteOf, zoneClock } from '../../domain/schedule/clock.ts';
import { conflictsOf } from '../../domain/schedule/conflicts.ts';
import type { SeriesRule } from '../../domain/series/book-schema.ts';
import type { Booking, Clinic, Plan } from '../../domain/series/plan.ts';
import type { OpenSeries, ScheduleStaff, ScheduleWeek, WeekVisit } from '../schedule.ts';
import { ok, refused } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import { patients, zone } from './people.ts';

const weekdays = [0, 1, 2, 3, 4];
const clock = zoneClock(zone);
const series = 'ser_demo000000000000001';
const patient = 'pat_demo0000000000000009';
export const scheduleItem = 'wi_demoSeries000000001';

/** As in rules/scheduling/series.json; the console reads no files. */
const rule: SeriesRule = {
  id: 'series/demo',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  grainMinutes: 15,
  points: {
    visit: 1000,
    priority: { urgent: 300, soon: 150, routine: 0 },
    otherTherapist: -60,
    hourFromUsual: -10,
    hoursFromUsualMost: -40,
    needlessEquipment: -20,
    source: 'demo',
  },
  search: { rounds: 80, gap: 0.002, seconds: 20, plansAtOnce: 10, secondsAtOnce: 2, source: 'demo' },
  assumedMinutes: 45,
  assumedSource: 'demo',
  proposeWeeks: 6,
  proposeWeeksSource: 'demo',
  lookAheadDays: 14,
  lookAheadSource: 'demo',
};

export interface DevSchedule {
  get(path: string, url: URL): Answer | null;
  post(path: string, body: Body): Answer | null;
}

/** The week after the present one is laid out: what lies ahead can be moved whatever day it is. */
export function makeSchedule(now: Date): DevSchedule {
  const today = dateInZone(now.toISOString(), zone);
  const monday = addDays(weekStart(today), 7);
  const staff = staffOf();
  const booked = bookedVisits(monday);
  const proposed = new Map(proposedVisits(monday).map((one) => [one.ref, one]));
  let [revision, state]: [number, 'proposed' | 'accepted'] = [1, 'proposed'];
  const picture: Clinic = {
    zone,
    therapists: staff.therapists.map(({ therapist, hours, daysOff }) => ({
      ref: therapist,
      discipline: 'PT',
      location: '',
      hours: hours ?? [],
      daysOff,
    })),
    rooms: staff.rooms.map(({ room, equipment }) => ({ ref: room, location: '', equipment })),
    bookings: booked,
  };
  const plan = planOf(monday);
  const breaks = (visit: Booking) =>
    breaksOf(picture, plan, [visit, ...[...proposed.values()].filter(({ ref }) => ref !== visit.ref)], rule, today);
  const week = (of: string | null): ScheduleWeek => {
    const first = weekStart(of ?? monday);
    const visits = [
      ...booked.map((one) => shown(one, 'booked')),
      ...[...proposed.values()].map((one) => shown(one, state === 'proposed' ? 'proposed' : 'held')),
    ];
    return {
      zone,
      today,
      monday: first,
      grainMinutes: 15,
      days: Array.from({ length: 7 }, (_, day) => ({
        date: addDays(first, day),
        changesClock: clock.changesOn(dayNumber(addDays(first, day))),
      })),
      therapists: picture.therapists.map(({ ref, hours, daysOff }) => ({
        therapist: ref,
        name: staff.therapists.find(({ therapist }) => therapist === ref)?.name ?? null,
        hours,
        hoursSaid: true,
        daysOff,
      })),
      rooms: staff.rooms,
      visits: visits.filter(({ date }) => date >= first && date < addDays(first, 7)),
      series: state === 'proposed' ? [openSeries(monday, revision, [...proposed.values()])] : [],
    };
  };
  const change = (id: string, deed: string, body: Body): Answer => {
    const visit = proposed.get(id);
    if (visit === undefined) return refused(404, 'reference.unknown', 'The series has no such proposed visit.');
    if (deed !== 'check' && body['revision'] !== revision)
      return refused(409, 'state.conflict', 'Somebody changed the series meanwhile.', 'Read it again.');
    if (deed === 'remove') proposed.delete(id);
    else {
      const to = { ...visit, ...placeIn(body, visit) };
      const found = breaks(to);
      if (deed === 'check') return ok({ breaks: found });
      const against = found.find(({ isDouble }) => isDouble) ?? (body['knowing'] === true ? undefined : found[0]);
      if (against !== undefined) return refused(409, 'state.conflict', `${against.words}.`);
      proposed.set(id, to);
    }
    revision += 1;
    return ok({ revision });
  };
  return {
    get(path, url) {
      if (path === 'schedule/week') return ok(week(url.searchParams.get('of')));
      if (path === 'schedule/staff') return ok(staff);
      if (path === 'schedule/conflicts') return ok({ conflicts: conflictsIn(picture, today) });
      return /^schedule\/patients\/\w+\/times$/.test(path) ? ok({ times: null }) : null;
    },
    post(path, body) {
      const [, id = '', deed = ''] = /^schedule\/series\/\w+\/visits\/(\w+)\/(check|move|remove)$/.exec(path) ?? [];
      if (id !== '') return change(id, deed, body);
      if (path === `work-items/${scheduleItem}/decisions`) {
        state = 'accepted';
        return ok({ decision: body['decision'] });
      }
      return path.startsWith('schedule/') ? ok({}) : null;
    },
  };
}

function placeIn(body: Body, visit: Booking): Pick<Booking, 'start' | 'therapist' | 'room'> {
  const text = (name: string): string | null => (typeof body[name] === 'string' ? body[name] : null);
  const at = clock.instant(dayNumber(text('date') ?? ''), minuteOf(text('time') ?? '00:00'));
  return {
    start: at ?? visit.start,
    therapist: text('therapist') ?? visit.therapist,
    room: text('room') ?? visit.room,
  };
}

function staffOf(): ScheduleStaff {
  const hours = weekdays.map((weekday) => ({ weekday, from: '08:00', to: '16:00' }));
  const person = { skills: ['vestibular'], locations: [], hours, daysOff: [], active: true, revision: 1 };
  const room = { location: '', equipment: [], active: true, revision: 1 };
  return {
    therapists: [
      { therapist: 'thr_demo1', name: 'Dana Quill', ...person },
      { therapist: 'thr_demo2', name: 'Teo Marsh', ...person, skills: [], hours: null },
    ],
    rooms: [
      { room: 'room_demo1', name: 'Room 1', ...room },
      { room: 'room_demo2', name: 'Gym', ...room, equipment: ['treadmill'] },
    ],
  };
}

function at(day: string, time: string): string {
  return clock.instant(dayNumber(day), minuteOf(time)) ?? '';
}

/** Four a day with one therapist; on Wednesday two of them at once. */
function bookedVisits(monday: string): Booking[] {
  const visits: Booking[] = [];
  for (const day of weekdays)
    for (const [place, time] of ['08:00', '09:30', '11:00', '13:30'].entries())
      visits.push(visitOf(visits.length, addDays(monday, day), time, (day + place) % 8));
  visits.push(visitOf(visits.length, addDays(monday, 2), '09:45', 7));
  return visits;
}

const visitOf = (place: number, day: string, time: string, who: number): Booking => ({
  ref: `appt_demo${String(place).padStart(3, '0')}`,
  patient: `pat_demo000000000000000${who}`,
  therapist: 'thr_demo1',
  room: 'room_demo1',
  start: at(day, time),
  minutes: 45,
  plan: null,
});

function proposedVisits(monday: string): Booking[] {
  return [0, 2, 4].map((day, place) => ({
    ref: `pv_demo${place}`,
    patient,
    therapist: 'thr_demo1',
    room: 'room_demo2',
    start: at(addDays(monday, day), '14:30'),
    minutes: 45,
    plan: patient,
  }));
}

function planOf(monday: string): Plan {
  return {
    ref: patient,
    patient,
    discipline: 'PT',
    minutes: 45,
    from: monday,
    to: null,
    visitsPerWeek: [4],
    daysApart: 2,
    therapists: null,
    wantedTherapist: 'thr_demo1',
    locations: null,
    equipment: [],
    times: null,
    usualTime: '14:30',
    priority: 'routine',
    authorization: { required: false, from: null, to: null },
    authorizationVisitsFree: null,
    benefitVisitsFree: 'unlimited',
  };
}

const nameOf = (of: string | null): string | null => {
  const [given, family] = patients[Number(of?.slice(-1) ?? 0)] ?? [];
  return given === undefined ? null : `${family ?? ''}, ${given}`;
};

function shown(one: Booking, state: WeekVisit['state']): WeekVisit {
  const wall = clock.wall(one.start, one.minutes);
  return {
    visit: one.ref,
    series: state === 'booked' ? null : series,
    state,
    patient: one.patient ?? '',
    name: nameOf(one.patient),
    therapist: one.therapist,
    room: one.room,
    date: wall.date,
    time: clockOf(wall.from),
    minutes: one.minutes,
    from: wall.from,
    to: wall.to,
    kind: 'visit',
    notes: state === 'proposed' ? ['Nobody asked at what times the patient can come'] : [],
  };
}

function openSeries(monday: string, revision: number, visits: readonly Booking[]): OpenSeries {
  const [reason] = [{ rule: 'series.days-apart' as const, words: 'The week has too few days for so many visits' }];
  return {
    series,
    patient,
    name: nameOf(patient),
    revision,
    workItem: scheduleItem,
    hash: `sha256:demo${revision}`,
    gap: 0,
    visits: visits.length,
    firstAt: visits.map(({ start }) => start).sort()[0] ?? null,
    unplaced: [{ plan: patient, patient, week: monday, wanted: 4, missing: 1, reasons: [reason] }],
  };
}

function conflictsIn(picture: Clinic, today: string) {
  return conflictsOf(picture, [], rule, today).map((one) => ({
    ...one,
    id: one.appointments.join(' '),
    patient: null,
    name: nameOf(picture.bookings.find(({ ref }) => ref === one.appointments[0])?.patient ?? null),
  }));
}
