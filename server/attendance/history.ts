// A clinic's own visits as the models of attendance take them: by reference, with what was known of each before its day.
import type { Episode } from '../../domain/attendance/drop-out.ts';
import type { AttendedVisit } from '../../domain/attendance/no-show.ts';
import { dateInZone, daysBetween } from '../../domain/calendar.ts';
import { localTime } from '../../domain/zoned-time.ts';
import type { Db } from '../database/tables.ts';

export interface HistoryVisit extends AttendedVisit {
  readonly visit: string;
  readonly startsAt: string | null;
}

/** A visit that a later import brought was booked between the two; of what the first one brought nobody knows. */
const firstImportMinutes = 60;

/** Every visit of the clinic, or of some of its patients, oldest first. */
export async function visitsOf(
  db: Db,
  clinic: string,
  zone: string,
  patients: readonly string[] | null = null,
): Promise<HistoryVisit[]> {
  if (patients?.length === 0) return [];
  const booked = db
    .selectFrom('record_changes')
    .select(({ fn }) => ['ref', 'connection', fn.min('at').as('at')])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'appointments')
    .where('change', '=', 'added')
    .groupBy(['ref', 'connection'])
    .as('b');
  const begun = db
    .selectFrom('record_changes')
    .select(({ fn }) => ['connection', fn.min('at').as('at')])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'appointments')
    .groupBy('connection')
    .as('f');
  let query = db
    .selectFrom('appointments as a')
    .leftJoin(booked, 'b.ref', 'a.ref')
    .leftJoin(begun, 'f.connection', 'b.connection')
    .leftJoin('messages as m', (join) =>
      join
        .onRef('m.about', '=', 'a.ref')
        .onRef('m.about_at', '=', 'a.starts_at')
        .on('m.key', 'like', 'visit.reminder/%'),
    )
    .select(['a.ref as visit', 'a.patient', 'a.date', 'a.starts_at', 'a.status', 'b.at as known', 'f.at as begun'])
    .select(['m.answer', 'm.ending'])
    .where('a.clinic', '=', clinic);
  if (patients !== null) query = query.where('a.patient', 'in', [...patients]);
  const rows = await query.orderBy('a.date').orderBy('a.starts_at').orderBy('a.ref').execute();
  return rows.map((row) => ({
    visit: row.visit,
    patient: row.patient,
    date: row.date,
    startsAt: row.starts_at?.toISOString() ?? null,
    minute: row.starts_at === null ? null : minuteOf(localTime(row.starts_at, zone)),
    bookedOn: bookedOn(row.known, row.begun, zone),
    confirmed: confirmed(row.answer, row.ending),
    outcome: outcomes[row.status],
  }));
}

function minuteOf(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}

function bookedOn(known: Date | null, begun: Date | null, zone: string): string | null {
  if (known === null || begun === null || known.getTime() - begun.getTime() < firstImportMinutes * 60_000) return null;
  return dateInZone(known.toISOString(), zone);
}

/** Whom a reminder reached and who said nothing did not confirm; whom none reached, nobody knows of. */
function confirmed(answer: string | null, ending: string | null): boolean | null {
  if (answer !== null) return answer === 'yes';
  return ending === 'delivered' || ending === 'sent' ? false : null;
}

/** A booked visit of the past that nobody has marked is neither kept nor missed. */
const outcomes = { booked: 'ahead', arrived: 'kept', missed: 'missed', cancelled: 'cancelled' } as const;

/**
 * The visits of each patient as one run of care, with the discharge as a note or a therapist's decision told it.
 * Null: nobody ever told of a discharge, so that nobody can tell the end of care from staying away.
 */
export async function episodesOf(
  db: Db,
  clinic: string,
  visits: readonly HistoryVisit[],
  zone: string,
): Promise<readonly Episode[] | null> {
  const discharges = await dischargesOf(db, clinic, zone);
  if (discharges.size === 0) return null;
  const exercises = await exercisesOf(db, clinic);
  const planned = await plannedOf(db, clinic);
  return [...Map.groupBy(visits, ({ patient }) => patient)].map(([patient, its]) => ({
    ref: patient,
    patient,
    visits: its.map(({ date, outcome }) => ({ date, outcome })),
    dischargedOn: discharges.get(patient) ?? null,
    plannedVisits: planned.get(patient) ?? null,
    exercises: exercises.get(patient) ?? null,
  }));
}

/** The latest day on which a patient was discharged: by a note, by the end of a plan, by a decision about missed visits. */
async function dischargesOf(db: Db, clinic: string, zone: string): Promise<ReadonlyMap<string, string>> {
  const notes = await db
    .selectFrom('visit_notes')
    .select(['patient', 'date'])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'discharge')
    .execute();
  const plans = await db
    .selectFrom('plan_decisions')
    .select(['patient', 'ends_on as date'])
    .where('clinic', '=', clinic)
    .where('decision', 'in', ['ends', 'fewer'])
    .execute();
  const decided = await db
    .selectFrom('work_items as w')
    .innerJoin('work_item_decisions as d', 'd.work_item', 'w.id')
    .select(['w.subject as patient', 'd.at'])
    .where('w.clinic', '=', clinic)
    .where('w.kind', 'in', ['patient.missedSeveral', 'patient.checkIn'])
    .where('d.decision', '=', 'discharge')
    .where('d.state', '=', 'accepted')
    .execute();
  const days = [
    ...notes,
    ...plans,
    ...decided.map(({ patient, at }) => ({ patient, date: dateInZone(at.toISOString(), zone) })),
  ];
  const latest = new Map<string, string>();
  for (const { patient, date } of days) if (date > (latest.get(patient) ?? '')) latest.set(patient, date);
  return latest;
}

/** Visits that the plans of care ask for, where they name both a frequency and a last day. */
async function plannedOf(db: Db, clinic: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('care_plans')
    .select(['patient', 'starts_on', 'ends_on', 'visits_per_week'])
    .where('clinic', '=', clinic)
    .execute();
  return new Map(
    rows.flatMap(({ patient, starts_on: from, ends_on: to, visits_per_week: perWeek }): [string, number][] =>
      from === null || to === null || perWeek === null
        ? []
        : [[patient, perWeek * Math.ceil((daysBetween(from, to) + 1) / 7)]],
    ),
  );
}

/** Days of which a patient said whether they did the exercises; of a day without an answer nobody knows. */
async function exercisesOf(
  db: Db,
  clinic: string,
): Promise<ReadonlyMap<string, readonly { readonly date: string; readonly done: boolean }[]>> {
  const rows = await db
    .selectFrom('exercise_answers as e')
    .innerJoin('exercise_programs as p', 'p.ref', 'e.program')
    .select(['p.patient', 'e.day as date', 'e.done'])
    .where('e.clinic', '=', clinic)
    .orderBy('e.day')
    .execute();
  return Map.groupBy(
    rows.map(({ patient, date, done }) => ({ patient, date, done: done !== 'not' })),
    ({ patient }) => patient,
  );
}
