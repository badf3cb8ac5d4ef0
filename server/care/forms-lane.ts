// After booking: whose first visit is booked hears when it is and where the form is, once, and once more if it stays empty.
import { usualReminderHours } from '../../domain/outreach/settings.ts';
import type { Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { clinicOf } from '../messages/needs.ts';
import { queueMessage } from '../messages/queue.ts';
import { intakeRecord, formUrl, inviteToForm, latestIntake } from './intake.ts';
import type { IntakeRow } from './intake.ts';
import { readPlansOfCare } from '../plans-of-care/read.ts';
import { dayOf } from './needs.ts';
import type { CareDay, CareNeeds } from './needs.ts';
import { systemPrincipal } from '../http/principal.ts';

export interface FormAsked {
  readonly patient: string;
  readonly visit: string;
  readonly outcome: 'queued' | 'known';
  readonly structure: { readonly purpose: 'visit.booked' | 'forms.request' | null };
  readonly refs: readonly string[];
}

interface FirstVisit {
  readonly patient: string;
  readonly visit: string;
  readonly startsAt: Date;
}

/** Minutes before a visit after which nothing about it is written. */
const leastMinutes = 120;
/** Nobody is reminded of a form on the day they were asked for it. */
const hoursBetween = 24;
const atOnce = 500;

/** One run over the first visits that are booked. */
export async function askForForms(needs: CareNeeds, clinic: string, by: Principal): Promise<FormAsked[]> {
  const day = await dayOf(needs, clinic);
  await readPlansOfCare(needs, { clinic });
  const asked: FormAsked[] = [];
  for (const first of await firstVisits(needs, clinic))
    asked.push(await needs.db.transaction().execute((trx) => askOne(needs, trx, { clinic, first, day, by })));
  return asked;
}

/**
 * The next booked visit of each patient who was never here: no visit kept, no note, no charge, and no plan of care unless the schedule calls the visit
 * an evaluation. Where a clinic's history is not imported, a plan of care in the chart is what tells an old patient from a new one.
 */
async function firstVisits({ db, now }: CareNeeds, clinic: string): Promise<FirstVisit[]> {
  const rows = await db
    .selectFrom('appointments as a')
    .distinctOn('a.patient')
    .select(['a.ref', 'a.patient', 'a.starts_at'])
    .where('a.clinic', '=', clinic)
    .where('a.status', '=', 'booked')
    .where('a.starts_at', '>', new Date(now().getTime() + leastMinutes * 60_000))
    .leftJoin('care_plans as t', 't.patient', 'a.patient')
    .where((where) => where.or([where('t.starts_on', 'is', null), where('a.kind', '=', 'evaluation')]))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('appointments as k')
            .select('k.ref')
            .whereRef('k.patient', '=', 'a.patient')
            .where('k.status', '=', 'arrived'),
        ),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(where.selectFrom('visit_notes as n').select('n.ref').whereRef('n.patient', '=', 'a.patient')),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(where.selectFrom('visit_charges as c').select('c.ref').whereRef('c.patient', '=', 'a.patient')),
      ),
    )
    .orderBy('a.patient')
    .orderBy('a.starts_at')
    .limit(atOnce)
    .execute();
  return rows.flatMap(({ ref, patient, starts_at }) =>
    starts_at === null ? [] : [{ patient, visit: ref, startsAt: starts_at }],
  );
}

interface Asking {
  readonly clinic: string;
  readonly first: FirstVisit;
  readonly day: CareDay;
  readonly by: Principal;
}

async function askOne(needs: CareNeeds, trx: Trx, of: Asking): Promise<FormAsked> {
  const { clinic, first } = of;
  const { patient, visit } = first;
  const known = { patient, visit, outcome: 'known', structure: { purpose: null }, refs: [] } as const;
  const intake = await latestIntake(trx, clinic, patient);
  if (intake !== null) return isDue(needs, intake, of) ? remindOfForm(needs, trx, intake, of) : known;
  // The welcome of onboarding carries the forms: nobody is asked twice.
  if (await hasWelcome(trx, clinic, patient)) return known;
  // A visit that is so near has its reminder, and that goes first: a patient gets one text a day.
  const { reminderHours = usualReminderHours } = of.day.voice.outreach;
  const isNear = first.startsAt.getTime() - needs.now().getTime() <= reminderHours * 3_600_000;
  return isNear ? known : tellBooked(needs, trx, of);
}

async function hasWelcome(trx: Trx, clinic: string, patient: string): Promise<boolean> {
  const row = await trx
    .selectFrom('work_items')
    .select('id')
    .where('clinic', '=', clinic)
    .where('kind', '=', 'patient.welcome')
    .where('subject', '=', patient)
    .executeTakeFirst();
  return row !== undefined;
}

async function tellBooked(needs: CareNeeds, trx: Trx, { clinic, first, by }: Asking): Promise<FormAsked> {
  const { patient, visit, startsAt } = first;
  const { formsUrl } = await clinicOf(trx, clinic);
  const link = formsUrl ?? (await inviteToForm(needs, trx, { clinic, patient, appointment: visit, asker: by })).link;
  const { message, outcome } = await queueMessage(
    needs,
    trx,
    clinic,
    {
      patient,
      purpose: 'visit.booked',
      about: visit,
      key: `visit.booked/${visit}/${startsAt.toISOString()}`,
      until: lastMoment(startsAt),
      callIfUnreached: true,
      occasion: { startsAt, link },
    },
    by,
  );
  return { patient, visit, outcome, structure: { purpose: 'visit.booked' }, refs: [message] };
}

const lastMoment = (startsAt: Date): Date => new Date(startsAt.getTime() - leastMinutes * 60_000);

function isDue({ now }: CareNeeds, { state, asked_at }: IntakeRow, { first, day }: Asking): boolean {
  const at = now().getTime();
  return (
    state === 'asked' &&
    first.startsAt.getTime() - at <= day.rule.intake.remindHours * 3_600_000 &&
    at - asked_at.getTime() >= hoursBetween * 3_600_000
  );
}

async function remindOfForm(
  needs: CareNeeds,
  trx: Trx,
  intake: IntakeRow,
  { clinic, first, by }: Asking,
): Promise<FormAsked> {
  const { patient, visit, startsAt } = first;
  const opening = { purpose: 'care.forms', actor: systemPrincipal('care', by), trx };
  const { token } = await intakeRecord(needs, intake, opening);
  const { message, outcome } = await queueMessage(
    needs,
    trx,
    clinic,
    {
      patient,
      purpose: 'forms.request',
      about: visit,
      key: `forms.request/${intake.ref}`,
      until: lastMoment(startsAt),
      occasion: { startsAt, link: formUrl(needs, token) },
    },
    by,
  );
  return { patient, visit, outcome, structure: { purpose: 'forms.request' }, refs: [message] };
}
