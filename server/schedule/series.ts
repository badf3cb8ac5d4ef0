// Proposes a series of visits for a patient's plan of care and lays it before the front desk; nothing is booked by it.
import { addDays } from '../../domain/calendar.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Plan, Proposal } from '../../domain/series/plan.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import type { Solver } from '../scheduling/in-thread.ts';
import { newReference } from '../vault/reference.ts';
import { readRound as readPlans } from '../plans-of-care/read.ts';
import { dayOf } from './needs.ts';
import type { ScheduleNeeds } from './needs.ts';
import { assertPatient } from './patients.ts';
import { pictureOf } from './picture.ts';
import { planOf } from './plans.ts';

export interface SeriesNeeds extends ScheduleNeeds {
  readonly solver: Solver;
}

export interface SeriesAsk {
  readonly patient: string;
  /** Visits wanted in this week and those that follow; null: as the plan of care has it. */
  readonly visitsPerWeek: readonly number[] | null;
  /** Minutes of a visit; null: as the patient's visits were. */
  readonly minutes: number | null;
  /** Least distance between the days of two visits; null: a day between, where there are up to three a week. */
  readonly daysApart: number | null;
  readonly therapist: string | null;
  readonly equipment: readonly string[];
}

/** `planUnknown`: nobody has said how often, or the plan is over. `notNeeded`: the schedule holds what the plan wants. */
export type SeriesOutcome = 'proposed' | 'known' | 'notNeeded' | 'planUnknown';

export interface SeriesResult {
  readonly outcome: SeriesOutcome;
  readonly series: string | null;
  readonly workItem: string | null;
}

/** Proposes anew, or gives the proposal that waits for staff. Throws `reference.unknown` for a patient the clinic does not have. */
export async function proposeSeries(
  needs: SeriesNeeds,
  clinic: string,
  ask: SeriesAsk,
  by: Principal,
): Promise<SeriesResult> {
  const known = await needs.db.transaction().execute(async (trx) => {
    await assertPatient(trx, clinic, ask.patient);
    await readPlans(needs, trx, { clinic, patient: ask.patient });
    return openSeries(trx, clinic, ask.patient);
  });
  if (known !== null) return known;
  const { zone, today, rule } = await dayOf(needs, needs.db, clinic);
  const { assumedMinutes, proposeWeeks } = rule;
  const weeks = Math.max(proposeWeeks, ask.visitsPerWeek?.length ?? 0);
  // Today's visits are made or called about by now: proposals begin tomorrow.
  const first = addDays(today, 1);
  const to = addDays(today, weeks * 7 + 7);
  const picture = await pictureOf(needs.db, clinic, { zone, today, to, assumedMinutes });
  const plan = await planOf(needs, needs.db, clinic, ask.patient, picture, {
    today: first,
    weeks: proposeWeeks,
    assumedMinutes,
    visitsPerWeek: ask.visitsPerWeek,
    daysApart: ask.daysApart,
    minutes: ask.minutes,
    wantedTherapist: ask.therapist,
    equipment: ask.equipment,
  });
  const none = { series: null, workItem: null };
  if (plan === null || plan.visitsPerWeek.length === 0) return { outcome: 'planUnknown', ...none };
  const proposal = await needs.solver.propose({ clinic: picture, plans: [plan], rule });
  if (proposal.visits.length === 0 && proposal.unplaced.length === 0) return { outcome: 'notNeeded', ...none };
  return needs.db.transaction().execute((trx) => keepProposal(needs, trx, clinic, { plan, proposal, today }, by));
}

async function openSeries(trx: Trx, clinic: string, patient: string): Promise<SeriesResult | null> {
  const row = await trx
    .selectFrom('series')
    .select(['ref', 'work_item'])
    .where('clinic', '=', clinic)
    .where('patient', '=', patient)
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  return row === undefined ? null : { outcome: 'known', series: row.ref, workItem: row.work_item };
}

async function keepProposal(
  needs: SeriesNeeds,
  trx: Trx,
  clinic: string,
  { plan, proposal, today }: { readonly plan: Plan; readonly proposal: Proposal; readonly today: string },
  by: Principal,
): Promise<SeriesResult> {
  const at = needs.now();
  const ref = newReference('ser');
  const { patient } = plan;
  const inserted = await trx
    .insertInto('series')
    .values({
      ref,
      clinic,
      patient,
      state: 'proposed',
      plan: JSON.stringify(plan),
      rule: proposal.rule,
      points: proposal.points,
      bound: proposal.bound,
      gap: proposal.gap,
      unplaced: JSON.stringify(proposal.unplaced),
      by_actor: actorOf(by),
      at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['clinic', 'patient']).where('state', '=', 'proposed').doNothing())
    .returning('ref')
    .executeTakeFirst();
  if (inserted === undefined) {
    const known = await openSeries(trx, clinic, patient);
    if (known !== null) return known;
    throw new GaitError('state.conflict', 'Another proposal for this patient was decided just now.', {
      fix: 'Ask again.',
    });
  }
  if (proposal.visits.length > 0)
    await trx
      .insertInto('series_visits')
      .values(
        proposal.visits.map(({ therapist, room, start, minutes, notes }) => ({
          ref: newReference('pv'),
          clinic,
          series: ref,
          patient,
          therapist,
          room,
          starts_at: start,
          minutes,
          notes: JSON.stringify(notes),
          updated_at: at,
        })),
      )
      .execute();
  const missing = proposal.unplaced.reduce((sum, one) => sum + one.missing, 0);
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: `series.proposal/${ref}`,
      kind: 'series.proposal',
      subject: patient,
      workflow: null,
      dueAt: proposal.visits[0]?.start ?? null,
      context: { series: ref },
      reason: reasonOf(proposal.visits.length, missing),
    },
    by,
    trx,
  );
  await trx.updateTable('series').set({ work_item: workItem }).where('ref', '=', ref).execute();
  await needs.audit.append(trx, {
    clinic,
    actor: actorOf(by),
    action: 'series.proposed',
    subject: ref,
    purpose: 'schedule',
    details: { patient, rule: proposal.rule, visits: proposal.visits.length, missing, today },
  });
  return { outcome: 'proposed', series: ref, workItem };
}

function reasonOf(visits: number, missing: number): string {
  const found = visits === 1 ? '1 visit of the plan of care has' : `${visits} visits of the plan of care have`;
  if (visits === 0) return `The plan of care wants ${missing} more, and none found a place: see why`;
  return missing === 0
    ? `${found} a place to look through`
    : `${found} a place to look through; ${missing} more found none, with the reasons`;
}
