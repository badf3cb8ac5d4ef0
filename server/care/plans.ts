// Plans of care that end: read from the chart as imported, told to the therapist in time, and to the patient once the therapist decided.
import { dischargeNotices } from '../../domain/attendance/discharge.ts';
import type { DischargeNotice } from '../../domain/attendance/discharge.ts';
import { addDays, dayNumber, spokenDate, weekStart } from '../../domain/calendar.ts';
import { suggestedTaper, weeksLeft } from '../../domain/care/taper.ts';
import type { Weeks } from '../../domain/care/taper.ts';
import { instantOf } from '../../domain/zoned-time.ts';
import type { Db, Trx } from '../database/tables.ts';
import type { Principal } from '../http/principal.ts';
import { queueMessage } from '../messages/queue.ts';
import { readPlansOfCare } from '../plans-of-care/read.ts';
import { carePlans } from './known-plans.ts';
import type { CarePlan } from './known-plans.ts';
import { dayOf } from './needs.ts';
import type { CareDay, CareNeeds } from './needs.ts';
import type { PlanDecision } from './tables.ts';

/** What one run told; `outcome` known: it had been told before. */
export interface PlanTold {
  readonly patient: string;
  readonly outcome: 'queued' | 'opened' | 'known';
  readonly structure: { readonly kind: DischargeNotice['kind']; readonly to: DischargeNotice['to'] };
  readonly refs: readonly string[];
}

/** One run: every notice whose day has come, each told once however often it runs. */
export async function tellPlans(needs: CareNeeds, clinic: string, by: Principal): Promise<PlanTold[]> {
  const day = await dayOf(needs, clinic);
  await readPlansOfCare(needs, { clinic });
  const { plans } = await carePlans(needs.db, clinic, day.today);
  const told: PlanTold[] = [];
  for (const plan of plans) {
    // Most plans have nothing to tell today.
    if (dischargeNotices(endingPlan(plan, null, day), day.attendance, day.today).length === 0 && !mayTaper(plan, day))
      continue;
    told.push(...(await needs.db.transaction().execute((trx) => tellPlan(needs, trx, { clinic, plan, day, by }))));
  }
  return told;
}

/** Fewer visits begin before the plan ends, and are told before they begin. */
function mayTaper({ ends }: CarePlan, { today, rule, attendance }: CareDay): boolean {
  const days = rule.taper.weeks * 7 + attendance.discharge.patientDays + 7;
  return ends !== null && ends >= today && addDays(ends, -days) <= today;
}

interface Decided {
  readonly decision: PlanDecision;
  readonly weeks: Weeks | null;
}

function endingPlan({ patient, ends, visitsPerWeek }: CarePlan, decided: Decided | null, { today }: CareDay) {
  const weeks = decided?.weeks ?? null;
  return {
    ref: `${patient}/${ends ?? 'unknown'}`,
    patient,
    ends,
    from: weeks?.from ?? weekStart(today),
    visitsPerWeek: weeks?.visitsPerWeek ?? (visitsPerWeek === null ? [] : [visitsPerWeek]),
    renewed: decided?.decision === 'goesOn',
  };
}

async function tellPlan(
  needs: CareNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly plan: CarePlan; readonly day: CareDay; readonly by: Principal },
): Promise<PlanTold[]> {
  const { clinic, plan, day, by } = of;
  const decided = plan.ends === null ? null : await decisionOf(trx, plan.patient, plan.ends);
  const notices = dischargeNotices(endingPlan(plan, decided, day), day.attendance, day.today);
  const told: PlanTold[] = [];
  for (const notice of notices) {
    const structure = { kind: notice.kind, to: notice.to };
    if (notice.to === 'therapist') {
      if (decided !== null) continue;
      const { workItem, created } = await askTherapist(needs, trx, { clinic, plan, notice, day, by });
      told.push({ patient: plan.patient, outcome: created ? 'opened' : 'known', structure, refs: [workItem] });
    } else if (decided !== null || day.tellsUndecided) {
      const queued = await tellPatient(needs, trx, { clinic, notice, day, by });
      told.push({ patient: plan.patient, outcome: queued.outcome, structure, refs: [queued.message] });
    }
  }
  return told;
}

async function decisionOf(trx: Trx, patient: string, ends: string): Promise<Decided | null> {
  const row = await trx
    .selectFrom('plan_decisions')
    .select(['decision', 'weeks'])
    .where('patient', '=', patient)
    .where('ends_on', '=', ends)
    .executeTakeFirst();
  return row ?? null;
}

async function askTherapist(
  needs: CareNeeds,
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly plan: CarePlan;
    readonly notice: DischargeNotice;
    readonly day: CareDay;
    readonly by: Principal;
  },
) {
  const { clinic, plan, notice, day, by } = of;
  const { patient, ends } = plan;
  if (ends === null)
    return needs.workItems.open(
      {
        clinic,
        key: `patient.planUnknown/${patient}/${plan.from}`,
        kind: 'patient.planUnknown',
        subject: patient,
        workflow: null,
        dueAt: null,
        context: {},
        reason: notice.words,
      },
      by,
      trx,
    );
  const left = plan.visitsPerWeek === null ? null : weeksLeft(plan.visitsPerWeek, day.today, ends);
  const taper = left === null ? null : suggestedTaper(left, day.rule);
  const booked = await bookedUntil(trx, clinic, { patient, from: day.today, to: ends });
  // The patient is to hear of it a week before: by then somebody must have decided.
  const by12 = instantOf(`${addDays(ends, -day.attendance.discharge.patientDays)}T12:00`, day.zone);
  return needs.workItems.open(
    {
      clinic,
      key: `patient.planEnds/${patient}/${ends}`,
      kind: 'patient.planEnds',
      subject: patient,
      workflow: null,
      dueAt: by12 === null ? null : new Date(Math.max(Date.parse(by12), needs.now().getTime())).toISOString(),
      context: { ends, weeks: taper },
      reason: notice.words,
      draft: {
        system: 'Plan of care',
        values: [
          { label: 'Last day of the plan', value: spokenDate(dayNumber(ends), dayNumber(day.today)) },
          { label: 'Visits a week by the plan', value: shownNumber(plan.visitsPerWeek) },
          { label: 'Visits booked until then', value: String(booked) },
          {
            label: 'Visits the plan has until then',
            value: shownNumber(left === null ? null : left.visitsPerWeek.reduce((sum, visits) => sum + visits, 0)),
          },
          { label: 'Authorized visits left', value: shownNumber(await authorizedLeft(trx, clinic, patient)) },
          { label: 'Suggestion', value: suggestion(taper, day.today) },
        ],
      },
    },
    by,
    trx,
  );
}

const shownNumber = (value: number | null): string => (value === null ? 'unknown' : String(value));

/** In words, week by week from the first that has fewer. */
function suggestion(taper: Weeks | null, today: string): string {
  if (taper === null) return 'None: too few weeks or visits are left to take some away';
  const weeks = taper.visitsPerWeek.map((visits, week) => {
    const monday = spokenDate(dayNumber(addDays(taper.from, week * 7)), dayNumber(today));
    return `week of ${monday}: ${visits}`;
  });
  return `Fewer visits before the end: ${weeks.join(', ')}`;
}

async function bookedUntil(
  db: Db,
  clinic: string,
  { patient, from, to }: { readonly patient: string; readonly from: string; readonly to: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('appointments')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('status', '=', 'booked')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Of the one authorization that the patient has; of several nobody can tell here which pays. */
async function authorizedLeft(db: Db, clinic: string, patient: string): Promise<number | null> {
  const rows = await db
    .selectFrom('authorizations')
    .select('assessment')
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .limit(2)
    .execute();
  const projection = rows.length === 1 ? rows[0]?.assessment?.projection : undefined;
  return projection?.visitsLeftAhead ?? projection?.visits.left ?? null;
}

async function tellPatient(
  needs: CareNeeds,
  trx: Trx,
  of: { readonly clinic: string; readonly notice: DischargeNotice; readonly day: CareDay; readonly by: Principal },
) {
  const { clinic, notice, day, by } = of;
  const about = notice.about ?? day.today;
  const noon = new Date(instantOf(`${about}T12:00`, day.zone) ?? `${about}T12:00:00Z`);
  return queueMessage(
    needs,
    trx,
    clinic,
    {
      patient: notice.patient,
      purpose: notice.kind === 'fewerVisits' ? 'discharge.fewer' : 'discharge.notice',
      about: null,
      key: `discharge/${notice.key}`,
      until: noon,
      callIfUnreached: true,
      occasion: { startsAt: noon },
    },
    by,
  );
}
