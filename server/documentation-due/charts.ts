// The charts of a clinic as the due list sees them: days, notes, plans and bookings, by reference and without a word of a record.
import { addDays, dateInZone } from '../../domain/calendar.ts';
import type { DueEpisode } from '../../domain/documentation-due/item.ts';
import type { ChartVisit, VisitNote } from '../../domain/scrub/chart/treatment-days.ts';
import type { Policies } from '../authorizations/policies.ts';
import { inTreatment } from '../care/known-plans.ts';
import type { Db } from '../database/tables.ts';

/** An episode nobody entered, and that no evaluation began, is looked at for so many days. */
const knownBack = 120;
/** How long an episode that has ended may still lack its last document. */
const endedBack = 60;

export interface DueCase {
  readonly patient: string;
  readonly episode: DueEpisode;
  /** Notes drafted here that nobody has signed, by their day. */
  readonly unsigned: ReadonlyMap<string, string>;
  /** Closed sessions, by their day: what would be drafted from. */
  readonly sessions: ReadonlyMap<string, string>;
}

export interface ChartNeeds {
  readonly db: Db;
  readonly policies: Policies;
}

interface Whose {
  readonly patient: string;
  readonly payer: string | null;
  readonly from: string;
  readonly endedOn: string | null;
  readonly plan: ReturnType<typeof planIn>;
}

/** One case for each patient in treatment, and for each whose episode ended lately. */
export async function dueCases(
  { db, policies }: ChartNeeds,
  clinic: string,
  { date: today, zone }: { readonly date: string; readonly zone: string },
): Promise<DueCase[]> {
  const people = await peopleOf(db, clinic, today);
  if (people.length === 0) return [];
  const patients = people.map(({ patient }) => patient);
  const since = people.reduce((first, { from }) => (from < first ? from : first), today);
  const span = { clinic, patients, since, today };
  const treated = await treatedDays(db, span);
  const notes = await notesOf(db, span);
  const own = await ownNotes(db, span, zone);
  const booked = await bookedDays(db, span);
  const heard = await notesHeard(db, clinic, zone);
  const lines = new Map<string, Awaited<ReturnType<Policies['lineOfBusiness']>>>();
  for (const { payer } of people)
    if (payer !== null && !lines.has(payer)) lines.set(payer, await policies.lineOfBusiness(db, clinic, payer, today));
  return people.map(({ patient, payer, from, endedOn, plan }) => {
    const visits = new Map<string, ChartVisit[]>();
    const written = own.get(patient) ?? [];
    const days = treated.get(patient) ?? [];
    for (const { date, note } of [...(notes.get(patient) ?? []), ...written])
      if (date >= from) visits.set(date, [...(visits.get(date) ?? []), { date, note }]);
    for (const { date, session } of days) {
      if (date < from || visits.has(date)) continue;
      // A visit has no note only where notes of that day would be known: of a patient of whom no system tells notes nobody knows.
      const isTold = session !== null || (notes.has(patient) && heard !== null && date < heard);
      visits.set(date, [isTold ? { date, note: null } : { date }]);
    }
    const line = payer === null ? null : (lines.get(payer) ?? null);
    return {
      patient,
      episode: {
        chart: {
          patient,
          payer: payer === null ? null : { id: payer, lineOfBusiness: line === 'unknown' ? null : line },
          planOfCare: plan,
          visits: [...visits.values()].flat(),
        },
        booked: booked.get(patient) ?? [],
        endedOn,
      },
      unsigned: new Map(written.flatMap(({ date, ref, note }) => (note.signedOn === null ? [[date, ref]] : []))),
      sessions: new Map(days.flatMap(({ date, session }) => (session === null ? [] : [[date, session]]))),
    };
  });
}

/** Who is looked at, each from the day their episode began. */
async function peopleOf(db: Db, clinic: string, today: string): Promise<Whose[]> {
  const rows = await db
    .selectFrom('patients as p')
    .leftJoin('care_plans as c', 'c.patient', 'p.ref')
    .leftJoin('plan_certifications as k', (join) =>
      join.onRef('k.patient', '=', 'c.patient').onRef('k.starts_on', '=', 'c.starts_on'),
    )
    .select(['p.ref', 'p.payer', 'c.starts_on', 'c.ends_on', 'k.at', 'k.certified_on', 'k.order_on_file'])
    .select('k.transmitted_on')
    .where('p.clinic', '=', clinic)
    .where((where) =>
      where.or([
        where('p.ref', 'in', inTreatment(db, clinic, today).select('p.ref')),
        where.exists(
          where
            .selectFrom('episodes as e')
            .select('e.ref')
            .whereRef('e.patient', '=', 'p.ref')
            .where((one) =>
              one.or([one('e.ended_on', 'is', null), one('e.ended_on', '>=', addDays(today, -endedBack))]),
            ),
        ),
      ]),
    )
    .orderBy('p.ref')
    .execute();
  const episodes = await newestOf(db, clinic);
  const evaluated = await evaluations(db, clinic, today);
  return rows.map((row) => {
    const episode = episodes.get(row.ref);
    const from = episode?.began_on ?? evaluated.get(row.ref) ?? row.starts_on ?? addDays(today, -knownBack);
    return { patient: row.ref, payer: row.payer, from, endedOn: episode?.ended_on ?? null, plan: planIn(row) };
  });
}

interface PlanRow {
  readonly starts_on: string | null;
  readonly ends_on: string | null;
  readonly at: Date | null;
  readonly certified_on: string | null;
  readonly order_on_file: boolean | null;
  readonly transmitted_on: string | null;
}

/** What nobody recorded is absent: not known; what was recorded without a date is not there. */
function planIn({ starts_on: start, ends_on: end, ...row }: PlanRow) {
  if (start === null) return null;
  if (row.at === null) return { start, end };
  return {
    start,
    end,
    certifiedOn: row.certified_on,
    orderOnFile: row.order_on_file,
    transmittedOn: row.transmitted_on,
  };
}

/** By patient: the episode that goes on, else the one that ended last. */
async function newestOf(db: Db, clinic: string) {
  const rows = await db
    .selectFrom('episodes')
    .select(['patient', 'began_on', 'ended_on'])
    .distinctOn('patient')
    .where('clinic', '=', clinic)
    .orderBy('patient')
    .orderBy('ended_on', (order) => order.desc().nullsFirst())
    .execute();
  return new Map(rows.map((row) => [row.patient, row]));
}

async function evaluations(db: Db, clinic: string, today: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('visit_notes')
    .select((one) => ['patient', one.fn.max('date').as('date')])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'evaluation')
    .where('date', '<=', today)
    .groupBy('patient')
    .execute();
  return new Map(rows.map(({ patient, date }) => [patient, date]));
}

interface Span {
  readonly clinic: string;
  readonly patients: readonly string[];
  readonly since: string;
  readonly today: string;
}

/** Kept visits, closed sessions and days with charges. */
async function treatedDays(db: Db, { clinic, patients, since, today }: Span) {
  const rows = await db
    .selectFrom('appointments as a')
    .leftJoin('session_records as s', (join) => join.onRef('s.appointment', '=', 'a.ref').on('s.state', '=', 'closed'))
    .select(['a.patient', 'a.date', 's.ref as session'])
    .where('a.clinic', '=', clinic)
    .where('a.patient', 'in', patients)
    .where('a.date', '>=', since)
    .where('a.date', '<=', today)
    .where((where) => where.or([where('a.status', '=', 'arrived'), where('s.ref', 'is not', null)]))
    .union(
      db
        .selectFrom('visit_charges as c')
        .select((one) => ['c.patient', 'c.date', one.val<string | null>(null).as('session')])
        .where('c.clinic', '=', clinic)
        .where('c.patient', 'in', patients)
        .where('c.date', '>=', since)
        .where('c.date', '<=', today),
    )
    .execute();
  const days = new Map<string, { date: string; session: string | null }[]>();
  // A day with a session first: what is known of it says more.
  for (const { patient, date, session } of rows.sort((one, other) =>
    other.session === null ? -1 : one.session === null ? 1 : 0,
  ))
    add(days, patient, { date, session });
  return days;
}

/** Imported notes; what another system calls neither of the kinds is no note of a treatment. */
async function notesOf(db: Db, { clinic, patients, since, today }: Span) {
  const rows = await db
    .selectFrom('visit_notes')
    .select(['patient', 'date', 'kind', 'signed_on'])
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('date', '>=', since)
    .where('date', '<=', today)
    .where('kind', '<>', 'other')
    .orderBy('date')
    .execute();
  const notes = new Map<string, { date: string; note: VisitNote }[]>();
  for (const { patient, date, kind, signed_on: signedOn } of rows)
    if (kind !== 'other') add(notes, patient, { date, note: { kind, signedOn } });
  return notes;
}

const notesOfTreatment = ['evaluation', 'daily', 'progress', 'recertification', 'discharge'] as const;

/** Notes written here; one that waits for a second signature is not signed. */
async function ownNotes(db: Db, { clinic, patients, since, today }: Span, zone: string) {
  const rows = await db
    .selectFrom('notes as n')
    .leftJoin('note_versions as v', (join) => join.onRef('v.note', '=', 'n.ref').on('v.version', '=', 1))
    .select(['n.ref', 'n.patient', 'n.date', 'n.kind', 'n.state', 'v.signed_at', 'v.credential'])
    .where('n.clinic', '=', clinic)
    .where('n.patient', 'in', patients)
    .where('n.date', '>=', since)
    .where('n.date', '<=', today)
    .where('n.state', '<>', 'discarded')
    .orderBy('n.date')
    .execute();
  const notes = new Map<string, { date: string; ref: string; note: VisitNote }[]>();
  for (const { ref, patient, date, kind: told, state, signed_at: at, credential } of rows) {
    const kind = notesOfTreatment.find((one) => one === told);
    if (kind === undefined) continue;
    const isSigned = at !== null && (state === 'signed' || state === 'filed');
    const signedOn = isSigned ? dateInZone(at.toISOString(), zone) : null;
    add(notes, patient, { date, ref, note: { kind, signedOn, credential } });
  }
  return notes;
}

async function bookedDays(db: Db, { clinic, patients, today }: Span) {
  const rows = await db
    .selectFrom('appointments')
    .select(['patient', 'date'])
    .distinct()
    .where('clinic', '=', clinic)
    .where('patient', 'in', patients)
    .where('date', '>', today)
    .where('status', '=', 'booked')
    .orderBy('date')
    .execute();
  const days = new Map<string, string[]>();
  for (const { patient, date } of rows) add(days, patient, date);
  return days;
}

/** The day on which notes of other systems were last told; null: no system tells any. */
async function notesHeard(db: Db, clinic: string, zone: string): Promise<string | null> {
  const row = await db
    .selectFrom('visit_notes')
    .select((one) => one.fn.max('updated_at').as('at'))
    .where('clinic', '=', clinic)
    .executeTakeFirst();
  return row?.at ? dateInZone(row.at.toISOString(), zone) : null;
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
