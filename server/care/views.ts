// What staff see of care between visits: programs with their answers, plans that end, forms that are out, video visits.
import { addDays } from '../../domain/calendar.ts';
import { adherence } from '../../domain/care/exercise.ts';
import type { Adherence, Done } from '../../domain/care/exercise.ts';
import { summaryFor } from '../../domain/care/intake.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import { GaitError } from '../../domain/errors.ts';
import { latestIntake, intakeRecord } from './intake.ts';
import { nameIn } from '../patient-links/name.ts';
import type { PersonName } from '../patient-links/name.ts';
import { assertPatient } from '../messages/views.ts';
import { dayOf } from './needs.ts';
import type { CareNeeds } from './needs.ts';
import { carePlans, inTreatment } from './known-plans.ts';
import { activePrograms, answersOf, programOf, programRow } from './programs.ts';
import type { PlanDecision } from './tables.ts';

/** A program on the list; `lately` covers the days of the rules, up to yesterday. */
export interface ProgramLine {
  readonly program: string;
  readonly patient: string;
  readonly name: PersonName | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly weekdays: readonly number[];
  readonly lately: Adherence;
  readonly lastAnswer: string | null;
}

/** A plan of care that ends soon, or of which nobody knows when; `decision` null: not decided yet. */
export interface PlanLine {
  readonly patient: string;
  readonly name: PersonName | null;
  readonly ends: string | null;
  readonly decision: PlanDecision | null;
}

export interface FormLine {
  readonly patient: string;
  readonly name: PersonName | null;
  readonly state: 'asked' | 'answered' | 'reviewed';
  readonly askedAt: string;
  readonly answeredAt: string | null;
  readonly workItem: string | null;
}

/** A video visit; `place` null: nobody has said where it takes place. */
export interface VideoVisit {
  readonly visit: string;
  readonly patient: string;
  readonly name: PersonName | null;
  readonly startsAt: string;
  readonly place: 'own' | 'room' | null;
}

export interface CareView {
  readonly today: string;
  /** Over how many days `lately` looks. */
  readonly days: number;
  readonly programs: readonly ProgramLine[];
  readonly plans: readonly PlanLine[];
  /** Patients in treatment of whom no plan of care is known. */
  readonly withoutPlan: number;
  readonly forms: readonly FormLine[];
  readonly videoVisits: readonly VideoVisit[];
  readonly patients: readonly { readonly patient: string; readonly name: PersonName | null }[];
}

const formDays = 30;
const most = 300;
/** How far ahead video visits are listed. */
const videoDays = 14;
/** How far ahead plans that end are listed. */
const planDays = 21;

/** Everything that is under way, with names read for the signed-in person. */
export async function careView(needs: CareNeeds, clinic: string, by: SessionPrincipal): Promise<CareView> {
  const { db } = needs;
  const { today, rule, voice } = await dayOf(needs, clinic);
  const rows = await activePrograms(db, clinic, today);
  const { plans, withoutPlan } = await carePlans(db, clinic, today);
  const soon = plans.filter(({ ends }) => ends === null || (ends >= today && ends <= addDays(today, planDays)));
  const forms = await db
    .selectFrom('intake_forms')
    .select(['patient', 'state', 'asked_at', 'answered_at', 'work_item'])
    .where('clinic', '=', clinic)
    .where('asked_at', '>=', new Date(needs.now().getTime() - formDays * 86_400_000))
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  const videos = await videoVisits(needs, clinic);
  const treated = await treatedPatients(needs, clinic, today);
  const refs = new Set([...rows, ...soon, ...forms, ...videos].map(({ patient }) => patient).concat(treated));
  const people = await needs.vault.openMany(clinic, [...refs], { purpose: 'care.view', actor: by });
  const nameOf = (patient: string) => nameIn(people.get(patient));
  const programs: ProgramLine[] = [];
  for (const row of rows) {
    const answers = await answersOf(db, row.ref);
    const span = { from: addDays(today, -rule.exercise.adherenceDays), to: addDays(today, -1) };
    programs.push({
      program: row.ref,
      patient: row.patient,
      name: nameOf(row.patient),
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      weekdays: row.weekdays,
      lately: adherence(programOf(row), answers, span),
      lastAnswer: answers.at(-1)?.day ?? null,
    });
  }
  const decided = await db
    .selectFrom('plan_decisions')
    .select(['patient', 'ends_on', 'decision'])
    .where('clinic', '=', clinic)
    .where('ends_on', '>=', today)
    .execute();
  return {
    today,
    days: rule.exercise.adherenceDays,
    programs,
    plans: soon.map(({ patient, ends }) => ({
      patient,
      name: nameOf(patient),
      ends,
      decision: decided.find((one) => one.patient === patient && one.ends_on === ends)?.decision ?? null,
    })),
    withoutPlan,
    forms: forms.map(({ patient, state, asked_at, answered_at, work_item }) => ({
      patient,
      name: nameOf(patient),
      state,
      askedAt: asked_at.toISOString(),
      answeredAt: answered_at?.toISOString() ?? null,
      workItem: work_item,
    })),
    videoVisits: videos.map(({ visit, patient, startsAt, own }) => ({
      visit,
      patient,
      name: nameOf(patient),
      startsAt,
      place: own ? 'own' : voice.care.videoRoom === undefined ? null : 'room',
    })),
    patients: treated.map((patient) => ({ patient, name: nameOf(patient) })),
  };
}

async function videoVisits({ db, now }: CareNeeds, clinic: string) {
  const rows = await db
    .selectFrom('appointments as a')
    .leftJoin('visit_links as l', 'l.appointment', 'a.ref')
    .select(['a.ref', 'a.patient', 'a.starts_at', 'l.record'])
    .where('a.clinic', '=', clinic)
    .where('a.kind', '=', 'telehealth')
    .where('a.status', '=', 'booked')
    .where('a.starts_at', '>', now())
    .where('a.starts_at', '<', new Date(now().getTime() + videoDays * 86_400_000))
    .orderBy('a.starts_at')
    .limit(most)
    .execute();
  return rows.flatMap(({ ref, patient, starts_at, record }) =>
    starts_at === null ? [] : [{ visit: ref, patient, startsAt: starts_at.toISOString(), own: record !== null }],
  );
}

/** Who may be given a program. */
async function treatedPatients({ db }: CareNeeds, clinic: string, today: string): Promise<string[]> {
  const rows = await inTreatment(db, clinic, today).select('p.ref').orderBy('p.ref').limit(most).execute();
  return rows.map(({ ref }) => ref);
}

/** One day of a program; `done` null: no answer. */
export interface ProgramDay {
  readonly day: string;
  readonly done: Done | null;
  readonly felt: number | null;
  readonly words: string | null;
}

const daysShown = 60;

/** One program as who treats reads it: what it holds, and every answer with the patient's words. */
export async function programView(needs: CareNeeds, clinic: string, ref: string, by: SessionPrincipal) {
  const row = await programRow(needs.db, clinic, ref);
  const { today } = await dayOf(needs, clinic);
  const rows = await needs.db
    .selectFrom('exercise_answers')
    .select(['day', 'done', 'felt', 'words'])
    .where('program', '=', ref)
    .orderBy('day', 'desc')
    .limit(daysShown)
    .execute();
  const sealed = rows.flatMap(({ words }) => (words === null ? [] : [words]));
  const opening = { purpose: 'care.program', actor: by };
  const opened = await needs.vault.openMany(clinic, [ref, row.patient, ...sealed], opening);
  const { title = null, exercises = [] } = opened.get(ref) ?? {};
  const textOf = (words: string | null): string | null => {
    const text = words === null ? null : opened.get(words)?.['text'];
    return typeof text === 'string' ? text : null;
  };
  return {
    program: ref,
    patient: row.patient,
    name: nameIn(opened.get(row.patient)),
    title,
    exercises,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    weekdays: row.weekdays,
    days: rows.map(({ day, done, felt, words }): ProgramDay => ({ day, done, felt, words: textOf(words) })),
    sinceStart: adherence(programOf(row), rows, { from: row.starts_on, to: addDays(today, -1) }),
  };
}

/** What a patient filled in, for who treats; the desk reads its part in the work item. */
export async function formView(needs: CareNeeds, clinic: string, patient: string, by: SessionPrincipal) {
  await assertPatient(needs.db, clinic, patient);
  const row = await latestIntake(needs.db, clinic, patient);
  if (row === null || row.state === 'asked')
    throw new GaitError('reference.unknown', 'This patient has not filled in a form yet.', { where: 'patient' });
  const { form, answers } = await intakeRecord(needs, row, { purpose: 'care.form', actor: by });
  return {
    title: form.title,
    answeredAt: row.answered_at?.toISOString() ?? null,
    forDesk: summaryFor(form, answers ?? {}, 'frontDesk'),
    forTherapist: summaryFor(form, answers ?? {}, 'therapist'),
  };
}
