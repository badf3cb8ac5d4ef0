// The waitlist as a signed-in person sees it: names beside references, read for this view and written down as read.
import { ledger } from '../../domain/waitlist/ledger.ts';
import { namesOf } from '../authorizations/views.ts';
import type { Db } from '../database/tables.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { entriesOf } from './entries.ts';
import { slotRow } from './needs.ts';
import type { SlotRow, WaitlistNeeds } from './needs.ts';

const view = { purpose: 'waitlist.review', action: 'waitlist.viewed' };
const mostPatients = 5000;

/** Who treats, by reference; a therapist whose name nobody has written is not among them. */
async function therapistNames(db: Db, clinic: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('therapists').select(['ref', 'name']).where('clinic', '=', clinic).execute();
  return new Map(rows.flatMap(({ ref, name }): [string, string][] => (name === null ? [] : [[ref, name]])));
}

/** Those who wait, the longest wait first, and the cancelled visits that staff have yet to describe. */
export async function waitingPage(needs: WaitlistNeeds, clinic: string, by: SessionPrincipal) {
  const entries = await entriesOf(needs.db, clinic);
  const questions = await openQuestions(needs.db, clinic);
  const patients = [...entries, ...questions].map(({ patient }) => patient);
  const names = await namesOf(needs.vault, clinic, patients, by, view);
  const therapists = await therapistNames(needs.db, clinic);
  const visits = await visitTimes(
    needs.db,
    clinic,
    entries.flatMap(({ replaces }) => replaces ?? []),
  );
  return {
    entries: entries.map((entry) => ({
      ...entry,
      patientName: names.get(entry.patient) ?? null,
      therapistNames: entry.wishes.therapists?.map((ref) => therapists.get(ref) ?? null) ?? null,
      replacesAt: entry.replaces === null ? null : (visits.get(entry.replaces) ?? null),
    })),
    questions: questions.map((one) => ({ ...one, patientName: names.get(one.patient) ?? null })),
  };
}

async function visitTimes(db: Db, clinic: string, refs: readonly string[]): Promise<Map<string, string>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('appointments')
    .select(['ref', 'date', 'starts_at'])
    .where('clinic', '=', clinic)
    .where('ref', 'in', refs)
    .execute();
  return new Map(rows.map(({ ref, date, starts_at: at }) => [ref, at?.toISOString() ?? date]));
}

async function openQuestions(db: Db, clinic: string) {
  const rows = await db
    .selectFrom('work_items')
    .select(['id', 'subject', 'context'])
    .where('clinic', '=', clinic)
    .where('kind', '=', 'waitlist.facts')
    .where('status', '=', 'open')
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  const visits = await visitTimes(
    db,
    clinic,
    rows.map(({ context }) => String(context['appointment'])),
  );
  return rows.map(({ id, subject, context }) => {
    const appointment = String(context['appointment']);
    const missing: unknown = context['missing'];
    return {
      workItem: id,
      appointment,
      patient: subject,
      at: visits.get(appointment) ?? null,
      missing: Array.isArray(missing) ? missing.map(String) : [],
    };
  });
}

/** Slots whose visit lies ahead, the next one first, with who is asked and until when. */
export async function slotsPage(needs: WaitlistNeeds, clinic: string, by: SessionPrincipal) {
  const rows = await needs.db.selectFrom('freed_slots').selectAll().where('clinic', '=', clinic).execute();
  const ahead = rows
    .filter(({ facts }) => Date.parse(facts.start) > needs.now().getTime())
    .sort((one, other) => Date.parse(one.facts.start) - Date.parse(other.facts.start));
  const named = ahead.flatMap(({ state }) => state.offers.map(({ patient }) => patient));
  const names = await namesOf(needs.vault, clinic, named, by, view);
  const therapists = await therapistNames(needs.db, clinic);
  return ahead.map((row) => shownSlot(row, names, therapists));
}

function shownSlot(row: SlotRow, names: ReadonlyMap<string, string>, therapists: ReadonlyMap<string, string>) {
  const { ref, facts, phase, state, ranking } = row;
  const winner = state.offers.find(({ id }) => id === state.winner)?.patient ?? null;
  const told = new Set([...state.offers, ...state.queue].map(({ entry }) => entry));
  return {
    slot: ref,
    start: facts.start,
    minutes: facts.minutes,
    therapist: therapists.get(facts.therapist) ?? null,
    discipline: facts.discipline,
    location: facts.location,
    equipment: facts.equipment,
    phase,
    winner: winner === null ? null : (names.get(winner) ?? null),
    open: state.offers
      .filter(({ outcome }) => outcome === 'open')
      .map(({ patient, until }) => ({ patientName: names.get(patient) ?? null, until })),
    asked: state.offers.length,
    toAsk: state.queue.length,
    needStaff: ranking.lines.filter(({ eligible, entry }) => eligible === 'confirm' && !told.has(entry)).length,
    waitsUntil: state.waitsUntil,
  };
}

/** The whole story of a slot: a line for each who waited, with the name, the offer and "why not me" in words. */
export async function ledgerPage(needs: WaitlistNeeds, clinic: string, ref: string, by: SessionPrincipal) {
  const row = await slotRow(needs.db, clinic, ref);
  const { ranking, state } = row;
  const offers = await needs.db.selectFrom('slot_offers').select(['ref', 'entry']).where('slot', '=', ref).execute();
  const offerOf = new Map(offers.map((one) => [one.entry, one.ref]));
  const lines = ledger(ranking, state);
  const names = await namesOf(
    needs.vault,
    clinic,
    lines.map(({ patient }) => patient),
    by,
    view,
  );
  const therapists = await therapistNames(needs.db, clinic);
  const queued = new Set(state.queue.map(({ entry }) => entry));
  return {
    ...shownSlot(row, names, therapists),
    rule: ranking.rule,
    rankedAt: ranking.at,
    lines: lines.map((line) => ({
      ...line,
      patientName: names.get(line.patient) ?? null,
      offerRef: offerOf.get(line.entry) ?? null,
      queued: queued.has(line.entry),
    })),
  };
}

/** What the forms offer: patients by name, therapists, and the places and equipment that the clinic's rooms have. */
export async function waitlistChoices(needs: WaitlistNeeds, clinic: string, by: SessionPrincipal) {
  const { db } = needs;
  const patients = await db
    .selectFrom('patients')
    .select('ref')
    .where('clinic', '=', clinic)
    .orderBy('ref')
    .limit(mostPatients)
    .execute();
  const names = await namesOf(
    needs.vault,
    clinic,
    patients.map(({ ref }) => ref),
    by,
    view,
  );
  const therapists = await db
    .selectFrom('therapists')
    .select(['ref', 'name', 'disciplines'])
    .where('clinic', '=', clinic)
    .where('active', '=', true)
    .orderBy('name')
    .orderBy('ref')
    .execute();
  const rooms = await db
    .selectFrom('rooms')
    .select(['location', 'equipment'])
    .where('clinic', '=', clinic)
    .where('active', '=', true)
    .execute();
  const different = (values: readonly string[]): string[] => [...new Set(values)].filter((one) => one !== '').sort();
  return {
    patients: [...names]
      .map(([patient, name]) => ({ patient, name }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    therapists: therapists.map(({ ref, name, disciplines }) => ({ therapist: ref, name, disciplines })),
    locations: different(rooms.map(({ location }) => location)),
    equipment: different(rooms.flatMap(({ equipment }) => equipment)),
  };
}

/** The booked visits of a patient that lie ahead: one of them may be moved to a freed slot. */
export async function movableVisits(needs: WaitlistNeeds, clinic: string, patient: string) {
  const rows = await needs.db
    .selectFrom('appointments')
    .select(['ref', 'starts_at'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('status', '=', 'booked')
    .where('starts_at', '>', needs.now())
    .orderBy('starts_at')
    .limit(50)
    .execute();
  return rows.flatMap(({ ref, starts_at: at }) => (at === null ? [] : [{ appointment: ref, at: at.toISOString() }]));
}
